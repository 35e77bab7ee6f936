use super::*;
use crate::export::cause::Class;
use finance::Money;
use providers::document::PaymentDocument;
use std::time::Duration;
use store::exports::ExportKind;
use uuid::Uuid;

struct Longest;

impl Dice for Longest {
    fn below(&self, bound: u64) -> u64 {
        bound.saturating_sub(1)
    }
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_176_000, 0).expect("a moment")
}

fn nok(minor: i64) -> Money {
    Money::from_minor(minor, "NOK".parse().expect("a currency"))
}

fn due(state: ExportState, doubt: Option<Doubt>) -> DueExport {
    DueExport {
        id: 7,
        kind: ExportKind::Payment,
        state,
        document_id: Uuid::from_u128(1),
        label: "A-1".to_owned(),
        operation: "create".to_owned(),
        revision: 1,
        body_hash: None,
        look_first: false,
        attempts: 0,
        sent_at_ms: Some(now().timestamp_millis()),
        doubt,
        doubt_since_ms: doubt.map(|_| now().timestamp_millis()),
        needs: [None, None],
        grouped: false,
        currency: None,
    }
}

fn payment() -> ExportDocument {
    ExportDocument::Payment(PaymentDocument {
        reference: "K-1".to_owned(),
        invoice: "i".to_owned(),
        account: "1920".to_owned(),
        date: now().date_naive(),
        amount: nok(45_000),
        base: None,
    })
}

fn there(gross: i64) -> ExternalRef {
    let number = "K-1".to_owned();
    ExternalRef { id: "x".to_owned(), number, url: None, gross: Some(nok(gross)), vat: None }
}

fn flight(due: DueExport) -> Flight {
    Flight {
        due,
        document: payment(),
        key: "k".to_owned(),
        body_hash: "h".to_owned(),
        look_first: false,
    }
}

/// Judges as if this much time had passed since the send.
fn after_send<T>(passed: TimeDelta, judge: impl FnOnce(&Bench<'_>) -> T) -> T {
    let pace = Pace::default();
    let bench = Bench { pace: &pace, dice: &Longest, now: now() + passed, certain_at_once: false };
    judge(&bench)
}

fn pushed(outcome: Result<ExternalRef, ProviderError>, status: Option<u16>) -> RecordChange {
    let flight = flight(due(ExportState::InFlight, None));
    after_send(TimeDelta::zero(), |bench| bench.pushed(&flight, &outcome, status)).change
}

fn absent(doubt: Doubt, attempts: u32, passed: TimeDelta) -> RecordChange {
    let due = DueExport { attempts, ..due(ExportState::Unknown, Some(doubt)) };
    after_send(passed, |bench| bench.looked_up(&due, &payment(), &Found::Absent)).change
}

fn class(change: &RecordChange) -> Option<Class> {
    change.causes.first().and_then(|cause| Class::of(&cause.class))
}

#[test]
fn equal_totals_are_exported_and_one_minor_unit_more_is_shown_to_a_person() {
    assert_eq!(pushed(Ok(there(45_000)), Some(200)).to, ExportState::Exported);
    let odd = pushed(Ok(there(45_001)), Some(200));
    assert_eq!(odd.to, ExportState::NeedsReview);
    assert_eq!(class(&odd), Some(Class::Integrity));
    assert!(odd.external.is_some(), "it is there, and a person must find it");
}

#[test]
fn a_document_whose_total_is_not_told_has_not_been_told_right() {
    let silent = ExternalRef { gross: None, ..there(45_000) };
    assert_eq!(class(&pushed(Ok(silent), Some(200))), Some(Class::Integrity));
}

#[test]
fn waiting_for_a_limit_an_outage_or_a_sign_in_costs_no_attempt() {
    let limited = ProviderError::RateLimited { after: Duration::from_secs(90) };
    for error in [
        limited,
        ProviderError::NotReached,
        ProviderError::Unavailable,
        ProviderError::SignInNeeded,
    ] {
        let change = pushed(Err(error), None);
        assert_eq!((change.to, change.attempts), (ExportState::RetryWait, 0));
    }
}

#[test]
fn nothing_is_sent_again_before_the_wait_the_provider_asked_for() {
    let error = ProviderError::RateLimited { after: Duration::from_secs(90) };
    let next = pushed(Err(error), Some(429)).next_attempt_at_ms;
    assert_eq!(next, (now() + TimeDelta::seconds(90)).timestamp_millis());
}

#[test]
fn no_answer_is_a_doubt_and_so_is_a_duplicate() {
    let lost = || Err(ProviderError::OutcomeUnknown { seen: "reset".to_owned() });
    let doubt = |outcome, status| {
        let change = pushed(outcome, status);
        assert_eq!(change.to, ExportState::Unknown);
        change.doubt
    };
    assert_eq!(doubt(lost(), None), Some(Doubt::Lost));
    assert_eq!(doubt(lost(), Some(504)), Some(Doubt::Lost));
    assert_eq!(doubt(lost(), Some(500)), Some(Doubt::Over));
    let taken = Err(ProviderError::Duplicate { text: "taken".to_owned() });
    assert_eq!(doubt(taken, Some(200)), Some(Doubt::Duplicate));
}

#[test]
fn what_is_not_there_stays_in_doubt_while_the_request_may_still_arrive() {
    let early = absent(Doubt::Lost, 0, TimeDelta::minutes(6));
    assert_eq!((early.to, early.attempts), (ExportState::Unknown, 0));
    let settled = (now() + Pace::default().settle_delay).timestamp_millis();
    assert_eq!(early.next_attempt_at_ms, settled);
    let late = absent(Doubt::Lost, 0, TimeDelta::minutes(8));
    assert_eq!((late.to, late.attempts, late.revision), (ExportState::Pending, 1, 1));
}

#[test]
fn an_answered_failure_goes_out_again_under_another_key() {
    let change = absent(Doubt::Over, 0, TimeDelta::zero());
    assert_eq!((change.to, change.revision), (ExportState::Pending, 2));
}

#[test]
fn our_own_interruption_is_not_the_records_failure() {
    let change = absent(Doubt::Interrupted, 2, TimeDelta::minutes(8));
    assert_eq!((change.to, change.attempts), (ExportState::Pending, 2));
    let early = absent(Doubt::Interrupted, 2, TimeDelta::minutes(1));
    assert_eq!(early.to, ExportState::Unknown);
}

#[test]
fn the_third_real_failure_asks_a_person() {
    let change = absent(Doubt::Lost, 2, TimeDelta::minutes(8));
    assert_eq!(change.to, ExportState::NeedsReview);
    assert_eq!(class(&change), Some(Class::TooManyAttempts));
}

#[test]
fn what_is_there_but_not_ours_is_shown_to_a_person() {
    let due = due(ExportState::Unknown, Some(Doubt::Duplicate));
    let found = Found::Foreign(there(45_000));
    let judged = after_send(TimeDelta::zero(), |bench| bench.looked_up(&due, &payment(), &found));
    assert_eq!(judged.change.to, ExportState::NeedsReview);
    assert_eq!(class(&judged.change), Some(Class::Duplicate));
    assert!(judged.change.external.is_none(), "it is not ours");
}

#[test]
fn a_look_up_that_fails_for_a_day_asks_a_person() {
    let due = due(ExportState::Unknown, Some(Doubt::Lost));
    let failed = |passed| {
        after_send(passed, |bench| bench.look_up_failed(&due, &ProviderError::Unavailable)).change
    };
    assert_eq!(failed(TimeDelta::hours(23)).to, ExportState::Unknown);
    let late = failed(TimeDelta::hours(25));
    assert_eq!(late.to, ExportState::NeedsReview);
    assert_eq!(class(&late), Some(Class::UnknownOutcome));
}

#[test]
fn what_cannot_be_read_from_the_book_is_a_persons_and_is_looked_up_before_it_goes_where_it_may_be_there()
 {
    let states = [
        (ExportState::Pending, None, false),
        (ExportState::RetryWait, None, false),
        (ExportState::Unknown, Some(Doubt::Lost), true),
    ];
    for (state, doubt, look_first) in states {
        let change = crate::export::claim::unreadable(&due(state, doubt), now());
        assert_eq!((change.to, change.look_first), (ExportState::NeedsReview, look_first));
        let cause = &change.causes[0];
        assert_eq!((&*cause.class, &*cause.subject), ("internal", "payment"));
        assert_eq!(Class::of(&cause.class).map(Class::in_the_books), Some("unknown"));
    }
}
