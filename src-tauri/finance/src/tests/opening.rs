use super::*;
use crate::opening::{Opening, OpeningRejection, withdraw};

const SERIES: SeriesId = SeriesId(Uuid::from_u128(9));

fn brought(opening: Opening, open: Money) -> Result<Invoice, OpeningRejection> {
    let parties = draft(Vec::new(), PriceBasis::Net, Currency::NOK);
    let texts = ("Opening balance 10023".to_owned(), "0001002319".to_owned());
    opening.issue(InvoiceId(Uuid::from_u128(5)), (SERIES, open), parties, texts)
}

fn opening(total: Option<Money>, vat: Option<Money>) -> Opening {
    Opening { number: "10023".to_owned(), total, vat, earlier: 0 }
}

#[test]
fn an_opening_invoice_is_one_amount_without_vat_under_its_number_there() {
    let vat = Some(nok("316.00"));
    let invoice = brought(opening(Some(nok("1580.00")), vat), nok("790.00")).unwrap();
    assert_eq!(invoice.number.text, "IB-10023");
    assert_eq!((invoice.totals.gross, invoice.totals.vat), (nok("790.00"), nok("0.00")));
    assert_eq!(invoice.payment_reference, "0001002319");
    assert_eq!(invoice.opening.as_ref().and_then(|opening| opening.vat), vat);
    let json = serde_json::to_string(&invoice).unwrap();
    assert_eq!(serde_json::from_str::<Invoice>(&json).unwrap(), invoice);
}

#[test]
fn an_opening_that_cannot_be_true_is_refused() {
    let refused = |total, vat, open| brought(opening(total, vat), open).unwrap_err();
    assert_eq!(refused(None, None, nok("0.00")), OpeningRejection::NothingOpen);
    assert_eq!(refused(None, None, nok("-5.00")), OpeningRejection::NothingOpen);
    let less = refused(Some(nok("100.00")), None, nok("100.01"));
    assert_eq!(less, OpeningRejection::MoreThanTotal);
    let vat = refused(Some(nok("100.00")), Some(nok("100.01")), nok("10.00"));
    assert_eq!(vat, OpeningRejection::VatOutOfRange);
    assert_eq!(refused(None, Some(nok("-1.00")), nok("10.00")), OpeningRejection::VatOutOfRange);
    let nameless = Opening { number: " ".to_owned(), ..opening(None, None) };
    assert_eq!(brought(nameless, nok("10.00")).unwrap_err(), OpeningRejection::NoNumber);
}

#[test]
fn an_opening_brought_in_by_mistake_is_credited_whole_and_comes_again_under_another_number() {
    let invoice = brought(opening(None, None), nok("790.00")).unwrap();
    let id = crate::ids::CreditNoteId(Uuid::from_u128(6));
    let on = invoice.issue_date;
    let note = withdraw(&invoice, id, (on, "The wrong file".to_owned())).unwrap();
    assert_eq!((note.number.text.as_str(), note.totals.gross), ("IB-10023-K", nok("790.00")));
    assert!(note.opening && invoice.creditable(&[note]).iter().all(|line| line.gross.is_zero()));
    let again = Opening { earlier: 1, ..opening(None, None) };
    assert_eq!(brought(again, nok("790.00")).unwrap().number.text, "IB-10023 (2)");
}

proptest! {
    #[test]
    fn what_is_open_is_what_the_invoice_comes_to(
        open in 1_i64..90_000_000_000, more in 0_i64..1_000_000_000, currency in any_currency(),
    ) {
        let money = |minor| Money::from_minor(minor, currency);
        let parties = draft(Vec::new(), PriceBasis::Net, currency);
        let texts = ("Opening balance".to_owned(), String::new());
        let opening = opening(Some(money(open + more)), Some(money(more)));
        let id = InvoiceId(Uuid::from_u128(5));
        let invoice = opening.issue(id, (SERIES, money(open)), parties, texts).unwrap();
        prop_assert_eq!(invoice.totals.gross, money(open));
        prop_assert_eq!(invoice.totals.net, money(open));
        prop_assert!(invoice.totals.vat.is_zero());
    }
}
