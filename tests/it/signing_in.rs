//! Signing in as an application of the school's own, with a secret: QuickBooks Online, where a person
//! brings the address that the browser landed on, and Sage, where the browser comes back by itself.

use office::secrets::SecretStore;
use office::wire::connections::ConnectionsView;
use office::{Code, Fault};
use providers::registry::Provider;
use serde_json::{Value, json};
use simulators::qbo::{QboConfig, QboSimulator, REALMS};
use simulators::sage::{SageConfig, SageSimulator};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use support::TestDesk;
use support::signing_in::{ID, PAGE, SECRET, SignsIn, client, finish, landed_at, outcome, start};
use zeroize::Zeroizing;

pub use support::signing_in::{connect, desk};

/// A system whose applications have a secret.
pub trait Secretive: SignsIn {
    /// A company in kroner.
    async fn norwegian() -> Self;
    /// Lets its documents be in kroner and euros, or in kroner only.
    fn take_euros(&self, on: bool);
}

impl Secretive for QboSimulator {
    async fn norwegian() -> Self {
        let config = QboConfig { client: client(), norwegian: true, ..QboConfig::unlimited() };
        QboSimulator::start(config).await.expect("a simulator")
    }

    fn take_euros(&self, on: bool) {
        self.set_multi_currency(REALMS[0].0, on.then_some("EUR"));
    }
}

impl Secretive for SageSimulator {
    async fn norwegian() -> Self {
        let config = SageConfig { client: client(), norwegian: true, ..SageConfig::unlimited() };
        SageSimulator::start(config).await.expect("a simulator")
    }

    fn take_euros(&self, on: bool) {
        self.set_multi_currency(on);
    }
}

/// As a person who only says which connection, or which system, is meant.
fn known(system: Provider, connection: Option<&str>) -> Value {
    json!({
        "system": system.key(), "client_id": null, "secret": null, "redirect": null,
        "connection_id": connection,
    })
}

async fn connections(desk: &TestDesk) -> ConnectionsView {
    desk.ask("connections", json!({})).await.expect("connections")
}

async fn check(desk: &TestDesk, id: &str) -> Result<Value, Fault> {
    desk.call("check_connection", json!({ "id": id })).await
}

/// Connected, kept over a restart, signed out there, signed in again without typing anything.
async fn a_connection_lives_and_is_renewed<S: Secretive>() {
    let sim = S::strict().await;
    let desk = desk(&sim).await;
    let id = connect::<S>(&desk).await;
    let desk = desk.restarted().await;
    assert_eq!(check(&desk, &id).await.expect("it works")["state"], "to_map");

    sim.sign_out();
    assert_eq!(check(&desk, &id).await.expect("told")["state"], "sign_in_needed");
    let asking = connections(&desk).await.connections;
    assert_eq!(asking.iter().filter(|it| it.state == "sign_in_needed").count(), 1);
    let started = start(&desk, &known(S::PROVIDER, Some(&id))).await;
    S::land(&desk, &started).await;
    let view = outcome(&desk, &started).await;
    assert_eq!((view.state.as_str(), view.connection_id.as_deref()), ("connected", Some(&*id)));
    assert_eq!(connections(&desk).await.connections.len(), 1);
    assert_eq!(check(&desk, &id).await.expect("it works")["state"], "to_map");
}

#[tokio::test]
async fn quickbooks_is_connected_by_the_address_a_person_brings() {
    a_connection_lives_and_is_renewed::<QboSimulator>().await;
}

#[tokio::test]
async fn sage_is_connected_through_a_port_of_this_computer() {
    a_connection_lives_and_is_renewed::<SageSimulator>().await;
}

/// Ten questions at once over a stale token.
async fn ten_at_once_ask_for_one_token<S: Secretive>() {
    let sim = S::strict().await;
    let desk = Arc::new(desk(&sim).await);
    let id = connect::<S>(&desk).await;
    let before = sim.token_calls();
    sim.expire();
    let ten = (0..10).map(|_| {
        let (desk, id) = (desk.clone(), id.clone());
        tokio::spawn(async move { check(&desk, &id).await.map(|view| view["state"].clone()) })
    });
    for one in ten.collect::<Vec<_>>() {
        assert_eq!(one.await.expect("ended").expect("it works"), "to_map");
    }
    assert_eq!(sim.token_calls() - before, 1);
}

#[tokio::test]
async fn ten_at_once_ask_quickbooks_for_one_token() {
    ten_at_once_ask_for_one_token::<QboSimulator>().await;
}

#[tokio::test]
async fn ten_at_once_ask_sage_for_one_token() {
    ten_at_once_ask_for_one_token::<SageSimulator>().await;
}

/// A keychain that takes nothing while it is locked.
struct Reluctant {
    inner: Arc<dyn SecretStore>,
    refuses: AtomicBool,
}

impl SecretStore for Reluctant {
    fn available(&self) -> bool {
        self.inner.available()
    }

    fn find(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Fault> {
        self.inner.find(name)
    }

    fn keep(&self, name: &str, secret: &[u8]) -> Result<(), Fault> {
        if self.refuses.load(Ordering::SeqCst) {
            return Err(Fault::new(Code::KeychainUnavailable, "Locked for a moment."));
        }
        self.inner.keep(name, secret)
    }

    fn forget(&self, name: &str) -> Result<(), Fault> {
        self.inner.forget(name)
    }
}

async fn reluctant<S: Secretive>(sim: &S) -> (TestDesk, Arc<Reluctant>) {
    let mut desk = desk(sim).await;
    let inner = desk.keychain.clone();
    let keychain = Arc::new(Reluctant { inner, refuses: AtomicBool::new(false) });
    desk.keychain = keychain.clone();
    (desk.restarted().await, keychain)
}

/// The token came, the keychain was locked: it is kept later and nobody signs in again.
async fn a_keychain_that_is_locked_for_a_moment_costs_no_sign_in<S: Secretive>() {
    let sim = S::strict().await;
    let (desk, keychain) = reluctant(&sim).await;
    let id = connect::<S>(&desk).await;
    let before = sim.token_calls();
    sim.expire();
    keychain.refuses.store(true, Ordering::SeqCst);
    let refused = check(&desk, &id).await.expect_err("not used before it is kept");
    assert_eq!(refused.code, Code::ProviderUnavailable);
    keychain.refuses.store(false, Ordering::SeqCst);
    assert_eq!(check(&desk, &id).await.expect("it works")["state"], "to_map");
    assert_eq!(sim.token_calls() - before, 1, "the token that came is the one that is kept");
}

#[tokio::test]
async fn a_keychain_that_is_locked_for_a_moment_costs_no_sign_in_to_quickbooks() {
    a_keychain_that_is_locked_for_a_moment_costs_no_sign_in::<QboSimulator>().await;
}

#[tokio::test]
async fn a_keychain_that_is_locked_for_a_moment_costs_no_sign_in_to_sage() {
    a_keychain_that_is_locked_for_a_moment_costs_no_sign_in::<SageSimulator>().await;
}

/// The program dies between the answer and the keychain.
async fn after_dying_with_a_token<S: Secretive>() -> String {
    let sim = S::strict().await;
    let (desk, keychain) = reluctant(&sim).await;
    let id = connect::<S>(&desk).await;
    sim.expire();
    keychain.refuses.store(true, Ordering::SeqCst);
    check(&desk, &id).await.expect_err("not used before it is kept");
    keychain.refuses.store(false, Ordering::SeqCst);
    let desk = desk.restarted().await;
    let state = check(&desk, &id).await.expect("told")["state"].clone();
    state.as_str().expect("a state").to_owned()
}

#[tokio::test]
async fn a_token_that_died_with_the_program_costs_nothing_where_the_one_before_still_works() {
    assert_eq!(after_dying_with_a_token::<QboSimulator>().await, "to_map");
}

#[tokio::test]
async fn a_token_that_died_with_the_program_asks_for_one_sign_in_where_each_works_once() {
    assert_eq!(after_dying_with_a_token::<SageSimulator>().await, "sign_in_needed");
}

#[tokio::test]
async fn a_wrong_secret_is_told_and_stands_nowhere() {
    let sim = QboSimulator::strict().await;
    let desk = desk(&sim).await;
    let wrong = "canary-of-a-wrong-secret";
    let started = start(&desk, &QboSimulator::wish(wrong)).await;
    assert!(!started.address.contains("canary"));
    QboSimulator::land(&desk, &started).await;
    let view = outcome(&desk, &started).await;
    let problem = view.problem.as_deref();
    assert_eq!((view.state.as_str(), problem), ("refused", Some("application_refused")));

    let id = connect::<QboSimulator>(&desk).await;
    let told = [
        desk.call("connections", json!({})).await.expect("connections").to_string(),
        check(&desk, &id).await.expect("it works").to_string(),
    ];
    assert!(told.iter().all(|text| !text.contains("canary")), "{told:?}");
    let kept = desk.keychain.find(&id).expect("a keychain").expect("a secret");
    assert!(String::from_utf8_lossy(&kept).contains(SECRET));
    desk.call("disconnect", json!({ "id": id })).await.expect("closed");
    assert!(desk.keychain.find(&id).expect("a keychain").is_none());
}

#[tokio::test]
async fn an_application_is_asked_for_field_by_field() {
    let sim = QboSimulator::strict().await;
    let desk = desk(&sim).await;
    let qbo = connections(&desk).await.systems.into_iter().find(|it| it.key == "qbo");
    let qbo = qbo.expect("it is offered");
    assert!(qbo.needs_secret && !qbo.configured && qbo.redirect.is_empty());
    for (field, value, rule) in [
        ("client_id", "", "missing"),
        ("secret", "", "missing"),
        ("redirect", "", "missing"),
        ("redirect", "http://school.example/qbo", "redirect_not_secure"),
        ("redirect", "https://school.example/sage", "redirect_other_path"),
        ("redirect", "nowhere", "redirect_not_plain"),
    ] {
        let mut request = QboSimulator::wish(SECRET);
        request[field] = json!(value);
        let refused = desk.call("start_sign_in", request).await.expect_err(field);
        assert_eq!((refused.field.as_deref(), refused.rule.as_deref()), (Some(field), Some(rule)));
    }
    let refused = desk.call("start_sign_in", known(Provider::Qbo, None)).await;
    assert_eq!(refused.expect_err("nothing is known").field.as_deref(), Some("client_id"));

    connect::<QboSimulator>(&desk).await;
    let systems = connections(&desk).await.systems;
    let qbo = systems.iter().find(|it| it.key == "qbo").expect("it is offered");
    assert!(qbo.configured);
    assert_eq!((qbo.client_id.as_str(), qbo.redirect.as_str()), (ID, PAGE));
}

#[tokio::test]
async fn only_the_address_of_this_sign_in_is_taken() {
    let sim = QboSimulator::strict().await;
    let desk = desk(&sim).await;
    let before = start(&desk, &QboSimulator::wish(SECRET)).await;
    let old = landed_at(&before.address).await;
    let started = start(&desk, &QboSimulator::wish(SECRET)).await;
    let right = landed_at(&started.address).await;
    let elsewhere = right.replace("/kontor/qbo", "/kontor/sage");
    for wrong in ["", "AB123", old.as_str(), elsewhere.as_str()] {
        let refused = finish(&desk, &started, wrong).await.expect_err("another address");
        let (field, rule) = (refused.field.as_deref(), refused.rule.as_deref());
        assert_eq!((field, rule), (Some("address"), Some("not_the_landing")), "{wrong}");
    }
    finish(&desk, &started, &right).await.expect("the answer");
    assert_eq!(outcome(&desk, &started).await.state, "choose_company");
    assert_eq!(finish(&desk, &before, &old).await.expect_err("over").code, Code::NotFound);
}

#[tokio::test]
async fn signing_in_again_to_another_company_is_refused() {
    let sim = QboSimulator::strict().await;
    let desk = desk(&sim).await;
    let id = connect::<QboSimulator>(&desk).await;
    sim.choose(REALMS[1].0);
    let started = start(&desk, &known(Provider::Qbo, Some(&id))).await;
    QboSimulator::land(&desk, &started).await;
    let view = outcome(&desk, &started).await;
    assert_eq!((view.state.as_str(), view.problem.as_deref()), ("refused", Some("other_company")));
}

#[tokio::test]
async fn refused_consent_ends_the_sign_in_of_each_and_says_so() {
    let config = QboConfig { deny_consent: true, client: client(), ..QboConfig::unlimited() };
    let sim = QboSimulator::start(config).await.expect("a simulator");
    let desk = desk(&sim).await;
    let started = start(&desk, &QboSimulator::wish(SECRET)).await;
    QboSimulator::land(&desk, &started).await;
    let view = outcome(&desk, &started).await;
    assert_eq!((view.state.as_str(), view.problem.as_deref()), ("refused", Some("access_denied")));
    assert!(connections(&desk).await.connections.is_empty());
}
