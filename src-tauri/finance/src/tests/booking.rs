use super::*;
use crate::booking_rule::{
    Booked, BookedDocument, BookedLine, BookingRule, Condition, CustomerKind, Setting, SettingKind,
    Span, decide,
};
use crate::ids::{BookingRuleId, DepartmentId};
use crate::payer::PayerKind;

const KINDS: [SettingKind; 5] = [
    SettingKind::Account,
    SettingKind::TaxCode,
    SettingKind::Tracking,
    SettingKind::PaymentAccount,
    SettingKind::LineText,
];

fn rule(id: u128, when: Vec<Condition>, set: Vec<Setting>) -> BookingRule {
    let id = BookingRuleId(Uuid::from_u128(id));
    BookingRule { id, name: format!("Rule {}", id.0.as_u128()), on: true, when, set }
}

fn coin(code: &str) -> Currency {
    code.parse().unwrap()
}

fn lesson(text: &str) -> BookedLine<'_> {
    BookedLine {
        service: Some("lesson".to_owned()),
        kind: Some(ServiceKind::Lesson),
        tax_code: Some("3"),
        text: Some(text),
    }
}

fn invoice(lines: Vec<BookedLine<'_>>) -> Booked<'_> {
    Booked {
        document: Some(BookedDocument::Invoice),
        date: Some(day("2026-11-22")),
        currency: Some(coin("NOK")),
        amount: Some(dec("790")),
        department: Some(DepartmentId(Uuid::from_u128(7))),
        customer: Some(CustomerKind::Student),
        method: None,
        lines,
    }
}

fn account(code: &str) -> Vec<Setting> {
    vec![Setting::Account(code.to_owned())]
}

fn any_condition() -> impl Strategy<Value = Condition> {
    prop_oneof![
        Just(Condition::Service(vec!["lesson".to_owned()])),
        Just(Condition::Service(vec!["package".to_owned()])),
        Just(Condition::ServiceKind(vec![ServiceKind::Lesson, ServiceKind::Fee])),
        Just(Condition::TaxCode(vec!["3".to_owned()])),
        Just(Condition::Currency(vec![coin("EUR")])),
        Just(Condition::Customer(vec![CustomerKind::Business])),
        Just(Condition::Document(vec![BookedDocument::Invoice])),
        Just(Condition::Amount(Span { from: Some(dec("500")), to: None })),
        Just(Condition::Date(Span { from: None, to: Some(day("2026-12-31")) })),
        Just(Condition::Text("MOTORWAY".to_owned())),
    ]
}

fn any_setting() -> impl Strategy<Value = Setting> {
    (0_usize..KINDS.len(), "[0-9]{4}").prop_map(|(kind, code)| match KINDS[kind] {
        SettingKind::Account => Setting::Account(code),
        SettingKind::TaxCode => Setting::TaxCode(code),
        SettingKind::Tracking => Setting::Tracking(code),
        SettingKind::PaymentAccount => Setting::PaymentAccount(code),
        SettingKind::LineText => Setting::LineText(code),
    })
}

fn any_rules() -> impl Strategy<Value = Vec<BookingRule>> {
    let one = (
        prop::collection::vec(any_condition(), 0..3),
        prop::collection::vec(any_setting(), 1..3),
        any::<bool>(),
    );
    prop::collection::vec(one, 0..8).prop_map(|rules| {
        let made = rules.into_iter().enumerate();
        made.map(|(place, (when, set, on))| BookingRule { on, ..rule(place as u128, when, set) })
            .collect()
    })
}

proptest! {
    #[test]
    fn a_setting_is_the_first_of_a_rule_that_holds(rules in any_rules()) {
        let of = invoice(vec![lesson("Motorway lesson")]);
        for kind in KINDS {
            let holding = rules.iter().find(|it| it.holds(&of) && it.sets(kind).is_some());
            let decided = decide(&rules, &of, kind);
            prop_assert_eq!(decided.map(|(rule, _)| rule), holding);
            prop_assert_eq!(decided, decide(&rules, &of, kind), "asked twice, it says the same");
        }
    }

    #[test]
    fn a_rule_put_behind_all_others_changes_nothing_that_is_decided(
        rules in any_rules(), when in prop::collection::vec(any_condition(), 0..3), set in any_setting()
    ) {
        let of = invoice(vec![lesson("City lesson")]);
        let last = rule(99, when, vec![set]);
        for kind in KINDS {
            if let Some(before) = decide(&rules, &of, kind) {
                prop_assert_eq!(decide(rules.iter().chain([&last]), &of, kind), Some(before));
            }
        }
    }

    #[test]
    fn a_rule_that_is_off_or_sets_something_else_is_as_if_it_were_not_there(rules in any_rules()) {
        let of = invoice(vec![lesson("Motorway lesson")]);
        for kind in KINDS {
            let left: Vec<_> =
                rules.iter().filter(|it| it.on && it.sets(kind).is_some()).cloned().collect();
            prop_assert_eq!(decide(&rules, &of, kind), decide(&left, &of, kind));
        }
    }

    #[test]
    fn what_holds_for_a_part_of_what_is_known_holds_for_all_of_it(condition in any_condition()) {
        let whole = invoice(vec![lesson("Motorway lesson")]);
        let part = Booked { lines: whole.lines.clone(), ..Booked::default() };
        if condition.holds(&part) {
            prop_assert!(condition.holds(&whole));
        }
        prop_assert!(!condition.holds(&Booked::default()), "of nothing, nothing is known");
    }

    #[test]
    fn rules_come_back_from_the_log_as_they_were_written(rules in any_rules()) {
        let text = serde_json::to_string(&rules).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<BookingRule>>(&text).unwrap(), rules);
    }
}

#[test]
fn without_rules_nothing_is_decided() {
    let of = invoice(vec![lesson("Motorway lesson")]);
    assert!(KINDS.iter().all(|kind| decide(&[], &of, *kind).is_none()));
}

#[test]
fn each_setting_is_taken_from_its_own_first_rule() {
    let of = invoice(vec![lesson("Motorway lesson")]);
    let text = Setting::LineText("Course".to_owned());
    let rules = [
        rule(1, vec![Condition::Text("motorway".to_owned())], vec![text.clone()]),
        rule(
            2,
            Vec::new(),
            [account("3010"), vec![Setting::LineText("Later".to_owned())]].concat(),
        ),
        rule(3, Vec::new(), account("3020")),
    ];
    let decided = |kind| decide(&rules, &of, kind).map(|(rule, code)| (rule.name.as_str(), code));
    assert_eq!(decided(SettingKind::LineText), Some(("Rule 1", "Course")));
    assert_eq!(decided(SettingKind::Account), Some(("Rule 2", "3010")));
    assert_eq!(decided(SettingKind::Tracking), None);
}

#[test]
fn of_a_document_with_several_lines_a_condition_holds_where_it_does_for_each() {
    let motorway = Condition::Text("motorway".to_owned());
    assert!(motorway.holds(&invoice(vec![lesson("Motorway 1"), lesson("Motorway 2")])));
    assert!(!motorway.holds(&invoice(vec![lesson("Motorway 1"), lesson("City")])));
    assert!(!motorway.holds(&invoice(Vec::new())));
}

#[test]
fn both_ends_of_a_range_belong_to_it() {
    let of = invoice(vec![lesson("City")]);
    let amount =
        |from: &str, to: &str| Condition::Amount(Span { from: Some(dec(from)), to: Some(dec(to)) });
    assert!(amount("790", "790.00").holds(&of));
    assert!(!amount("790.01", "1000").holds(&of));
    let date =
        |from: &str, to: &str| Condition::Date(Span { from: Some(day(from)), to: Some(day(to)) });
    assert!(date("2026-11-22", "2026-11-22").holds(&of));
    assert!(!date("2026-11-23", "2027-01-01").holds(&of));
}

#[test]
fn an_employer_and_an_agency_are_businesses_and_a_guardian_is_a_person() {
    let kinds =
        [None, Some(PayerKind::Guardian), Some(PayerKind::Employer), Some(PayerKind::Agency)];
    let (student, person) = (CustomerKind::Student, CustomerKind::Person);
    let business = CustomerKind::Business;
    assert_eq!(kinds.map(CustomerKind::of), [student, person, business, business]);
}

#[test]
fn a_rule_about_lines_cannot_say_where_money_goes_and_one_about_paying_no_account_of_a_line() {
    let can = |when: Condition| {
        let rule = rule(1, vec![when], Vec::new());
        (rule.can_hold(SettingKind::Account), rule.can_hold(SettingKind::PaymentAccount))
    };
    assert_eq!(can(Condition::Text("motorway".to_owned())), (true, false));
    assert_eq!(can(Condition::PaymentMethod(vec!["card".to_owned()])), (false, true));
    assert_eq!(can(Condition::Document(vec![BookedDocument::Refund])), (false, true));
    assert_eq!(can(Condition::Currency(vec![coin("EUR")])), (true, true));
}
