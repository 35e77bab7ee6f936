use super::*;
use crate::credit_note::{CreditNote, CreditOrder};
use crate::ids::CreditNoteId;
use crate::ledger::charts::{ALL, template};
use crate::ledger::{
    AccountKind, AccountRejection, Cause, Chart, Entry, EntryRejection, LedgerAccount, Movement,
    Part, Posting,
};
use std::collections::BTreeMap;

fn norway() -> Chart {
    let methods = [("bank", "1920"), ("cash", "1900")];
    Chart::new(template("NO"), [], methods.map(|(code, number)| (code.into(), number.into())))
}

fn document(cause: Cause, totals: &crate::line::Totals) -> Vec<Movement> {
    let parts = Part::of(totals).unwrap();
    parts.into_iter().map(|part| Movement::Document(cause, part)).collect()
}

/// What an account comes to over entries, in minor units.
fn sums(entries: &[Entry]) -> BTreeMap<String, i64> {
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for posting in entries.iter().flat_map(Entry::postings) {
        *sums.entry(posting.account.clone()).or_default() += posting.amount.minor();
    }
    sums
}

fn shown(movements: &[Movement]) -> Vec<(String, i64)> {
    let entry = Entry::of(movements, &norway()).unwrap();
    let lines = entry.postings().iter();
    lines.map(|line| (line.account.clone(), line.amount.minor())).collect()
}

fn pairs(expected: &[(&str, i64)]) -> Vec<(String, i64)> {
    expected.iter().map(|(account, minor)| ((*account).to_owned(), *minor)).collect()
}

#[test]
fn an_invoice_is_owed_and_earned_by_account_and_its_vat_by_code() {
    let mut free = line("1", "600", tax("6", VatCategory::E, "0"));
    free.income_account = String::new();
    let mut outlay = line("1", "640", tax("7", VatCategory::E, "0"));
    outlay.kind = ServiceKind::PassThrough;
    outlay.income_account = String::new();
    let lesson = line("2", "790", standard("25"));
    let invoice = issued(draft(vec![lesson, free, outlay], PriceBasis::Gross, Currency::NOK));
    assert_eq!(
        shown(&document(Cause::Invoice, &invoice.totals)),
        pairs(&[
            ("1500", 282_000),
            ("3000", -126_400),
            ("2700", -31_600),
            ("3200", -60_000),
            ("2960", -64_000),
        ])
    );
}

#[test]
fn money_waits_as_credit_until_it_is_set_against_an_invoice() {
    let amount = nok("100");
    let received = Movement::Money(Cause::Payment, "cash".into(), amount);
    let unknown = Movement::Money(Cause::PaymentReversed, "cheque".into(), amount);
    let settled = Movement::Settled(Cause::Allocation, amount);
    let small = Movement::GivenUp(Cause::WriteOff, true, amount);
    assert_eq!(shown(&[received]), pairs(&[("1900", 10_000), ("2900", -10_000)]));
    assert_eq!(shown(&[unknown]), pairs(&[("2900", 10_000), ("1920", -10_000)]));
    assert_eq!(shown(&[settled]), pairs(&[("2900", 10_000), ("1500", -10_000)]));
    assert_eq!(shown(&[small]), pairs(&[("7770", 10_000), ("1500", -10_000)]));
}

#[test]
fn what_is_undone_is_posted_the_other_way_round() {
    let amount = nok("35");
    let both = [
        Movement::GivenUp(Cause::WriteOff, false, amount),
        Movement::GivenUp(Cause::WriteOffEnded, false, amount),
        Movement::Fee(Cause::ReminderFee, amount),
        Movement::Fee(Cause::ReminderFeeWithdrawn, amount),
        Movement::Settled(Cause::Allocation, amount),
        Movement::Settled(Cause::AllocationEnded, amount),
        Movement::Money(Cause::Payment, "bank".into(), amount),
        Movement::Money(Cause::PaymentReversed, "bank".into(), amount),
    ];
    let entries = both.map(|movement| Entry::of(&[movement], &norway()).unwrap());
    assert!(sums(&entries).values().all(|sum| *sum == 0));
}

#[test]
fn postings_that_do_not_come_to_nothing_are_no_entry() {
    let line = |account: &str, amount| Posting {
        account: account.into(),
        tax_code: None,
        amount: nok(amount),
    };
    let short = Entry::checked(vec![line("1500", "10"), line("3000", "-9.99")]);
    assert_eq!(short, Err(EntryRejection::Unbalanced(nok("0.01"))));
}

#[test]
fn every_template_holds_each_account_its_rules_name_once() {
    for template in ALL {
        let chart = Chart::new(template, [], []);
        let entries = chart.entries();
        assert_eq!(entries.len(), template.accounts.len(), "{}", template.name);
        let rules: Vec<&str> = template.rules().collect();
        for number in rules {
            assert!(chart.find(number).is_some_and(|it| it.ruled), "{} {number}", template.name);
        }
    }
}

#[test]
fn the_school_names_and_adds_accounts_but_none_that_is_ruled_goes() {
    let own = |number: &str, name: &str, kind, active| LedgerAccount {
        school_id: SchoolId(Uuid::from_u128(1)),
        number: number.into(),
        name: name.into(),
        kind,
        active,
    };
    let renamed = own("3000", "Kjøretimer", AccountKind::Income, true);
    let chart = Chart::new(template("NO"), [renamed.clone()], []);
    assert_eq!(chart.check(&renamed), Ok(()));
    assert_eq!(chart.find("3000").unwrap().name, "Kjøretimer");
    let added = own("3050", "Bil til førerprøve", AccountKind::Income, false);
    assert_eq!(chart.check(&added), Ok(()));
    for (account, rejection) in [
        (own("1500", "Kunder", AccountKind::Asset, false), AccountRejection::Ruled),
        (own("1500", "Kunder", AccountKind::Expense, true), AccountRejection::Ruled),
        (own("30A0", "Salg", AccountKind::Income, true), AccountRejection::Number),
        (own("3050", " ", AccountKind::Income, true), AccountRejection::NoName),
    ] {
        assert_eq!(chart.check(&account), Err(rejection));
    }
}

fn any_chart() -> impl Strategy<Value = Chart> {
    prop::sample::select(ALL.to_vec()).prop_map(|template| Chart::new(template, [], []))
}

/// A credit note over some of the lines, whole.
fn credited(invoice: &Invoice, number: u64, taken: &[bool]) -> Option<CreditNote> {
    let lines = invoice.creditable(&[]).into_iter();
    let lines = lines.zip(taken).filter(|(line, taken)| **taken && !line.gross.is_zero());
    let order = CreditOrder {
        id: CreditNoteId(Uuid::from_u128(9)),
        number: super::number(number),
        issue_date: invoice.issue_date,
        reason: "Avlyst".into(),
        lines: lines.map(|(line, _)| line).collect(),
    };
    invoice.credit(order, &[]).ok()
}

proptest! {
    #[test]
    fn every_document_is_balanced_and_what_is_credited_is_earned_no_more(
        lines in any_lines(0), basis in any_basis(), currency in any_currency(),
        (chart, taken) in (any_chart(), prop::collection::vec(any::<bool>(), 20)),
    ) {
        let invoice = issued(draft(lines, basis, currency));
        let sold = Entry::of(&document(Cause::Invoice, &invoice.totals), &chart).unwrap();
        let mut entries = vec![sold];
        prop_assert_eq!(
            sums(&entries).get(chart.receivables()).copied().unwrap_or_default(),
            invoice.totals.gross.minor()
        );
        let rest: Vec<bool> = taken.iter().map(|taken| !taken).collect();
        let notes: Vec<CreditNote> = [(1, &taken), (2, &rest)]
            .into_iter()
            .filter_map(|(number, taken)| credited(&invoice, number, taken))
            .collect();
        for note in &notes {
            entries.push(Entry::of(&document(Cause::CreditNote, &note.totals), &chart).unwrap());
            let settled = Movement::Settled(Cause::Allocation, note.totals.gross);
            entries.push(Entry::of(&[settled], &chart).unwrap());
        }
        let back: i64 = notes.iter().map(|note| note.totals.gross.minor()).sum();
        if back == invoice.totals.gross.minor() {
            prop_assert!(sums(&entries).values().all(|sum| *sum == 0));
        }
    }

    #[test]
    fn sums_of_movements_are_posted_as_the_movements_one_by_one(
        amounts in prop::collection::vec(1_i64..1_000_000, 1..20),
    ) {
        let chart = norway();
        let whole = Money::from_minor(amounts.iter().sum(), Currency::NOK);
        for make in [
            |amount| Movement::Money(Cause::Refund, "bank".into(), amount),
            |amount| Movement::Settled(Cause::Allocation, amount),
            |amount| Movement::GivenUp(Cause::WriteOff, false, amount),
        ] {
            let single: Vec<Movement> = amounts
                .iter()
                .map(|minor| make(Money::from_minor(*minor, Currency::NOK)))
                .collect();
            let (single, whole) = (Entry::of(&single, &chart), Entry::of(&[make(whole)], &chart));
            prop_assert_eq!(sums(&[single.unwrap()]), sums(&[whole.unwrap()]));
        }
    }
}
