//! What the desktop is asked to show when something needs a person.

use super::{issue, map_all_but, settled};
use crate::connecting::{connect, desk, ports, xero};
use office::Notice;
use serde_json::json;
use simulators::xero::XeroSimulator;
use support::TestDesk;
use tokio::sync::MutexGuard;

const HOUR: i64 = 3_600;

/// A desk whose first run left two invoices to a person, because a VAT code is not mapped.
async fn held_up(xero: &XeroSimulator, ports: &MutexGuard<'_, ()>) -> (TestDesk, String) {
    let desk = desk(xero).await;
    issue(&desk, 50, 2).await;
    issue(&desk, 51, 1).await;
    let id = connect(&desk, ports).await;
    map_all_but(&desk, &id, "3").await;
    settled(&desk, &id).await;
    (desk, id)
}

async fn told(desk: &TestDesk) -> Vec<Notice> {
    desk.desk.notices(false).await
}

#[tokio::test]
async fn a_first_run_that_needs_a_person_is_told_once_and_names_nobody() {
    let ports = ports().await;
    let xero = xero().await;
    let (desk, _) = held_up(&xero, &ports).await;
    let notices = told(&desk).await;
    let bodies: Vec<&str> = notices.iter().map(|notice| notice.body.as_str()).collect();
    assert_eq!(bodies, ["Xero: 2 poster trenger deg"]);
    assert_eq!(notices[0].path, "/review");
    assert_eq!(told(&desk).await, []);
    desk.clock.advance_seconds(24 * HOUR);
    assert_eq!(told(&desk).await.len(), 1);
}

#[tokio::test]
async fn what_is_seen_in_the_window_is_not_told_again_behind_it() {
    let ports = ports().await;
    let xero = xero().await;
    let (desk, _) = held_up(&xero, &ports).await;
    assert_eq!(desk.desk.notices(true).await, []);
    assert_eq!(told(&desk).await, []);
}

#[tokio::test]
async fn a_desk_that_is_kept_quiet_tells_nothing_until_it_is_asked_to() {
    let ports = ports().await;
    let xero = xero().await;
    let (desk, _) = held_up(&xero, &ports).await;
    let quiet = desk.call("save_notice_settings", json!({ "on": false })).await.expect("saved");
    assert_eq!(quiet, json!({ "on": false }));
    assert_eq!(told(&desk).await, []);
    desk.call("save_notice_settings", json!({ "on": true })).await.expect("saved");
    assert_eq!(told(&desk).await, []);
    desk.clock.advance_seconds(24 * HOUR);
    assert_eq!(told(&desk).await.len(), 1);
}

#[tokio::test]
async fn what_is_mended_is_told_no_more() {
    let ports = ports().await;
    let xero = xero().await;
    let (desk, id) = held_up(&xero, &ports).await;
    assert_eq!(told(&desk).await.len(), 1);
    map_all_but(&desk, &id, "none").await;
    settled(&desk, &id).await;
    desk.clock.advance_seconds(25 * HOUR);
    assert_eq!(told(&desk).await, []);
}
