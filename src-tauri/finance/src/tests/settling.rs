use super::*;
use crate::ageing::{Buckets, age};
use crate::allocation::{OpenItem, Share, check_shares, oldest_first};
use crate::invoice::{InvoiceStatus, Settlement};
use crate::payment::PaymentRejection;
use chrono::Days;

fn item(id: u128, due: &str, open: &str) -> OpenItem {
    OpenItem {
        base: None,
        invoice_id: InvoiceId(Uuid::from_u128(id)),
        number: format!("A-{id}"),
        issue_date: day("2026-01-01"),
        due_date: day(due),
        open: nok(open),
    }
}

fn share(id: u128, amount: &str) -> Share {
    Share { invoice_id: InvoiceId(Uuid::from_u128(id)), amount: nok(amount) }
}

#[test]
fn the_oldest_due_date_is_paid_first_and_the_rest_stays_credit() {
    let items = [item(1, "2026-03-01", "50"), item(2, "2026-02-01", "30")];
    let shares = oldest_first(nok("60"), &items).unwrap();
    assert_eq!(shares, [share(2, "30"), share(1, "30")]);
    let shares = oldest_first(nok("100"), &items).unwrap();
    assert_eq!(check_shares(nok("100"), &shares, &items), Ok(nok("20")));
}

#[test]
fn nothing_is_proposed_for_nothing_and_currencies_never_mix() {
    let items = [item(1, "2026-03-01", "50")];
    assert_eq!(oldest_first(nok("0"), &items), Ok(vec![]));
    assert_eq!(oldest_first(nok("-1"), &items), Ok(vec![]));
    assert!(oldest_first(Money::from_minor(1, Currency::EUR), &items).is_err());
}

#[test]
fn chosen_shares_are_checked_one_by_one_and_together() {
    let items = [item(1, "2026-03-01", "50"), item(2, "2026-02-01", "30")];
    let wrong =
        |received: &str, shares: &[Share]| check_shares(nok(received), shares, &items).unwrap_err();
    assert_eq!(check_shares(nok("10"), &[], &items), Ok(nok("10")));
    assert_eq!(wrong("0", &[]), PaymentRejection::NotPositive);
    assert_eq!(wrong("10", &[share(1, "0")]), PaymentRejection::NotPositive);
    assert_eq!(wrong("10", &[share(1, "-1")]), PaymentRejection::NotPositive);
    let more = PaymentRejection::MoreThanOpen { invoice: "A-2".into(), open: nok("30") };
    assert_eq!(wrong("99", &[share(2, "30.01")]), more);
    let twice = PaymentRejection::WrongInvoice { invoice: "A-1".into() };
    assert_eq!(wrong("99", &[share(1, "1"), share(1, "1")]), twice);
    let unknown = wrong("99", &[share(7, "1")]);
    assert!(matches!(unknown, PaymentRejection::WrongInvoice { .. }));
    let over = wrong("60", &[share(1, "50"), share(2, "30")]);
    let (allocated, received) = (nok("80"), nok("60"));
    assert_eq!(over, PaymentRejection::OverAllocated { allocated, received });
    let euro = Share { amount: Money::from_minor(1, Currency::EUR), ..share(1, "1") };
    assert_eq!(wrong("60", &[euro]), twice);
}

#[test]
fn buckets_begin_the_day_after_the_due_date_and_include_their_last_day() {
    let buckets = Buckets::default();
    let due = day("2026-01-01");
    for (days, column) in [(0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)] {
        assert_eq!(buckets.column(due, due + Days::new(days)), column, "{days} days overdue");
    }
    assert_eq!(buckets.column(due, day("2025-12-31")), 0);
    assert_eq!(buckets.columns(), 5);
}

#[test]
fn buckets_rise_and_are_two_to_six() {
    for wrong in [vec![], vec![30], vec![0, 30], vec![30, 30], vec![60, 30], (1..=7).collect()] {
        assert_eq!(Buckets::new(wrong.clone()), Err(wrong));
    }
    assert_eq!(Buckets::new(vec![7, 14]).unwrap().ends(), [7, 14]);
}

#[test]
fn a_status_follows_from_sums_and_dates() {
    let status = |gross: &str, open: &str, credited: &str, today: &str| {
        let (gross, open, credited) = (nok(gross), nok(open), nok(credited));
        let sums = Settlement { gross, open, credited, written_off: nok("0") };
        sums.status(day("2026-01-15"), day(today))
    };
    assert_eq!(status("100", "100", "0", "2026-01-15"), InvoiceStatus::Open);
    assert_eq!(status("100", "100", "0", "2026-01-16"), InvoiceStatus::Overdue);
    assert_eq!(status("100", "40", "0", "2026-01-15"), InvoiceStatus::PartPaid);
    assert_eq!(status("100", "40", "60", "2026-01-16"), InvoiceStatus::Overdue);
    assert_eq!(status("100", "0", "60", "2026-02-16"), InvoiceStatus::Paid);
    assert_eq!(status("100", "0", "100", "2026-01-01"), InvoiceStatus::Credited);
    assert_eq!(status("0", "0", "0", "2026-02-01"), InvoiceStatus::Paid);
}

proptest! {
    #[test]
    fn a_proposal_never_exceeds_what_was_received_or_what_is_open(
        received in 1_i64..1_000_000,
        opens in prop::collection::vec((0_i64..300_000, 0_u64..400), 0..12),
    ) {
        let items: Vec<OpenItem> = opens
            .iter()
            .enumerate()
            .map(|(place, (open, days))| OpenItem {
                open: Money::from_minor(*open, Currency::NOK),
                due_date: day("2026-01-01") + Days::new(*days),
                ..item(place as u128, "2026-01-01", "0")
            })
            .collect();
        let received = Money::from_minor(received, Currency::NOK);
        let shares = oldest_first(received, &items).unwrap();
        let left = check_shares(received, &shares, &items).unwrap();
        let open: i64 = opens.iter().map(|(open, _)| open).sum();
        prop_assert_eq!(left.minor(), (received.minor() - open).max(0));
    }

    #[test]
    fn columns_less_credit_are_the_balance(
        debts in prop::collection::vec((0_u64..800, 0_i64..9_000_000), 0..30),
        credit in 0_i64..9_000_000,
        ends in prop::collection::btree_set(1_u16..400, 2..=6),
    ) {
        let buckets = Buckets::new(ends.into_iter().collect()).unwrap();
        let begin = day("2025-01-01");
        let debts: Vec<_> = debts
            .iter()
            .map(|(days, open)| {
                (begin + Days::new(*days), Money::from_minor(*open, Currency::NOK))
            })
            .collect();
        let credit = Money::from_minor(credit, Currency::NOK);
        let row = age(&debts, credit, &buckets, day("2026-03-01")).unwrap();
        prop_assert_eq!(row.columns.len(), buckets.columns());
        let columns: i64 = row.columns.iter().map(|column| column.minor()).sum();
        let open: i64 = debts.iter().map(|(_, open)| open.minor()).sum();
        prop_assert_eq!(columns, open);
        prop_assert_eq!(row.balance.minor(), open - credit.minor());
    }
}
