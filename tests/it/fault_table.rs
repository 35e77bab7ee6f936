//! What each fault of the wire means for a record that is being written and for a question, as one
//! table that every adapter is held to, and what the engine does about it.

use providers::error::NextStep;
use providers::session::Session;
use providers::{Found, ProviderAdapter as _, ProviderError};
use simulators::faults::{Fault, Rule};
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use support::adapter::{AdapterDesk, customer, noon};
use support::system::System;

/// What a call comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// It was done, or answered.
    Done,
    /// It may or may not have been done: looked up before anything else.
    Unknown,
    /// Not done; waited for without counting a try.
    Unavailable,
    /// Not done; nothing goes out before the time is over.
    Limited,
    /// Not answered in a way that can be read; asked again, counted.
    Unreadable,
    /// The connection waits for a person.
    SignIn,
    /// Something else.
    Other,
}
use Class::{Done, Limited, SignIn, Unavailable, Unknown, Unreadable};

fn class<T>(outcome: &Result<T, ProviderError>) -> Class {
    match outcome {
        Ok(_) => Done,
        Err(ProviderError::OutcomeUnknown { .. }) => Unknown,
        Err(ProviderError::Unavailable | ProviderError::NotReached) => Unavailable,
        Err(ProviderError::RateLimited { .. }) => Limited,
        Err(ProviderError::Protocol { .. }) => Unreadable,
        Err(ProviderError::SignInNeeded) => SignIn,
        Err(_) => Class::Other,
    }
}

/// What the engine does about a class.
fn is_followed(class: Class, step: NextStep) -> bool {
    match class {
        Unknown => step == NextStep::LookUp,
        Unavailable | Limited => matches!(step, NextStep::Wait { .. }),
        Unreadable => step == NextStep::RetryCounted,
        SignIn => step == NextStep::BlockConnection,
        Done | Class::Other => false,
    }
}

/// Each fault, what it makes of a record that is written, and of a question.
fn table() -> Vec<(Rule, Class, Class)> {
    let rule = Rule::always;
    let limit = |retry_after_s| Fault::RateLimited { retry_after_s, problem: "minute".to_owned() };
    let elsewhere = Fault::Redirect { location: "http://127.0.0.1:9/".to_owned() };
    vec![
        (rule(Fault::ConnectionLost), Unknown, Unavailable),
        (rule(Fault::ConnectionLost).after_commit(), Unknown, Unavailable),
        (rule(Fault::CutBody), Unknown, Unreadable),
        (rule(Fault::TruncatedJson), Unknown, Unreadable),
        (rule(Fault::MalformedJson), Unknown, Unreadable),
        (rule(Fault::WrongContentType), Done, Done),
        (rule(Fault::EmptyOk), Unknown, Unreadable),
        (rule(Fault::SignInPage), Unknown, Unreadable),
        (rule(Fault::SlowBody { ms_per_byte: 1_000, bytes: 60 }), Unknown, Unreadable),
        (rule(Fault::HugeBody { bytes: 100 << 20 }), Unknown, Unreadable),
        (rule(elsewhere), Unknown, Unreadable),
        (rule(Fault::ServerError), Unknown, Unavailable),
        (rule(Fault::ServerError).after_commit(), Unknown, Unavailable),
        (rule(Fault::BadGateway), Unknown, Unavailable),
        (rule(Fault::BadGateway).after_commit(), Unknown, Unavailable),
        (rule(Fault::GatewayTimeout), Unknown, Unavailable),
        (rule(Fault::GatewayTimeout).after_commit(), Unknown, Unavailable),
        (rule(limit(Some(17))), Limited, Limited),
        (rule(limit(None)), Limited, Limited),
        // One renewed token, and the same call again.
        (rule(Fault::ExpiredToken).times(1), Done, Done),
    ]
}

/// How long any of it may take: the patience of the client, and some for a busy machine.
const BOUND: Duration = Duration::from_secs(20);

async fn desk<S: System>() -> AdapterDesk<S> {
    let sim = S::start(noon(), false).await;
    let company = sim.company();
    AdapterDesk::around(sim, &company, false)
}

async fn every_fault_of_a_written_record_is_classified<S: System>() {
    let desk = desk::<S>().await;
    let (method, path) = S::WRITES;
    for (place, (rule, expected, _)) in table().into_iter().enumerate() {
        let record = customer(&place.to_string(), &format!("Ann ({place})"));
        let before = desk.sim.ledger().customers;
        desk.strike(rule.clone().on(method, path).times(1));
        let begun = Instant::now();
        let outcome = desk.push_one(&record).await;
        assert!(begun.elapsed() < BOUND, "{rule:?}");
        assert_eq!(desk.sim.fired().len(), 1, "{rule:?}");
        assert_eq!(class(&outcome), expected, "{rule:?} {outcome:?}");
        if let Err(error) = &outcome {
            assert!(is_followed(expected, error.next_step()), "{rule:?} {error:?}");
        }
        desk.calm();
        // What the adapter finds afterwards is what is there.
        let is_there = desk.sim.ledger().customers > before;
        assert!(is_there || expected != Done, "{rule:?}");
        let found = desk.find(&record).await;
        assert_eq!(matches!(found, Found::Ours(_)), is_there, "{rule:?} {found:?}");
    }
    assert_eq!(desk.sim.duplicates(), Vec::<String>::new());
    // Once for the send and once for its look-up: these tokens keep the dead one.
    assert_eq!(desk.tokens.renewals.load(Ordering::SeqCst), 2);
}

async fn every_fault_of_a_question_is_classified<S: System>() {
    let desk = desk::<S>().await;
    for (rule, _, expected) in table() {
        desk.strike(rule.clone().times(1));
        let begun = Instant::now();
        let outcome = desk.adapter.check_connection(&desk.session).await;
        assert!(begun.elapsed() < BOUND, "{rule:?}");
        assert_eq!(class(&outcome), expected, "{rule:?} {outcome:?}");
        if let Err(error) = &outcome {
            assert!(is_followed(expected, error.next_step()), "{rule:?} {error:?}");
        }
        desk.calm();
    }
}

/// Their own 503: where the contract says that nothing was applied, it is waited for; elsewhere the
/// record is looked up.
async fn maintenance_is_believed_only_where_it_is_a_refusal<S: System>(refuses: bool) {
    let desk = desk::<S>().await;
    let (method, path) = S::WRITES;
    desk.strike(Rule::always(Fault::Maintenance).on(method, path));
    let outcome = desk.push_one(&customer("1", "Ann")).await;
    let expected = if refuses { Unavailable } else { Unknown };
    assert_eq!(class(&outcome), expected, "{outcome:?}");
}

/// Nobody listens there: nothing was sent, so nothing is in doubt.
async fn a_system_that_cannot_be_reached_leaves_no_doubt<S: System>() {
    let desk = desk::<S>().await;
    let dead = S::PROVIDER.entry(client()).endpoints.moved_to("http://127.0.0.1:9");
    let session = Session { endpoints: dead, ..desk.session.clone() };
    let items = support::adapter::items(&[customer("1", "Ann")]);
    let outcome = desk.adapter.push(&session, &items).await.outcomes.remove(0);
    assert_eq!(outcome.map(|_| ()), Err(ProviderError::NotReached));
}

fn client() -> providers::http::HttpClient {
    providers::http::HttpClient::new(support::adapter::QUICK).expect("a client")
}

macro_rules! holds_for {
    ($system:ident: $simulator:ty, refuses with 503: $refuses:literal) => {
        mod $system {
            use super::*;

            #[tokio::test]
            async fn every_fault_of_a_written_record_is_classified() {
                super::every_fault_of_a_written_record_is_classified::<$simulator>().await;
            }

            #[tokio::test]
            async fn every_fault_of_a_question_is_classified() {
                super::every_fault_of_a_question_is_classified::<$simulator>().await;
            }

            #[tokio::test]
            async fn maintenance_is_believed_only_where_it_is_a_refusal() {
                super::maintenance_is_believed_only_where_it_is_a_refusal::<$simulator>($refuses)
                    .await;
            }

            #[tokio::test]
            async fn a_system_that_cannot_be_reached_leaves_no_doubt() {
                super::a_system_that_cannot_be_reached_leaves_no_doubt::<$simulator>().await;
            }
        }
    };
}

holds_for!(xero: XeroSimulator, refuses with 503: true);
holds_for!(qbo: QboSimulator, refuses with 503: false);
holds_for!(sage: SageSimulator, refuses with 503: false);
