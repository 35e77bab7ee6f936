//! Questions to Xero through the router, on a line that loses answers.

use crate::connecting::{connect, desk, ports, xero};
use office::wire::connections::{ConnectionView, ConnectionsView};
use office::wire::mapping::MappingView;
use office::wire::reconcile::Reconciliation;
use serde_json::json;
use simulators::faults::{Fault, FaultProfile, Rule};
use simulators::xero::XeroSimulator;
use support::TestDesk;

/// Loses the answers to these calls of a path, counted from one.
fn lose(xero: &XeroSimulator, method: &str, path: &str, calls: &[u64]) {
    let lost =
        |nth: &u64| Rule::always(Fault::ConnectionLost).on(method, path).nth(*nth).after_commit();
    xero.set_faults(FaultProfile::of(calls.iter().map(lost)));
}

async fn calls_left(desk: &TestDesk) -> u32 {
    let view: ConnectionsView = desk.ask("connections", json!({})).await.expect("connections");
    view.connections[0].calls_left.expect("a count")
}

#[tokio::test]
async fn a_lost_answer_costs_no_second_click_and_every_call_counts() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    // The companies are asked for during the sign-in.
    lose(&xero, "GET", "/connections", &[1]);
    let id = connect(&desk, &ports).await;
    assert_eq!(xero.fired().len(), 1);

    lose(&xero, "GET", "/api.xro", &[1, 3, 4]);
    let view: MappingView =
        desk.ask("refresh_reference_data", json!({ "id": id })).await.expect("a mapping");
    assert!(!view.accounts.is_empty());
    assert_eq!((xero.fired().len(), calls_left(&desk).await), (3, 5_000 - 8));

    lose(&xero, "GET", "/api.xro", &[2]);
    let period = json!({ "connection_id": id, "from": "2026-01-01", "to": "2026-12-31" });
    let compared: Reconciliation =
        desk.ask("read_reconciliation", period).await.expect("both sides");
    assert_eq!(compared.differences.len(), 0, "{compared:?}");
    let left = calls_left(&desk).await;
    assert!(left < 5_000 - 7, "{left}");

    xero.set_faults(FaultProfile::default());
    let desk = desk.restarted().await;
    desk.call("check_connection", json!({ "id": id })).await.expect("it answers");
    assert_eq!(calls_left(&desk).await, left - 1, "a restart does not forget the day");
}

#[tokio::test]
async fn a_system_that_stays_away_is_told_as_it_is() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let id = connect(&desk, &ports).await;
    lose(&xero, "GET", "/api.xro", &[1, 2, 3, 4, 5, 6]);
    let fault = desk.call("check_connection", json!({ "id": id })).await.expect_err("no answer");
    assert_eq!(fault.code, office::Code::ProviderUnavailable);
    assert_eq!(xero.fired().len(), 5);
}

#[tokio::test]
async fn a_renewal_whose_answer_is_lost_is_made_once_more_with_the_old_token() {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    let id = connect(&desk, &ports).await;
    let before = desk.keychain.find(&id).expect("a keychain");
    xero.expire_access_tokens();
    lose(&xero, "POST", "/connect/token", &[1]);
    let checked: ConnectionView =
        desk.ask("check_connection", json!({ "id": id })).await.expect("a connection");
    assert_eq!(checked.state, "to_map");
    assert_eq!(xero.fired().len(), 1, "the first answer was lost");
    assert_ne!(desk.keychain.find(&id).expect("a keychain"), before);
    desk.call("check_connection", json!({ "id": id })).await.expect("the new token is good");
}
