use super::*;
use crate::line::{LineRejection, Totals};
use crate::pricing::price;

fn priced(lines: Vec<LineItem>, basis: PriceBasis) -> Totals {
    price(lines, basis, Currency::NOK).unwrap()
}

fn refused(item: LineItem) -> LineRejection {
    price(vec![item], PriceBasis::Gross, Currency::NOK).unwrap_err()
}

#[test]
fn three_lessons_at_55_gross_cost_exactly_165() {
    let totals = priced(vec![line("3", "55.00", standard("19"))], PriceBasis::Gross);
    assert_eq!((totals.net, totals.vat, totals.gross), (nok("138.66"), nok("26.34"), nok("165")));
}

/// Xero's own example rounds tax per line and gives 11.44; on the document's sum it is 11.45.
/// The lines carry what is charged, so that a provider is told the tax of each.
#[test]
fn vat_is_computed_on_the_documents_sum_and_the_lines_agree_with_it() {
    let lines = ["25.06", "25.61", "25.63"].map(|price| line("1", price, standard("15")));
    let totals = priced(lines.to_vec(), PriceBasis::Net);
    assert_eq!((totals.net, totals.vat, totals.gross), (nok("76.30"), nok("11.45"), nok("87.75")));
    let vats: Vec<Money> = totals.lines.iter().map(|line| line.vat).collect();
    assert_eq!(vats, [nok("3.76"), nok("3.84"), nok("3.85")]);
}

#[test]
fn lines_that_cancel_each_other_still_carry_their_own_vat() {
    let lines = vec![line("1", "1000", standard("25")), line("1", "-1000", standard("25"))];
    let totals = priced(lines, PriceBasis::Net);
    assert!(totals.gross.is_zero() && totals.vat.is_zero());
    assert_eq!((totals.lines[0].vat, totals.lines[1].vat), (nok("250"), nok("-250")));
}

#[test]
fn a_discount_line_that_almost_cancels_the_rest_does_not_blow_rounding_up() {
    let lines = vec![line("1", "1000", standard("25")), line("1", "-999.98", standard("25"))];
    let totals = priced(lines, PriceBasis::Net);
    assert_eq!(totals.vat, nok("0.01"));
    assert_eq!((totals.lines[0].vat, totals.lines[1].vat), (nok("250"), nok("-249.99")));
}

#[test]
fn a_discount_is_taken_before_the_one_rounding() {
    let mut item = line("3", "33.33", standard("25"));
    item.discount_percent = dec("12.5");
    let totals = priced(vec![item], PriceBasis::Gross);
    assert_eq!(totals.gross, nok("87.49"));
}

#[test]
fn one_vat_code_with_two_rates_makes_two_sums() {
    let lines = vec![line("1", "100", standard("25")), line("1", "100", standard("12"))];
    let totals = priced(lines, PriceBasis::Net);
    assert_eq!(totals.by_code.len(), 2);
    assert_eq!(totals.vat, nok("37"));
}

#[test]
fn an_exempt_category_never_bears_vat_whatever_its_rate_says() {
    let totals = priced(vec![line("1", "100", tax("6", VatCategory::E, "25"))], PriceBasis::Net);
    assert!(totals.vat.is_zero());
}

#[test]
fn quantities_outside_their_range_are_refused() {
    for quantity in ["0", "-1", "1000000.0001", "79228162514264337593543950335"] {
        let wrong = refused(line(quantity, "1", standard("25")));
        assert_eq!(wrong, LineRejection::QuantityOutOfRange { line: 1 }, "{quantity}");
    }
    priced(vec![line("1000000", "1", standard("25"))], PriceBasis::Gross);
}

#[test]
fn too_many_decimals_are_refused_and_trailing_zeros_are_not() {
    let many = LineRejection::TooManyDecimals { line: 1 };
    assert_eq!(refused(line("1.00001", "1", standard("25"))), many);
    assert_eq!(refused(line("1", "1.00001", standard("25"))), many);
    let mut item = line("1", "1", standard("25"));
    item.discount_percent = dec("1.001");
    assert_eq!(refused(item), many);
    priced(vec![line("1.000000", "1.23450000", standard("25"))], PriceBasis::Net);
}

#[test]
fn discounts_lie_between_0_and_100_percent() {
    for (discount, fits) in [("-0.01", false), ("0", true), ("100", true), ("100.01", false)] {
        let mut item = line("1", "1", standard("25"));
        item.discount_percent = dec(discount);
        assert_eq!(price(vec![item], PriceBasis::Net, Currency::NOK).is_ok(), fits, "{discount}");
    }
}

#[test]
fn vat_rates_lie_between_0_and_100_percent() {
    for rate in ["-100", "-0.01", "100.01", "79228162514264337593543950335"] {
        let wrong = LineRejection::VatRateOutOfRange { line: 1, code: "3".into() };
        assert_eq!(refused(line("1", "1", standard(rate))), wrong);
    }
}

#[test]
fn huge_amounts_are_refused_and_never_wrap() {
    for (quantity, unit_price) in [
        ("1000000", "1000000000"),
        ("1000000", "-1000000000"),
        ("1", "79228162514264337593543950335"),
        ("1000000", "79228162514264337593543950335"),
    ] {
        let wrong = refused(line(quantity, unit_price, standard("25")));
        assert_eq!(wrong, LineRejection::TooLarge { line: 1 });
    }
    let most = vec![line("1000", "1000000000", standard("100")); 1000];
    assert_eq!(priced(most, PriceBasis::Net).gross, nok("2000000000000000"));
}

#[test]
fn a_document_has_1_to_1000_lines() {
    let of = |count| {
        price(vec![line("1", "1", standard("25")); count], PriceBasis::Net, Currency::NOK)
            .map(|totals| totals.lines.len())
    };
    assert_eq!(of(0), Err(LineRejection::LineCount));
    assert_eq!(of(1000), Ok(1000));
    assert_eq!(of(1001), Err(LineRejection::LineCount));
}

#[test]
fn a_line_needs_a_description() {
    let mut item = line("1", "1", standard("25"));
    item.description = " \t".into();
    assert_eq!(refused(item), LineRejection::NoDescription { line: 1 });
}

#[test]
fn an_exemption_needs_its_reason() {
    for category in [VatCategory::E, VatCategory::O] {
        for reason in [None, Some(" ".to_owned())] {
            let tax = TaxCode { reason, ..tax("6", category, "0") };
            let wrong = LineRejection::NoExemptionReason { line: 1, code: "6".into() };
            assert_eq!(refused(line("1", "1", tax)), wrong);
        }
    }
}

#[test]
fn an_amount_outside_the_scope_of_vat_stands_alone() {
    let outside = line("1", "1", tax("7", VatCategory::O, "0"));
    let alone = price(vec![outside.clone(), outside.clone()], PriceBasis::Net, Currency::NOK);
    assert!(alone.is_ok());
    let mixed = vec![outside, line("1", "1", standard("25"))];
    let wrong = price(mixed, PriceBasis::Net, Currency::NOK).unwrap_err();
    assert_eq!(wrong, LineRejection::OutOfScopeNotAlone);
}

#[test]
fn priced_lines_survive_json() {
    let totals = priced(vec![line("3", "55.00", standard("19"))], PriceBasis::Gross);
    let json = serde_json::to_string(&totals).unwrap();
    assert_eq!(serde_json::from_str::<Totals>(&json).unwrap(), totals);
}

fn sum(currency: Currency, amounts: impl Iterator<Item = Money>) -> Money {
    Money::sum(currency, amounts).unwrap()
}

proptest! {
    #[test]
    fn lines_codes_and_totals_agree(
        lines in any_lines(-90_000_000),
        basis in any_basis(),
        currency in any_currency(),
    ) {
        let totals = price(lines.clone(), basis, currency).unwrap();
        prop_assert_eq!(totals.lines.len(), lines.len());
        prop_assert_eq!(sum(currency, totals.lines.iter().map(|l| l.net)), totals.net);
        prop_assert_eq!(sum(currency, totals.lines.iter().map(|l| l.vat)), totals.vat);
        prop_assert_eq!(sum(currency, totals.lines.iter().map(|l| l.gross)), totals.gross);
        prop_assert_eq!(totals.net.plus(totals.vat).unwrap(), totals.gross);
        for (line, item) in totals.lines.iter().zip(&lines) {
            prop_assert_eq!(line.net.plus(line.vat).unwrap(), line.gross);
            prop_assert_eq!(&line.item, item);
        }
        for code in &totals.by_code {
            let of_code = || totals.lines.iter().filter(|line| line.item.tax == code.tax);
            prop_assert_eq!(sum(currency, of_code().map(|l| l.net)), code.net);
            prop_assert_eq!(sum(currency, of_code().map(|l| l.vat)), code.vat);
            prop_assert_eq!(code.net.plus(code.vat).unwrap(), code.gross);
        }
    }

    /// What the customer was told stays: the amount of a line in the document's basis.
    #[test]
    fn every_line_keeps_the_amount_it_was_told_and_bears_its_own_vat(
        lines in any_lines(-90_000_000),
        basis in any_basis(),
        currency in any_currency(),
    ) {
        let totals = price(lines, basis, currency).unwrap();
        let unit = Decimal::new(1, currency.decimals());
        for line in &totals.lines {
            let kept = dec("1") - line.item.discount_percent / dec("100");
            let amount = line.item.quantity * line.item.unit_price * kept;
            let told = Money::rounded(amount, currency).unwrap();
            let rate = line.item.tax.rate / dec("100");
            let (shown, vat) = match basis {
                PriceBasis::Gross => {
                    (line.gross, told.amount() - told.amount() / (dec("1") + rate))
                }
                PriceBasis::Net => (line.net, told.amount() * rate),
            };
            prop_assert_eq!(shown, told);
            prop_assert!((line.vat.amount() - vat).abs() <= unit, "{} for {vat}", line.vat);
        }
    }

    #[test]
    fn the_vat_of_a_code_is_its_base_times_its_rate(
        lines in any_lines(0),
        basis in any_basis(),
        currency in any_currency(),
    ) {
        let unit = Decimal::new(1, currency.decimals());
        for code in price(lines, basis, currency).unwrap().by_code {
            let expected = code.net.amount() * code.tax.rate / dec("100");
            prop_assert!((code.vat.amount() - expected).abs() <= unit);
        }
    }
}
