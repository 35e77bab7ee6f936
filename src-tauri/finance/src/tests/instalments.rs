use super::*;
use crate::allocation::OpenItem;
use crate::exchange::Left;
use crate::ids::PlanId;
use crate::instalments::{
    Instalment, OpenPart, PaymentPlan, PlanRejection, PlanState, PlannedInvoice, Remainder, Rhythm,
    due_by, due_dates, late_after, split_evenly,
};
use chrono::Days;
use std::collections::BTreeMap;

fn invoice_id(number: usize) -> InvoiceId {
    InvoiceId(Uuid::from_u128(number as u128))
}

fn plan(invoices: &[i64], instalments: &[(&str, i64)]) -> PaymentPlan {
    let money = |minor| Money::from_minor(minor, Currency::NOK);
    PaymentPlan {
        id: PlanId(Uuid::from_u128(1)),
        school_id: SchoolId(Uuid::from_u128(1)),
        student_id: StudentId(Uuid::from_u128(2)),
        agreed_on: day("2026-01-01"),
        invoices: (1..)
            .zip(invoices)
            .map(|(n, minor)| PlannedInvoice { invoice_id: invoice_id(n), amount: money(*minor) })
            .collect(),
        instalments: instalments
            .iter()
            .map(|(due, minor)| Instalment { due_date: day(due), amount: money(*minor) })
            .collect(),
        grace_days: 7,
        replaces: None,
        note: String::new(),
    }
}

fn items(invoices: &[i64]) -> Vec<OpenItem> {
    let item = |(n, minor): (usize, &i64)| OpenItem {
        base: None,
        invoice_id: invoice_id(n),
        number: format!("A-{n}"),
        issue_date: day("2025-12-01"),
        due_date: day("2025-12-15"),
        open: Money::from_minor(*minor, Currency::NOK),
    };
    (1..).zip(invoices).map(item).collect()
}

fn opens(invoices: &[i64]) -> BTreeMap<InvoiceId, Money> {
    items(invoices).into_iter().map(|item| (item.invoice_id, item.open)).collect()
}

fn parts(plan: &PaymentPlan, open: &[i64]) -> Vec<(u16, usize, i64)> {
    let parts = plan.standing(&opens(open)).unwrap().parts;
    let number = |part: &OpenPart| usize::try_from(part.invoice_id.0.as_u128()).unwrap();
    parts.iter().map(|part| (part.place, number(part), part.open.minor())).collect()
}

#[test]
fn money_settles_the_oldest_instalment_first_whichever_invoice_it_was_set_against() {
    let plan = plan(&[1_500, 500], &[("2026-02-01", 1_000), ("2026-03-01", 1_000)]);
    assert_eq!(parts(&plan, &[1_500, 500]), [(1, 1, 1_000), (2, 1, 500), (2, 2, 500)]);
    assert_eq!(parts(&plan, &[1_000, 500]), [(1, 1, 500), (2, 1, 500), (2, 2, 500)]);
    assert_eq!(parts(&plan, &[1_500, 0]), [(1, 1, 500), (2, 1, 1_000)]);
    assert_eq!(parts(&plan, &[0, 0]), []);
    // What is open beyond the plan is due by the invoice.
    assert_eq!(parts(&plan, &[2_500, 500]), [(1, 1, 1_000), (2, 1, 500), (2, 2, 500)]);
}

#[test]
fn a_missed_instalment_breaks_the_plan_after_its_grace() {
    let plan = plan(&[2_000], &[("2026-02-01", 1_000), ("2026-03-01", 1_000)]);
    let standing = plan.standing(&opens(&[2_000])).unwrap();
    assert_eq!(standing.until, Some(day("2026-02-08")));
    assert_eq!(standing.state(day("2026-02-01")), PlanState::Kept);
    assert_eq!(standing.state(day("2026-02-02")), PlanState::Late);
    assert_eq!(standing.state(day("2026-02-08")), PlanState::Late);
    assert_eq!(standing.state(day("2026-02-09")), PlanState::Broken);
    let paid = plan.standing(&opens(&[1_000])).unwrap();
    assert_eq!(paid.state(day("2026-02-09")), PlanState::Kept);
    assert_eq!(plan.standing(&opens(&[0])).unwrap().state(day("2027-01-01")), PlanState::Paid);
}

#[test]
fn what_is_no_plan_is_refused() {
    let good = plan(&[1_500, 500], &[("2026-02-01", 1_000), ("2026-03-01", 1_000)]);
    let check = |plan: &PaymentPlan| plan.check(&items(&[1_500, 500])).unwrap_err();
    assert_eq!(good.check(&items(&[1_500, 500])), Ok(()));
    assert_eq!(check(&PaymentPlan { invoices: vec![], ..good.clone() }), PlanRejection::Invoices);
    assert_eq!(
        check(&PaymentPlan { instalments: vec![], ..good.clone() }),
        PlanRejection::Instalments
    );
    assert_eq!(check(&PaymentPlan { grace_days: 366, ..good.clone() }), PlanRejection::Grace);
    let twice = vec![good.invoices[0], good.invoices[0]];
    let twice = check(&PaymentPlan { invoices: twice, ..good.clone() });
    assert_eq!(twice, PlanRejection::WrongInvoice { invoice: "A-1".into() });
    let paid = good.check(&items(&[1_400, 500])).unwrap_err();
    assert_eq!(paid, PlanRejection::NotTheOpen { invoice: "A-1".into(), open: nok("14") });
    for (instalments, expected) in [
        ([("2026-02-01", 2_000), ("2026-03-01", 0)], PlanRejection::NotPositive { place: 2 }),
        ([("2025-12-31", 1_000), ("2026-03-01", 1_000)], PlanRejection::TooEarly { place: 1 }),
        ([("2026-03-01", 1_000), ("2026-03-01", 1_000)], PlanRejection::NotRising { place: 2 }),
    ] {
        let instalments = plan(&[1], &instalments).instalments;
        assert_eq!(check(&PaymentPlan { instalments, ..good.clone() }), expected);
    }
    let short = plan(&[1], &[("2026-02-01", 1_999)]).instalments;
    let (instalments, open) = (nok("19.99"), nok("20"));
    assert_eq!(
        check(&PaymentPlan { instalments: short, ..good.clone() }),
        PlanRejection::WrongSum { instalments, open }
    );
}

#[test]
fn a_plan_of_the_last_of_january_keeps_to_the_ends_of_months() {
    let days = due_dates(day("2026-01-31"), 3, Rhythm::Monthly);
    assert_eq!(days, ["2026-01-31", "2026-02-28", "2026-03-31"].map(day));
    let days = due_dates(day("2026-01-31"), 2, Rhythm::Fortnightly);
    assert_eq!(days, ["2026-01-31", "2026-02-14"].map(day));
}

#[test]
fn an_even_split_leaves_the_rest_where_it_was_asked_for() {
    let minors = |remainder| {
        let parts = split_evenly(nok("100"), 3, remainder).unwrap();
        parts.iter().map(|part| part.minor()).collect::<Vec<_>>()
    };
    assert_eq!(minors(Remainder::First), [3_334, 3_333, 3_333]);
    assert_eq!(minors(Remainder::Last), [3_333, 3_333, 3_334]);
    assert_eq!(split_evenly(nok("1"), 0, Remainder::First).unwrap(), []);
}

fn any_plan() -> impl Strategy<Value = (PaymentPlan, Vec<i64>)> {
    let invoices = prop::collection::vec((1_i64..500_000, 0_i64..600_000), 1..5);
    let last = any::<bool>();
    (invoices, 1_u16..24, last, 0_u16..40).prop_map(|(invoices, count, last, grace_days)| {
        let total: i64 = invoices.iter().map(|(amount, _)| amount).sum();
        let amounts: Vec<i64> = invoices.iter().map(|(amount, _)| *amount).collect();
        let mut plan = plan(&amounts, &[]);
        let remainder = if last { Remainder::Last } else { Remainder::First };
        let count = count.min(u16::try_from(total).unwrap_or(u16::MAX));
        let split = split_evenly(Money::from_minor(total, Currency::NOK), count, remainder);
        let days = due_dates(day("2026-01-31"), count, Rhythm::Monthly);
        let instalment = |(due_date, amount)| Instalment { due_date, amount };
        plan.instalments = days.into_iter().zip(split.unwrap()).map(instalment).collect();
        plan.grace_days = grace_days;
        (plan, invoices.into_iter().map(|(_, open)| open).collect())
    })
}

proptest! {
    #[test]
    fn an_even_split_comes_to_what_was_split(
        minor in 0_i64..=1_000_000_000_000, count in 1_u16..=120, last in any::<bool>(),
        currency in any_currency(),
    ) {
        let total = Money::from_minor(minor, currency);
        let remainder = if last { Remainder::Last } else { Remainder::First };
        let parts = split_evenly(total, count, remainder).unwrap();
        prop_assert_eq!(parts.len(), usize::from(count));
        prop_assert_eq!(Money::sum(currency, parts.iter().copied()).unwrap(), total);
        let odd = parts.iter().filter(|part| **part != parts[parts.len() / 2]).count();
        prop_assert!(odd <= 1 || parts.len() == 2);
    }

    #[test]
    fn parts_of_an_invoice_that_is_planned_whole_come_to_what_it_is_worth_in_the_books(
        (plan, open) in any_plan(), worths in proptest::collection::vec(1_i64..=1_000_000, 200),
    ) {
        let standing = plan.standing(&opens(&open)).unwrap();
        let left: BTreeMap<InvoiceId, Left> = (1..)
            .zip(open.iter().zip(&worths))
            .map(|(place, (own, base))| (invoice_id(place), Left {
                own: Money::from_minor(*own, Currency::NOK),
                base: Money::from_minor(*base, Currency::EUR),
            }))
            .collect();
        let worth = standing.worth(&left).unwrap();
        prop_assert_eq!(worth.len(), standing.parts.len());
        for (place, (planned, open)) in (1..).zip(plan.invoices.iter().zip(&open)) {
            let of = standing.parts.iter().zip(&worth);
            let of = of.filter(|(part, _)| part.invoice_id == invoice_id(place));
            let sum: i64 = of.map(|(_, worth)| worth.minor()).sum();
            let base = worths[place - 1];
            if *open == 0 {
                prop_assert_eq!(sum, 0);
            } else if planned.amount.minor() >= *open {
                prop_assert_eq!(sum, base);
            } else {
                prop_assert!((0..base).contains(&sum));
            }
        }
        prop_assert_eq!(standing.worth(&BTreeMap::new()).unwrap(),
            standing.parts.iter().map(|part| part.open).collect::<Vec<_>>());
    }

    #[test]
    fn instalments_come_to_what_was_planned_and_open_parts_to_what_is_open(
        (plan, open) in any_plan()
    ) {
        let planned: Vec<i64> = plan.invoices.iter().map(|one| one.amount.minor()).collect();
        prop_assert_eq!(plan.check(&items(&planned)), Ok(()));
        let total = plan.total().unwrap();
        let sum = Money::sum(total.currency(), plan.instalments.iter().map(|one| one.amount));
        prop_assert_eq!(sum.unwrap(), total);
        let standing = plan.standing(&opens(&open)).unwrap();
        for (place, (planned, open)) in (1..).zip(planned.iter().zip(&open)) {
            let of = standing.parts.iter().filter(|part| part.invoice_id == invoice_id(place));
            prop_assert_eq!(of.map(|part| part.open.minor()).sum::<i64>(), *planned.min(open));
        }
        // Nothing open stands before something open: the oldest was settled first.
        let zero = Money::zero(Currency::NOK);
        let mut begun = false;
        for (place, instalment) in (1_u16..).zip(&plan.instalments) {
            let open = standing.open_of(place, zero).unwrap();
            prop_assert!(!begun || open == instalment.amount);
            begun |= open.is_positive();
        }
    }

    #[test]
    fn one_day_says_from_when_on_a_part_is_overdue(
        instalment in 0_u64..90, invoice in 0_u64..90, grace in 0_u64..40, asked in 0_u64..180,
    ) {
        let at = |days| day("2026-01-01") + Days::new(days);
        // The plan holds at least as long as its earliest open instalment, which is this one or
        // one before it.
        for first in [0, instalment] {
            let until = at(first + grace);
            let overdue = due_by(at(instalment), at(invoice), until, at(asked)) < at(asked);
            prop_assert_eq!(late_after(at(instalment), at(invoice), until) < at(asked), overdue);
        }
    }
}
