//! What a person says of a comparison, through the router.

use crate::connecting::{connect, desk, ports, xero};
use office::Code;
use office::wire::reconcile::{PairView, Reconciliation};
use serde_json::{Value, json};
use simulators::tampering::Tampering;
use simulators::xero::XeroSimulator;
use support::{TestDesk, draft, id, line};

const FROM: &str = "2026-03-01";
const TO: &str = "2026-03-31";

pub fn asked(connection: &str, more: Value) -> Value {
    let mut asked = json!({ "connection_id": connection, "from": FROM, "to": TO });
    if let (Some(asked), Value::Object(more)) = (asked.as_object_mut(), more) {
        asked.extend(more);
    }
    asked
}

pub async fn read(desk: &TestDesk, connection: &str) -> Reconciliation {
    desk.ask("read_reconciliation", asked(connection, json!({}))).await.expect("both sides")
}

async fn sign(desk: &TestDesk, connection: &str, shown: &str) -> Result<Value, office::Fault> {
    let request = asked(connection, json!({ "shown": shown, "note": "With the bank's paper." }));
    desk.call("sign_off_period", request).await
}

async fn accept(desk: &TestDesk, connection: &str, pair: &PairView) -> Reconciliation {
    let request = asked(
        connection,
        json!({ "key": pair.key, "shown": pair.shown, "reason": "A rounding of theirs." }),
    );
    desk.ask("accept_difference", request).await.expect("accepted")
}

/// A desk with two sent invoices.
async fn sent() -> (XeroSimulator, TestDesk, String) {
    let ports = ports().await;
    let xero = xero().await;
    let desk = desk(&xero).await;
    for (number, lessons) in [(50, 2), (51, 1)] {
        let mut lesson = line("KT-B", lessons, "790.00", "3");
        lesson["service_id"] = json!(id(1));
        let draft = draft(number, 1, &desk.clock.day().to_string(), &[lesson]);
        desk.call("issue_invoice", json!({ "draft": draft })).await.expect("an invoice");
    }
    let connection = connect(&desk, &ports).await;
    crate::exporting::map_all_but(&desk, &connection, "").await;
    let page = crate::exporting::settled(&desk, &connection).await;
    assert_eq!(page.counts["sent"], page.counts["all"], "{:?}", page.rows);
    (xero, desk, connection)
}

#[tokio::test]
async fn an_accepted_difference_stays_accepted_until_it_says_something_else() {
    let (xero, desk, connection) = sent().await;
    let clean = read(&desk, &connection).await;
    assert_eq!((clean.agreed, clean.open, clean.differences.len()), (2, 0, 0));
    assert!(clean.sums.iter().all(|row| row.agrees) && clean.ageing.iter().all(|row| row.agrees));

    let number = xero.invoices()[0].number.clone().expect("a number");
    xero.tamper(&number, Tampering::Total);
    let changed = read(&desk, &connection).await;
    assert_eq!((changed.agreed, changed.open, changed.accepted), (1, 1, 0));
    let [pair] = &changed.differences[..] else { panic!("one pair: {:?}", changed.differences) };
    assert_eq!((pair.outcome.as_str(), &pair.fields[..]), ("differing", &fields()[..]));
    assert_eq!(changed.sums[0].difference.0.plain(), "-0.01");

    let accepted = accept(&desk, &connection, pair).await;
    assert_eq!((accepted.open, accepted.accepted), (0, 1));
    let said = accepted.differences[0].accepted.as_ref().expect("a word");
    assert_eq!(said.reason, "A rounding of theirs.");

    xero.tamper(&number, Tampering::Total);
    let again = read(&desk, &connection).await;
    assert_eq!((again.open, again.accepted), (1, 0), "it is another difference now");
    let stale =
        asked(&connection, json!({ "key": pair.key, "shown": pair.shown, "reason": "As before." }));
    let refused = desk.call("accept_difference", stale).await.expect_err("another difference");
    assert_eq!(refused.rule.as_deref(), Some("comparison_changed"));
}

fn fields() -> [String; 3] {
    ["net", "gross", "open"].map(str::to_owned)
}

#[tokio::test]
async fn a_span_is_signed_off_when_nothing_is_open_and_says_when_it_changed_after() {
    let (xero, desk, connection) = sent().await;
    let unread: Reconciliation =
        desk.ask("reconciliation", asked(&connection, json!({}))).await.expect("nothing read");
    assert!(unread.read_at.is_none() && unread.differences.is_empty());
    let refused = sign(&desk, &connection, &unread.shown).await.expect_err("nothing to sign");
    assert_eq!(refused.rule.as_deref(), Some("not_read"));

    let number = xero.invoices()[1].number.clone().expect("a number");
    xero.tamper(&number, Tampering::Voided);
    let open = read(&desk, &connection).await;
    assert_eq!(open.differences[0].outcome, "missing_there");
    let refused = sign(&desk, &connection, &open.shown).await.expect_err("a difference");
    assert_eq!(refused.rule.as_deref(), Some("open_differences"));
    let refused = sign(&desk, &connection, "something else").await.expect_err("not what is shown");
    assert_eq!(refused.code, Code::WrongState);

    let ready = accept(&desk, &connection, &open.differences[0]).await;
    sign(&desk, &connection, &ready.shown).await.expect("signed");
    let desk = desk.restarted().await;
    let signed: Reconciliation =
        desk.ask("reconciliation", asked(&connection, json!({}))).await.expect("as it was read");
    let said = signed.sign_off.expect("a sign-off");
    assert_eq!((said.agreed, said.accepted, said.changed), (1, 1, false));
    assert_eq!(said.note, "With the bank's paper.");

    xero.tamper(&number, Tampering::Due);
    xero.tamper(&xero.invoices()[0].number.clone().expect("a number"), Tampering::Total);
    let after = read(&desk, &connection).await;
    assert!(after.sign_off.is_some_and(|said| said.changed), "something changed after");
}
