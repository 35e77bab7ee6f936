//! Connecting Xero through the router: signing in as a browser would, mapping, staying connected.

use office::wire::connections::{ConnectionsView, SignInStarted};
use office::wire::mapping::{MappingSaved, MappingView};
use office::{Code, Fault};
use serde_json::{Value, json};
use simulators::xero::{Company, XeroConfig, XeroSimulator};
use std::time::Duration;
use support::TestDesk;
use support::signing_in::outcome;
use tokio::sync::{Mutex, MutexGuard};

/// The three ports of the sign-in belong to the machine: one test at a time has them.
static PORTS: Mutex<()> = Mutex::const_new(());

/// Takes the ports for a test.
pub async fn ports() -> MutexGuard<'static, ()> {
    PORTS.lock().await
}

pub async fn xero() -> XeroSimulator {
    let config = XeroConfig { company: Company::Norwegian, ..XeroConfig::unlimited() };
    XeroSimulator::start(config).await.expect("a simulator")
}

pub async fn desk(xero: &XeroSimulator) -> TestDesk {
    let desk = TestDesk::with_student().await;
    desk.with_xero_at(xero.base_url()).await
}

/// Begins a sign-in. Tests in other processes want the same ports, so a port may take its time.
async fn start(desk: &TestDesk, connection: Option<&str>) -> SignInStarted {
    let request = json!({ "system": "xero", "client_id": "a-client", "connection_id": connection });
    for _ in 0..200 {
        match desk.ask("start_sign_in", &request).await {
            Err(fault) if fault.rule.as_deref() == Some("no_port") => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            started => return started.expect("a sign-in"),
        }
    }
    panic!("no port becomes free");
}

async fn choose(desk: &TestDesk, started: &SignInStarted, company: &str) -> Result<Value, Fault> {
    let request = json!({
        "sign_in_id": started.sign_in_id, "company_id": company, "export_from": null,
    });
    desk.call("choose_company", request).await
}

/// Signs in as a person would and chooses the first company; gives the connection's id.
pub async fn connect(desk: &TestDesk, _ports: &MutexGuard<'_, ()>) -> String {
    let started = start(desk, None).await;
    let page = reqwest::get(&started.address).await.expect("a page");
    assert!(page.status().is_success());
    let view = outcome(desk, &started).await;
    assert_eq!((view.state.as_str(), view.companies.len()), ("choose_company", 2));
    let chosen = choose(desk, &started, &view.companies[0].id).await.expect("a connection");
    let again = choose(desk, &started, &view.companies[0].id).await.expect("the same");
    assert_eq!((&chosen, &chosen["state"]), (&again, &json!("connected")));
    chosen["connection_id"].as_str().expect("an id").to_owned()
}

/// Signs in again for a connection; gives the address that the browser was sent to.
pub async fn sign_in_again(desk: &TestDesk, id: &str, _ports: &MutexGuard<'_, ()>) -> String {
    let started = start(desk, Some(id)).await;
    let page = reqwest::get(&started.address).await.expect("a page");
    assert!(page.status().is_success());
    assert_eq!(outcome(desk, &started).await.state, "connected");
    started.address
}

async fn connections(desk: &TestDesk) -> ConnectionsView {
    desk.ask("connections", json!({})).await.expect("connections")
}

#[tokio::test]
async fn a_connection_outlives_a_restart_and_its_tokens_do_not_outlive_it() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let id = connect(&desk, &ports).await;
    let all = connections(&desk).await;
    assert!(all.systems[0].configured);
    assert_eq!((all.connections.len(), all.connections[0].state.as_str()), (1, "to_map"));

    let desk = desk.restarted().await;
    let checked = desk.call("check_connection", json!({ "id": id })).await.expect("a connection");
    assert_eq!((&checked["state"], &checked["id"]), (&json!("to_map"), &json!(id)));

    assert!(desk.keychain.find(&id).expect("a keychain").is_some());
    let left = desk.call("disconnect", json!({ "id": id })).await.expect("closed");
    assert_eq!(left["connections"][0]["state"], "closed");
    assert!(desk.keychain.find(&id).expect("a keychain").is_none());
    let refused = desk.call("check_connection", json!({ "id": id })).await.expect_err("closed");
    assert_eq!(refused.code, Code::WrongState);
}

#[tokio::test]
async fn a_stale_token_is_renewed_and_the_new_one_is_kept() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let id = connect(&desk, &ports).await;
    let before = desk.keychain.find(&id).expect("a keychain");
    xero.expire_access_tokens();
    let checked = desk.call("check_connection", json!({ "id": id })).await.expect("a connection");
    assert_eq!(checked["state"], "to_map");
    assert_ne!(desk.keychain.find(&id).expect("a keychain"), before);
}

#[tokio::test]
async fn a_revoked_sign_in_is_asked_for_again_and_goes_on_after_it() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let id = connect(&desk, &ports).await;
    xero.revoke();
    let checked = desk.call("check_connection", json!({ "id": id })).await.expect("a connection");
    assert_eq!(checked["state"], "sign_in_needed");
    let started = start(&desk, Some(&id)).await;
    reqwest::get(&started.address).await.expect("a page");
    let view = outcome(&desk, &started).await;
    assert_eq!((view.state.as_str(), view.connection_id.as_deref()), ("connected", Some(&*id)));
    let all = connections(&desk).await;
    assert_eq!((all.connections.len(), all.connections[0].state.as_str()), (1, "to_map"));
}

#[tokio::test]
async fn refused_consent_ends_the_sign_in_and_says_so() {
    let _ports = ports().await;
    let config = XeroConfig { deny_consent: true, ..XeroConfig::unlimited() };
    let xero = XeroSimulator::start(config).await.expect("a simulator");
    let desk = desk(&xero).await;
    let started = start(&desk, None).await;
    reqwest::get(&started.address).await.expect("a page");
    let view = outcome(&desk, &started).await;
    assert_eq!((view.state.as_str(), view.problem.as_deref()), ("refused", Some("access_denied")));
    let refused = choose(&desk, &started, "any").await.expect_err("nothing to choose");
    assert_eq!(refused.code, Code::WrongState);
    assert!(connections(&desk).await.connections.is_empty());
}

#[tokio::test]
async fn an_answer_with_another_state_is_not_the_answer() {
    let _ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let started = start(&desk, None).await;
    let redirect = reqwest::Url::parse(&started.address)
        .expect("an address")
        .query_pairs()
        .find_map(|(name, value)| (name == "redirect_uri").then(|| value.into_owned()))
        .expect("a redirect");
    let forged = reqwest::get(format!("{redirect}?code=stolen&state=guessed")).await;
    assert_eq!(forged.expect("a page").status(), 404);
    let request = json!({ "sign_in_id": started.sign_in_id });
    let view = desk.call("sign_in_status", &request).await.expect("a status");
    assert_eq!(view["state"], "waiting");
    desk.call("cancel_sign_in", &request).await.expect("cancelled");
    assert_eq!(desk.call("sign_in_status", &request).await.expect_err("gone").code, Code::NotFound);
}

pub fn change(kind: &str, local_key: &str, code: Option<&str>) -> Value {
    json!({ "kind": kind, "local_key": local_key, "remote_code": code, "from_suggestion": true })
}

pub async fn save(desk: &TestDesk, id: &str, changes: &[Value]) -> Result<MappingSaved, Fault> {
    desk.ask("save_mapping", json!({ "connection_id": id, "changes": changes })).await
}

#[tokio::test]
async fn a_norwegian_school_maps_by_accepting_what_is_suggested() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let id = connect(&desk, &ports).await;
    let view: MappingView =
        desk.ask("refresh_reference_data", json!({ "id": id })).await.expect("a mapping");
    let suggested = |kind: &str, code: &str| {
        let row = view.rows.iter().find(|row| row.kind == kind && row.code == code);
        let row = row.unwrap_or_else(|| panic!("no row {kind} {code}: {:?}", view.rows));
        row.suggestion.as_ref().map(|it| (it.remote_code.clone(), it.because.clone()))
    };
    let guess = |code: &str, why: &str| Some((code.to_owned(), why.to_owned()));
    assert_eq!(suggested("tax_code", "3"), guess("TAX001", "same_rate"));
    assert_eq!(suggested("tax_code", "6"), guess("EXEMPTOUTPUT", "same_rate"));
    assert_eq!(suggested("payment_method", "bank"), guess("1920", "same_code"));
    let archived = view.accounts.iter().any(|choice| choice.code == "3990");
    assert!(!archived, "an archived account is no choice");

    let changes: Vec<Value> = view
        .rows
        .iter()
        // How students stand there is no row of theirs.
        .filter(|row| row.kind != "customer")
        .map(|row| {
            let fitting = || {
                let both = if row.kind == "tax_code" { &view.tax_codes } else { &view.accounts };
                let fitting = both.iter().find(|choice| choice.fits.contains(&row.kind));
                fitting.expect("something fits").code.clone()
            };
            let code = row.suggestion.as_ref().map(|it| it.remote_code.clone());
            change(&row.kind, &row.local_key, Some(&code.unwrap_or_else(fitting)))
        })
        .collect();
    let saved = save(&desk, &id, &changes).await.expect("saved");
    assert_eq!((saved.view.missing, saved.released), (0, 0));
    let all = connections(&desk).await;
    assert_eq!(all.connections[0].unmapped, 0);

    xero.set_account_archived("1920", true);
    let view: MappingView =
        desk.ask("refresh_reference_data", json!({ "id": id })).await.expect("a mapping");
    let bank = view.rows.iter().find(|row| row.local_key == "bank").expect("the bank");
    assert_eq!((bank.state.as_str(), bank.remote_name.as_deref()), ("gone", Some("Bankinnskudd")));
    let account = |code: &str| change("payment_method", "bank", Some(code));
    for (code, rule) in [("1920", "not_there"), ("9", "not_there"), ("3000", "does_not_fit")] {
        let fault = save(&desk, &id, &[account(code)]).await.expect_err("refused");
        assert_eq!(fault.rule.as_deref(), Some(rule), "{code}");
    }
    let saved = save(&desk, &id, &[account("1925")]).await.expect("a clearing account");
    assert_eq!(saved.view.missing, 0);
}
