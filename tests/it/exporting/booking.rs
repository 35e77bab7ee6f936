//! What a connection is told is chosen before it begins, and stands as it is from then on.

use super::{issue, settled};
use crate::connecting::{change, connect, desk, ports, save, xero};
use office::Code;
use office::wire::connections::ConnectionView;
use office::wire::mapping::MappingView;
use office::wire::reconcile::Reconciliation;
use serde_json::json;
use support::TestDesk;

async fn choose(
    desk: &TestDesk,
    connection: &str,
    booking: &str,
) -> Result<ConnectionView, office::Fault> {
    desk.ask("choose_booking", json!({ "id": connection, "booking": booking })).await
}

async fn mapping(desk: &TestDesk, connection: &str) -> MappingView {
    let request = json!({ "connection_id": connection, "department_id": null });
    desk.ask("mapping", request).await.expect("a mapping")
}

fn kinds(view: &MappingView) -> Vec<&str> {
    let mut kinds: Vec<&str> = view.rows.iter().map(|row| row.kind.as_str()).collect();
    kinds.dedup();
    kinds
}

#[tokio::test]
async fn entries_are_chosen_before_it_begins_and_nothing_else_is_sent_or_mapped() {
    let xero = xero().await;
    let ports = ports().await;
    let desk = desk(&xero).await;
    issue(&desk, 50, 1).await;
    let connection = connect(&desk, &ports).await;
    let chosen = choose(&desk, &connection, "journal_per_document").await.expect("chosen");
    assert_eq!((chosen.booking.as_str(), chosen.waiting), ("journal_per_document", 0));
    assert_eq!(chosen.bookings, ["documents", "journal_per_document", "journal_per_day"]);
    let read = json!({ "id": connection });
    let view: MappingView = desk.ask("refresh_reference_data", read).await.expect("read");
    assert_eq!(kinds(&view), ["ledger_account"]);
    assert!(view.accounts.iter().all(|it| it.detail != "bank"), "{:?}", view.accounts);

    // Taken back, it is told documents as before.
    let back = choose(&desk, &connection, "documents").await.expect("chosen");
    assert!(back.waiting >= 2, "{back:?}");
    assert!(!kinds(&mapping(&desk, &connection).await).contains(&"ledger_account"));
    choose(&desk, &connection, "journal_per_document").await.expect("chosen");

    let own = view.accounts.first().expect("an account").code.clone();
    let rows = mapping(&desk, &connection).await.rows;
    let open = rows.iter().filter(|row| row.state == "missing");
    let changes: Vec<_> =
        open.map(|row| change("ledger_account", &row.local_key, Some(&own))).collect();
    save(&desk, &connection, &changes).await.expect("saved");
    let sent = settled(&desk, &connection).await;
    assert_eq!(sent.counts["sent"], sent.counts["all"], "{:?}", sent.rows);
    assert!(sent.rows.iter().all(|row| row.kind == "journal"), "{:?}", sent.rows);
    assert_eq!(xero.manual_journals().len(), sent.rows.len());
    assert!(xero.contacts().is_empty() && xero.invoices().is_empty());

    // From now on it would be booked twice.
    let refused = choose(&desk, &connection, "documents").await.expect_err("too late");
    assert_eq!((refused.code, refused.rule.as_deref()), (Code::WrongState, Some("booking_begun")));
    let asked = json!({ "connection_id": connection });
    let fault = desk.call("read_changes", asked).await.expect_err("nothing to read");
    assert_eq!(fault.rule.as_deref(), Some("journals_only"));

    // Both books are compared by the entries, and by nothing else.
    let day = desk.clock.day();
    let span = json!({ "connection_id": connection, "from": day, "to": day });
    let both: Reconciliation = desk.ask("read_reconciliation", &span).await.expect("compared");
    let kinds: Vec<&str> = both.sums.iter().map(|it| it.kind.as_str()).collect();
    assert_eq!((kinds, both.open), (vec!["journal"], 0), "{:?}", both.differences);
    assert!(both.sums[0].agrees && both.ageing.is_empty());
    assert_eq!(both.agreed as usize, sent.rows.len());

    // Connected anew, the company is told the same, and nothing a second time.
    let made = xero.manual_journals().len();
    desk.call("disconnect", json!({ "id": connection })).await.expect("disconnected");
    let again = connect(&desk, &ports).await;
    assert_ne!(again, connection);
    // As documents, what it has as entries would be booked twice.
    let refused = choose(&desk, &again, "documents").await.expect_err("booked twice");
    assert_eq!(refused.rule.as_deref(), Some("booked_otherwise"));
    let rows = mapping(&desk, &again).await.rows;
    let changes: Vec<_> =
        rows.iter().map(|row| change("ledger_account", &row.local_key, Some(&own))).collect();
    let read = json!({ "id": again });
    desk.call("refresh_reference_data", read).await.expect("read");
    save(&desk, &again, &changes).await.expect("saved");
    issue(&desk, 51, 1).await;
    settled(&desk, &again).await;
    assert_eq!(xero.manual_journals().len(), made + 1);
}
