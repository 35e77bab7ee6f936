use super::*;
use crate::ids::{PayerId, PlanId, ReminderId};
use crate::instalments::InstalmentRef;
use crate::reminder::rules::{Debtor, Rules};
use crate::reminder::{
    Channel, Debt, Held, Hold, HoldKind, HoldRejection, Level, Message, Plan, Question,
    RemindedItem, Reminder, Schedule, ScheduleRejection, Step, Why, plan,
};
use chrono::Days;
use std::collections::{BTreeMap, BTreeSet};

fn invoice_id(number: u128) -> InvoiceId {
    InvoiceId(Uuid::from_u128(number))
}

fn student_id(number: u128) -> StudentId {
    StudentId(Uuid::from_u128(number))
}

fn debt(number: u128, student: u128, due: &str, open: &str) -> Debt {
    Debt {
        invoice_id: invoice_id(number),
        instalment: None,
        student_id: student_id(student),
        payer_id: None,
        debtor: Debtor::Consumer,
        issue_date: day(due) - Days::new(14),
        due_date: day(due),
        open: nok(open),
    }
}

/// A note three days before, reminders after 14 days and then a day after each deadline.
fn schedule() -> Schedule {
    let step = |level, days| Step::usual(level, days);
    let steps = vec![
        step(Level::Upcoming, 3),
        step(Level::First, 14),
        step(Level::Second, 1),
        step(Level::Final, 1),
    ];
    Schedule {
        steps,
        deadline_days: 14,
        with_fees: true,
        with_interest: false,
        own_rates: vec![],
        least_minor: 0,
    }
}

/// A school's desk in small: what is open, what was made, what is held.
#[derive(Debug)]
struct Desk {
    debts: Vec<Debt>,
    made: Vec<Reminder>,
    holds: Vec<Hold>,
    with_credit: BTreeSet<StudentId>,
    schedule: Schedule,
}

impl Desk {
    fn with(debts: Vec<Debt>) -> Self {
        let (made, holds, with_credit) = (vec![], vec![], BTreeSet::new());
        Self { debts, made, holds, with_credit, schedule: schedule() }
    }

    fn plan(&self, today: NaiveDate) -> Plan {
        plan(&Question {
            debts: &self.debts,
            made: &self.made,
            holds: &self.holds,
            with_credit: &self.with_credit,
            schedule: &self.schedule,
            rules: Rules::of("NO"),
            currency: Currency::NOK,
            day: today,
        })
        .unwrap()
    }

    fn send(&mut self, today: NaiveDate) -> Vec<Message> {
        let messages = self.plan(today).messages;
        for message in &messages {
            self.made.push(Reminder {
                id: ReminderId(Uuid::from_u128(self.made.len() as u128)),
                school_id: SchoolId(Uuid::from_u128(1)),
                student_id: message.student_id,
                payer_id: message.payer_id,
                level: message.level,
                channel: Channel::Letter,
                items: message
                    .debts
                    .iter()
                    .map(|debt| RemindedItem {
                        invoice_id: debt.invoice_id,
                        instalment: debt.instalment,
                        open: debt.open,
                    })
                    .collect(),
                fee: message.fee,
                interest: message.interest,
                made_on: today,
                deadline: message.deadline,
            });
        }
        messages
    }

    fn why(&self, today: &str) -> Vec<Why> {
        self.plan(day(today)).left_out.into_iter().map(|left| left.why).collect()
    }
}

fn hold(held: Held, kind: HoldKind, until: Option<&str>) -> Hold {
    Hold { held, kind, until: until.map(day), note: String::new(), active: true }
}

#[test]
fn an_invoice_climbs_from_level_to_level_and_stops_after_the_last() {
    let mut desk = Desk::with(vec![debt(1, 1, "2026-03-10", "790")]);
    let mut seen = Vec::new();
    for today in day("2026-03-01").iter_days().take(90) {
        seen.extend(desk.send(today).into_iter().map(|m| (today.to_string(), m.level)));
    }
    let seen: Vec<(&str, Level)> = seen.iter().map(|(on, level)| (on.as_str(), *level)).collect();
    let expected = [
        ("2026-03-07", Level::Upcoming),
        ("2026-03-24", Level::First),
        ("2026-04-08", Level::Second),
        ("2026-04-23", Level::Final),
    ];
    assert_eq!(seen, expected);
    assert_eq!(desk.why("2026-06-01"), [Why::Finished]);
}

#[test]
fn all_invoices_of_a_level_stand_in_one_message_to_their_payer() {
    let desk = Desk::with(vec![
        debt(2, 1, "2026-02-12", "200"),
        debt(1, 1, "2026-02-10", "790"),
        debt(3, 2, "2026-02-10", "50"),
        debt(4, 1, "2026-03-01", "10"),
    ]);
    let plan = desk.plan(day("2026-03-02"));
    let totals: Vec<Money> = plan.messages.iter().map(|message| message.total).collect();
    assert_eq!(totals, [nok("990"), nok("50")]);
    assert_eq!(plan.messages[0].debts[0].invoice_id, invoice_id(1));
    assert_eq!(plan.messages[0].deadline, day("2026-03-16"));
    assert_eq!(plan.left_out[0].why, Why::Waiting(Level::First, day("2026-03-15")));
}

#[test]
fn what_is_held_says_by_what_and_comes_back_the_day_after() {
    let mut desk = Desk::with(vec![debt(1, 1, "2026-02-10", "790")]);
    let invoice = Held::Invoice(invoice_id(1));
    let promise = HoldKind::Promised;
    desk.holds = vec![hold(invoice, promise, Some("2026-03-10"))];
    assert_eq!(desk.why("2026-03-10"), [Why::Held(promise, Some(day("2026-03-10")))]);
    assert_eq!(desk.plan(day("2026-03-11")).messages.len(), 1);
    desk.holds = vec![hold(invoice, HoldKind::Disputed, None)];
    assert_eq!(desk.why("2027-03-10"), [Why::Held(HoldKind::Disputed, None)]);
    desk.holds[0].active = false;
    assert!(desk.why("2027-03-10").is_empty());
    desk.with_credit.insert(student_id(1));
    assert_eq!(desk.why("2027-03-10"), [Why::Credit]);
}

#[test]
fn a_message_over_too_little_is_not_sent() {
    let mut desk = Desk::with(vec![debt(1, 1, "2026-02-10", "49"), debt(2, 2, "2026-02-10", "50")]);
    desk.schedule.least_minor = 5_000;
    let plan = desk.plan(day("2026-03-10"));
    assert_eq!(plan.messages.len(), 1);
    assert_eq!(plan.left_out[0].why, Why::TooSmall);
}

#[test]
fn a_norwegian_fee_waits_a_fortnight_is_asked_once_a_message_and_twice_at_most() {
    let mut desk = Desk::with(vec![debt(1, 1, "2026-02-10", "790"), debt(2, 1, "2026-02-10", "5")]);
    desk.schedule.steps[1].days = 13;
    assert_eq!(desk.send(day("2026-02-23"))[0].fee, None);
    let fees: Vec<Option<Money>> = ["2026-03-12", "2026-04-10"]
        .iter()
        .flat_map(|on| desk.send(day(on)))
        .map(|message| message.fee)
        .collect();
    assert_eq!(fees, [Some(nok("35")), Some(nok("35"))]);
    let mut later = Desk::with(vec![debt(1, 1, "2026-02-10", "790")]);
    let fees: Vec<bool> = ["2026-02-24", "2026-03-12", "2026-04-10"]
        .iter()
        .flat_map(|on| later.send(day(on)))
        .map(|message| message.fee.is_some())
        .collect();
    assert_eq!(fees, [true, true, false]);
}

fn instalment(place: u16) -> Option<InstalmentRef> {
    Some(InstalmentRef { plan_id: PlanId(Uuid::from_u128(7)), place })
}

#[test]
fn each_missed_instalment_is_reminded_from_the_first_level_and_fees_count_for_the_claim() {
    let part = |place, due, open| Debt { instalment: instalment(place), ..debt(1, 1, due, open) };
    let mut desk = Desk::with(vec![part(1, "2026-01-01", "100"), part(2, "2026-02-01", "100")]);
    let first = desk.send(day("2026-01-15"));
    assert_eq!((first.len(), first[0].level, first[0].debts.len()), (1, Level::First, 1));
    assert_eq!(first[0].fee, Some(nok("35")));
    let second = desk.send(day("2026-02-15"));
    let levels: Vec<_> = second.iter().map(|m| (m.level, m.debts[0].instalment)).collect();
    assert_eq!(levels, [(Level::Second, instalment(1)), (Level::First, instalment(2))]);
    // The first reminder of the second instalment would bear a third fee of one claim.
    let asked = second.iter().filter(|message| message.fee.is_some()).count();
    assert_eq!(asked + 1, 3);
    let third = desk.send(day("2026-03-15"));
    assert!(third.iter().all(|message| message.fee.is_none()));
}

#[test]
fn fees_follow_the_country_the_debtor_and_the_due_date() {
    let (late, euro) = (day("2026-06-01"), "EUR".parse().unwrap());
    let fee = |country: &str, debtor, due: &str, open| {
        Rules::of(country).fee(debtor, day(due), open, late).map(Money::minor)
    };
    let pounds = |minor| Money::from_minor(minor, "GBP".parse().unwrap());
    let euros = Money::from_minor(10_000, euro);
    assert_eq!(fee("NO", Debtor::Consumer, "2020-09-30", nok("1")), Some(7_000));
    assert_eq!(fee("NO", Debtor::Consumer, "2020-10-01", nok("1")), Some(3_500));
    assert_eq!(fee("NO", Debtor::Consumer, "2026-01-01", euros), None);
    assert_eq!(fee("DE", Debtor::Consumer, "2026-01-01", euros), None);
    assert_eq!(fee("DE", Debtor::Business, "2026-01-01", euros), Some(4_000));
    assert_eq!(fee("GB", Debtor::Consumer, "2026-01-01", pounds(50)), None);
    let business = |minor| fee("GB", Debtor::Business, "2026-01-01", pounds(minor));
    let steps = [99_999, 100_000, 999_999, 1_000_000].map(business);
    assert_eq!(steps, [Some(4_000), Some(7_000), Some(7_000), Some(10_000)]);
    assert_eq!(fee("SE", Debtor::Business, "2026-01-01", nok("1")), None);
}

#[test]
fn schedules_and_holds_that_cannot_be_kept_are_refused() {
    let rules = Rules::of("NO");
    for country in ["NO", "DE", "GB", ""] {
        let rules = Rules::of(country);
        assert_eq!(Schedule::proposed(rules).check(rules), Ok(()));
    }
    let refused = |change: &dyn Fn(&mut Schedule)| {
        let mut wrong = schedule();
        change(&mut wrong);
        wrong.check(rules).unwrap_err()
    };
    assert_eq!(refused(&|s| s.steps.swap(0, 1)), ScheduleRejection::Order);
    assert_eq!(refused(&|s| s.steps[1].days = 0), ScheduleRejection::NoWait);
    assert_eq!(refused(&|s| s.steps[0].days = 366), ScheduleRejection::TooLong);
    let short = ScheduleRejection::DeadlineTooShort { least: 14 };
    assert_eq!(refused(&|s| s.deadline_days = 13), short);
    assert_eq!(refused(&|s| s.least_minor = -1), ScheduleRejection::Least);
    let (student, today) = (Held::Student(student_id(1)), day("2026-03-10"));
    let check = |kind, until| hold(student, kind, until).check(today);
    assert_eq!(check(HoldKind::Disputed, None), Err(HoldRejection::DisputeOfStudent));
    assert_eq!(check(HoldKind::Promised, None), Err(HoldRejection::PromiseWithoutDay));
    assert_eq!(check(HoldKind::Paused, Some("2026-03-09")), Err(HoldRejection::Past));
    assert_eq!(check(HoldKind::Paused, Some("2026-03-10")), Ok(()));
}

fn any_desk() -> impl Strategy<Value = Desk> {
    let debts = prop::collection::vec((1_u128..5, 0_u64..40, 1_i64..500_000), 1..12);
    let holds = prop::collection::vec((0_u128..16, 0_u8..3, prop::option::of(0_u64..120)), 0..5);
    let waits = (0_u16..10, 1_u16..20, 1_u16..9, 1_u16..9, 14_u16..20);
    (debts, holds, waits, any::<[bool; 4]>(), 0_i64..20_000).prop_map(
        |(debts, holds, waits, used, least_minor)| {
            let start = day("2026-01-01");
            let debts = (1..).zip(debts).map(|(number, (student, due, open))| Debt {
                invoice_id: invoice_id(number),
                instalment: None,
                student_id: student_id(student),
                payer_id: None,
                debtor: Debtor::Consumer,
                issue_date: start,
                due_date: start + Days::new(due),
                open: Money::from_minor(open, Currency::NOK),
            });
            let holds = holds.into_iter().map(|(of, kind, until)| Hold {
                held: match of {
                    0..4 => Held::Student(student_id(of + 1)),
                    _ => Held::Invoice(invoice_id(of - 3)),
                },
                kind: [HoldKind::Paused, HoldKind::Disputed, HoldKind::Promised][usize::from(kind)],
                until: until.map(|until| start + Days::new(until)),
                note: String::new(),
                active: true,
            });
            let days = [waits.0, waits.1, waits.2, waits.3];
            let steps = Level::ALL.into_iter().zip(days).zip(used).filter(|(_, used)| *used);
            let steps = steps.map(|((level, days), _)| Step::usual(level, days)).collect();
            let deadline_days = waits.4;
            let (with_fees, with_interest, own_rates) = (true, true, vec![]);
            let schedule =
                Schedule { steps, deadline_days, with_fees, with_interest, own_rates, least_minor };
            let mut desk = Desk::with(debts.collect());
            (desk.holds, desk.schedule) = (holds.collect(), schedule);
            desk
        },
    )
}

/// What must hold of every plan, whatever the history.
fn check(desk: &Desk, today: NaiveDate, plan: &Plan) -> Result<(), TestCaseError> {
    let mut named: BTreeMap<InvoiceId, u32> = BTreeMap::new();
    let held = |debt: &Debt| {
        desk.holds.iter().filter(|hold| hold.holds_on(today)).any(|hold| {
            hold.held == Held::Invoice(debt.invoice_id)
                || hold.held == Held::Student(debt.student_id)
        })
    };
    for message in &plan.messages {
        let sum = Money::sum(Currency::NOK, message.debts.iter().map(|debt| debt.open)).unwrap();
        prop_assert_eq!(sum, message.total);
        prop_assert!(message.total.minor() >= desk.schedule.least_minor);
        for debt in &message.debts {
            *named.entry(debt.invoice_id).or_default() += 1;
            prop_assert!(!held(debt));
            prop_assert_eq!(debt.student_id, message.student_id);
            let step = desk.schedule.steps.iter().find(|step| step.level == message.level);
            let days = i64::from(step.unwrap().days);
            let before: Vec<&Reminder> = desk
                .made
                .iter()
                .filter(|made| made.items.iter().any(|item| item.invoice_id == debt.invoice_id))
                .collect();
            prop_assert!(before.iter().all(|made| made.level < message.level));
            if message.level == Level::Upcoming {
                prop_assert!(today <= debt.due_date && message.fee.is_none());
                continue;
            }
            prop_assert!((today - debt.due_date).num_days() >= days.max(1));
            for made in before.iter().filter(|made| made.level > Level::Upcoming) {
                prop_assert!((today - made.deadline).num_days() >= days.max(1));
            }
            prop_assert!((message.deadline - today).num_days() >= 14);
            let fees = before.iter().filter(|made| made.fee.is_some()).count();
            let bears = fees < 2 && (today - debt.due_date).num_days() >= 14;
            prop_assert!(message.fee.is_none() || bears || message.debts.len() > 1);
        }
    }
    let mut groups = BTreeSet::new();
    prop_assert!(plan.messages.iter().all(|m| groups.insert((m.student_id, m.payer_id, m.level))));
    for left in &plan.left_out {
        *named.entry(left.debt.invoice_id).or_default() += 1;
    }
    for debt in &desk.debts {
        let times = named.get(&debt.invoice_id).copied().unwrap_or_default();
        let overdue = debt.due_date < today;
        prop_assert!(times == 1 || (times == 0 && !overdue));
    }
    Ok(())
}

#[test]
fn each_payer_of_a_students_invoices_gets_a_message_of_its_own() {
    let agency = Some(PayerId(Uuid::from_u128(9)));
    let desk = Desk::with(vec![
        debt(1, 1, "2026-01-10", "500"),
        Debt { payer_id: agency, debtor: Debtor::Business, ..debt(2, 1, "2026-01-10", "700") },
        Debt { payer_id: agency, debtor: Debtor::Business, ..debt(3, 1, "2026-01-12", "100") },
    ]);
    let messages = desk.plan(day("2026-02-10")).messages;
    let found: Vec<_> = messages.iter().map(|m| (m.payer_id, m.total)).collect();
    assert_eq!(found, [(None, nok("500")), (agency, nok("800"))]);
}

proptest! {
    #[test]
    fn no_history_breaks_waiting_holds_or_levels(mut desk in any_desk(), gaps in prop::collection::vec(1_u64..12, 1..20)) {
        let mut today = day("2025-12-20");
        for gap in gaps {
            today = today + Days::new(gap);
            let plan = desk.plan(today);
            check(&desk, today, &plan)?;
            prop_assert_eq!(desk.send(today), plan.messages);
            // The same day again: everything is waiting or done.
            prop_assert!(desk.plan(today).messages.is_empty());
        }
    }
}
