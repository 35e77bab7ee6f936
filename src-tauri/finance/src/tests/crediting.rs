use super::*;
use crate::credit_note::{CreditNote, CreditOrder, CreditRejection, CreditedLine};
use crate::ids::CreditNoteId;
use crate::line::VatSum;
use std::collections::BTreeMap;

fn order(lines: Vec<CreditedLine>) -> CreditOrder {
    CreditOrder {
        id: CreditNoteId(Uuid::from_u128(9)),
        number: number(1),
        issue_date: day("2026-11-21"),
        reason: "Avbestilt".into(),
        lines,
    }
}

fn of(line: usize, gross: &str) -> CreditedLine {
    CreditedLine { line, gross: nok(gross) }
}

fn lesson() -> Invoice {
    issued(draft(vec![line("3", "55.00", standard("19"))], PriceBasis::Gross, Currency::NOK))
}

fn with_discount_line() -> Invoice {
    let lines = vec![line("1", "100", standard("25")), line("1", "-10", standard("25"))];
    issued(draft(lines, PriceBasis::Gross, Currency::NOK))
}

#[test]
fn parts_of_a_line_add_up_to_its_net_and_vat() {
    let invoice = lesson();
    let mut notes: Vec<CreditNote> = Vec::new();
    for gross in ["55", "55", "55"] {
        let note = invoice.credit(order(vec![of(0, gross)]), &notes).unwrap();
        assert_eq!(note.totals.gross, nok(gross));
        notes.push(note);
    }
    let vat = Money::sum(Currency::NOK, notes.iter().map(|note| note.totals.vat)).unwrap();
    assert_eq!(vat, nok("26.34"));
    let more = invoice.credit(order(vec![of(0, "0.01")]), &notes);
    assert_eq!(more, Err(CreditRejection::MoreThanLeft { line: 1, left: nok("0") }));
}

#[test]
fn a_credit_note_names_its_invoice_and_its_lines() {
    let note = lesson().credit(order(vec![of(0, "55")]), &[]).unwrap();
    assert_eq!((note.invoice_number.as_str(), note.invoice_lines), ("A-10461", vec![0]));
}

#[test]
fn rules_of_a_credit_note_are_kept() {
    let refused = |order: CreditOrder| lesson().credit(order, &[]).unwrap_err();
    assert_eq!(refused(order(vec![])), CreditRejection::NothingChosen);
    assert_eq!(refused(order(vec![of(1, "1")])), CreditRejection::UnknownLine { line: 2 });
    let far = CreditRejection::UnknownLine { line: usize::MAX };
    assert_eq!(refused(order(vec![of(usize::MAX, "1")])), far);
    let twice = order(vec![of(0, "1"), of(0, "1")]);
    assert_eq!(refused(twice), CreditRejection::UnknownLine { line: 1 });
    for amount in ["0", "-1"] {
        let wrong = refused(order(vec![of(0, amount)]));
        assert_eq!(wrong, CreditRejection::NotPositive { line: 1 });
    }
    let euro = CreditedLine { line: 0, gross: Money::from_minor(1, Currency::EUR) };
    assert_eq!(refused(order(vec![euro])), CreditRejection::NotPositive { line: 1 });
    let more = CreditRejection::MoreThanLeft { line: 1, left: nok("165") };
    assert_eq!(refused(order(vec![of(0, "165.01")])), more);
    let early = CreditOrder { issue_date: day("2026-11-19"), ..order(vec![of(0, "1")]) };
    assert_eq!(refused(early), CreditRejection::BeforeInvoice);
    let silent = CreditOrder { reason: " ".into(), ..order(vec![of(0, "1")]) };
    assert_eq!(refused(silent), CreditRejection::NoReason);
}

#[test]
fn a_credit_note_never_charges_money() {
    let only_discount = with_discount_line().credit(order(vec![of(1, "-10")]), &[]);
    assert_eq!(only_discount, Err(CreditRejection::NotPositive { line: 2 }));
}

#[test]
fn a_discount_line_is_taken_back_before_the_invoice_is_credited_beyond_its_total() {
    let invoice = with_discount_line();
    let too_much = invoice.credit(order(vec![of(0, "100")]), &[]);
    assert_eq!(too_much, Err(CreditRejection::MoreThanLeft { line: 1, left: nok("90") }));
    let whole = invoice.credit(order(invoice.creditable(&[])), &[]).unwrap();
    assert_eq!(whole.totals.gross, nok("90"));
}

fn tally(sums: &[VatSum], into: &mut BTreeMap<TaxCode, (i64, i64, i64)>) {
    for sum in sums {
        let entry = into.entry(sum.tax.clone()).or_default();
        entry.0 += sum.net.minor();
        entry.1 += sum.vat.minor();
        entry.2 += sum.gross.minor();
    }
}

proptest! {
    #[test]
    fn any_sequence_of_partial_credits_reverses_the_invoice_exactly(
        lines in prop::collection::vec(any_line(1), 1..6),
        basis in any_basis(),
        currency in any_currency(),
        parts in prop::collection::vec((0_usize..6, 1_u64..=100), 0..12),
    ) {
        let invoice = issued(draft(lines, basis, currency));
        let mut notes: Vec<CreditNote> = Vec::new();
        let credit = |notes: &mut Vec<CreditNote>, lines: Vec<CreditedLine>| {
            let lines: Vec<_> = lines.into_iter().filter(|line| !line.gross.is_zero()).collect();
            if !lines.is_empty() {
                let note = invoice.credit(order(lines), notes).unwrap();
                assert_eq!(note.totals.net.plus(note.totals.vat).unwrap(), note.totals.gross);
                notes.push(note);
            }
        };
        for (line, percent) in parts {
            let left = invoice.creditable(&notes);
            let Some(chosen) = left.get(line) else { continue };
            let minor = chosen.gross.minor() * i64::try_from(percent).unwrap() / 100;
            let gross = Money::from_minor(minor, currency);
            let more = CreditedLine { line, gross: chosen.gross.plus(Money::from_minor(1, currency)).unwrap() };
            prop_assert!(invoice.credit(order(vec![more]), &notes).is_err());
            credit(&mut notes, vec![CreditedLine { line, gross }]);
        }
        let rest = invoice.creditable(&notes);
        credit(&mut notes, rest);
        prop_assert!(invoice.creditable(&notes).iter().all(|line| line.gross.is_zero()));
        let (mut charged, mut reversed) = (BTreeMap::new(), BTreeMap::new());
        tally(&invoice.totals.by_code, &mut charged);
        notes.iter().for_each(|note| tally(&note.totals.by_code, &mut reversed));
        charged.retain(|_, sums| *sums != (0, 0, 0));
        prop_assert_eq!(charged, reversed);
        for (place, line) in invoice.totals.lines.iter().enumerate() {
            let mut back = (0, 0, 0);
            for note in &notes {
                for (at, credited) in note.invoice_lines.iter().zip(&note.totals.lines) {
                    if *at == place {
                        back.0 += credited.net.minor();
                        back.1 += credited.vat.minor();
                        back.2 += credited.gross.minor();
                    }
                }
            }
            prop_assert_eq!(back, (line.net.minor(), line.vat.minor(), line.gross.minor()));
        }
    }

    #[test]
    fn invoices_with_discount_lines_can_be_credited_whole_and_never_beyond(
        lines in prop::collection::vec(any_line(-90_000_000), 1..6),
        basis in any_basis(),
        part in 1_i64..=100,
    ) {
        let made = draft(lines, basis, Currency::NOK);
        if made.check().is_err() {
            return Ok(());
        }
        let invoice = issued(made);
        let share = |line: CreditedLine| {
            let minor = line.gross.minor() * part / 100;
            CreditedLine { gross: Money::from_minor(minor, Currency::NOK), ..line }
        };
        let whole = invoice.creditable(&[]).into_iter().filter(|line| !line.gross.is_zero());
        let lines: Vec<_> = whole.map(share).filter(|line| !line.gross.is_zero()).collect();
        if lines.is_empty() {
            return Ok(());
        }
        let mut notes = Vec::new();
        if let Ok(note) = invoice.credit(order(lines), &[]) {
            notes.push(note);
        }
        let mut rest = invoice.creditable(&notes);
        rest.retain(|line| !line.gross.is_zero());
        if !rest.is_empty() {
            notes.push(invoice.credit(order(rest), &notes).unwrap());
        }
        let gross = Money::sum(Currency::NOK, notes.iter().map(|note| note.totals.gross)).unwrap();
        let vat = Money::sum(Currency::NOK, notes.iter().map(|note| note.totals.vat)).unwrap();
        prop_assert_eq!((gross, vat), (invoice.totals.gross, invoice.totals.vat));
    }
}
