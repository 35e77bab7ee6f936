//! The simulator judged by a client that is not ours: node-quickbooks.

use simulators::foreign::drive;
use simulators::qbo::{Entity, QboConfig, REALMS};

use super::desk::{Desk, still};

#[tokio::test(flavor = "multi_thread")]
async fn node_quickbooks_can_work_a_day_at_the_desk() {
    let client = Some(("desk".to_owned(), "whispered".to_owned()));
    let desk = Desk::at(REALMS[0].0, QboConfig { client, ..still() }).await;
    let tokens = desk.sim.issue_tokens(desk.realm);
    desk.sim.expire_access_tokens();
    let arguments = [
        "drive-qbo.mjs",
        desk.sim.base_url(),
        &tokens.access_token,
        &tokens.refresh_token,
        desk.realm,
    ];
    let output = tokio::task::block_in_place(|| drive("node-quickbooks", &arguments)).unwrap();
    let Some(output) = output else {
        eprintln!("skipped: node-quickbooks is not installed and npm could not install it");
        return;
    };
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}");
    let invoices = desk.sim.living(Entity::Invoice);
    assert_eq!(invoices.len(), 2);
    assert!(invoices[0].open().is_zero());
    assert_eq!(desk.sim.duplicates(), []);
}
