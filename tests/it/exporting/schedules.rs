//! When a connection sends by itself.

use super::beginning::{connection, ticked};
use super::{issue, map_all_but, settled};
use crate::connecting::{connect, desk, ports, xero};
use office::Code;
use office::wire::connections::ConnectionSchedule;
use serde_json::json;
use simulators::xero::XeroSimulator;
use std::time::Duration;
use support::TestDesk;
use tokio::sync::MutexGuard;

const HOUR: i64 = 3_600;

/// A connection that has sent an invoice and its customer.
async fn begun(xero: &XeroSimulator, ports: &MutexGuard<'_, ()>) -> (TestDesk, String) {
    let desk = desk(xero).await;
    issue(&desk, 50, 2).await;
    let id = connect(&desk, ports).await;
    map_all_but(&desk, &id, "none").await;
    settled(&desk, &id).await;
    desk.clock.advance_seconds(6);
    (desk, id)
}

async fn set(desk: &TestDesk, id: &str, mode: &str, minutes: u32) -> ConnectionSchedule {
    let wish = json!({ "id": id, "mode": mode, "minutes": minutes });
    desk.ask("save_connection_schedule", wish).await.expect("a schedule")
}

/// Waits until no run goes on.
async fn quiet(desk: &TestDesk) {
    for _ in 0..500 {
        let status = desk.call("export_status", json!({})).await.expect("a status");
        if status["running"] == false {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the run does not end");
}

/// Ticks some times, as the window's timer does.
async fn ticks(desk: &TestDesk) {
    for _ in 0..5 {
        desk.desk.tick().await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn by_hand_nothing_new_leaves_until_a_person_says_so() {
    let ports = ports().await;
    let xero = xero().await;
    let (desk, id) = begun(&xero, &ports).await;
    let schedule = set(&desk, &id, "by_hand", 60).await;
    assert_eq!((schedule.mode.as_str(), schedule.next_run), ("by_hand", None));
    issue(&desk, 51, 1).await;
    desk.clock.advance_seconds(30 * 24 * HOUR);
    ticks(&desk).await;
    assert_eq!((connection(&desk).await.sent, connection(&desk).await.waiting), (2, 1));
    settled(&desk, &id).await;
    assert_eq!(connection(&desk).await.sent, 3);
    assert_eq!(connection(&desk).await.next_run, None);
}

#[tokio::test]
async fn by_the_hour_what_was_issued_meanwhile_goes_together() {
    let ports = ports().await;
    let xero = xero().await;
    let (desk, id) = begun(&xero, &ports).await;
    set(&desk, &id, "every", 60).await;
    issue(&desk, 51, 1).await;
    issue(&desk, 52, 1).await;
    desk.clock.advance_seconds(HOUR - 60);
    ticks(&desk).await;
    assert_eq!(connection(&desk).await.sent, 2);
    desk.clock.advance_seconds(60);
    ticked(&desk, 4).await;
    quiet(&desk).await;
    issue(&desk, 53, 1).await;
    desk.clock.advance_seconds(60);
    ticks(&desk).await;
    assert_eq!(connection(&desk).await.sent, 4);
}

#[tokio::test]
async fn after_weeks_without_the_program_what_waits_goes_in_one_run() {
    let ports = ports().await;
    let xero = xero().await;
    let (desk, id) = begun(&xero, &ports).await;
    set(&desk, &id, "every", 120).await;
    for number in 51..=60 {
        issue(&desk, number, 1).await;
    }
    desk.clock.advance_seconds(42 * 24 * HOUR);
    ticked(&desk, 12).await;
    quiet(&desk).await;
    assert_eq!(xero.invoices().len(), 11);
    let next = connection(&desk).await.next_run.expect("a moment");
    ticks(&desk).await;
    assert_eq!(connection(&desk).await.next_run, Some(next));
}

#[tokio::test]
async fn at_once_again_what_waited_goes_without_being_asked() {
    let ports = ports().await;
    let xero = xero().await;
    let (desk, id) = begun(&xero, &ports).await;
    set(&desk, &id, "by_hand", 60).await;
    issue(&desk, 51, 1).await;
    desk.clock.advance_seconds(6);
    ticks(&desk).await;
    assert_eq!(connection(&desk).await.sent, 2);
    set(&desk, &id, "at_once", 60).await;
    ticked(&desk, 3).await;
    let schedule: ConnectionSchedule =
        desk.ask("connection_schedule", json!({ "id": id })).await.expect("a schedule");
    assert_eq!((schedule.mode.as_str(), schedule.minutes), ("at_once", 60));
}

#[tokio::test]
async fn a_schedule_of_a_minute_is_refused() {
    let ports = ports().await;
    let xero = xero().await;
    let (desk, id) = begun(&xero, &ports).await;
    let wish = json!({ "id": id, "mode": "every", "minutes": 1 });
    let fault = desk.call("save_connection_schedule", wish).await.expect_err("too often");
    assert_eq!((fault.code, fault.field.as_deref()), (Code::Invalid, Some("minutes")));
}
