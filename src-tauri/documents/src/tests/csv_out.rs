use crate::csv_out::{CustomerRow, LineRow, customers, lines};
use finance::{Currency, Money};

fn customer(number: &str, name: &str, minor: i64) -> CustomerRow {
    CustomerRow {
        number: number.into(),
        name: name.into(),
        email: String::new(),
        phone: "+4799000111".into(),
        address: "Bjørkelia 14 \"B\"".into(),
        postal_code: "0498".into(),
        city: "Fjordby; sør, vest".into(),
        country: "NO".into(),
        currency: "NOK".into(),
        balance: Money::from_minor(minor, Currency::NOK),
    }
}

#[test]
fn customers_are_written_in_order_with_safe_texts_and_untouched_numbers() {
    let rows = [customer("2", "=HYPERLINK(1)", -123_450), customer("1", "Jonas\nLindås", 5)];
    let file = customers(&rows, false).unwrap();
    let expected = "number,name,email,phone,address,postal_code,city,country,currency,balance\r\n\
        1,\"Jonas\nLindås\",,'+4799000111,\"Bjørkelia 14 \"\"B\"\"\",0498,\"Fjordby; sør, vest\",\
        NO,NOK,0.05\r\n\
        2,'=HYPERLINK(1),,'+4799000111,\"Bjørkelia 14 \"\"B\"\"\",0498,\"Fjordby; sør, vest\",\
        NO,NOK,-1234.50\r\n";
    assert_eq!(String::from_utf8(file.bytes).unwrap(), expected);
    assert_eq!(file.rows, 2);
    let turned = [rows[1].clone(), rows[0].clone()];
    assert_eq!(customers(&rows, true).unwrap(), customers(&turned, true).unwrap());
}

#[test]
fn lines_of_a_document_keep_their_order_beyond_nine() {
    let row = |place: u32| LineRow {
        document_number: "A-1".into(),
        line: place.into(),
        service_code: String::new(),
        description: "Time".into(),
        quantity: "1.50".parse().unwrap(),
        unit_price: "-790".parse().unwrap(),
        discount_percent: 0.into(),
        vat_code: "3".into(),
        vat_rate: 25.into(),
        account: "3000".into(),
        net: Money::zero(Currency::NOK),
        vat: Money::zero(Currency::NOK),
        gross: Money::zero(Currency::NOK),
        currency: "NOK".into(),
        base_currency: "NOK".into(),
        base_net: Money::zero(Currency::NOK),
        base_vat: Money::zero(Currency::NOK),
        base_gross: Money::zero(Currency::NOK),
    };
    let file = lines(&[row(10), row(2), row(1)], true).unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    let text = text.strip_prefix('\u{feff}').unwrap();
    let places: Vec<&str> =
        text.lines().skip(1).map(|line| line.split(',').nth(1).unwrap()).collect();
    assert_eq!(places, ["1", "2", "10"]);
    assert!(text.contains(",1.5,-790,0,3,25,3000,0.00,"));
}

#[test]
fn a_file_without_rows_has_its_header() {
    let file = customers(&[], true).unwrap();
    assert_eq!(file.rows, 0);
    assert!(file.bytes.starts_with(b"\xef\xbb\xbfnumber,name,"));
}
