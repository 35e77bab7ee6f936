//! The simulator judged by a client that is not ours: xero-node, as Xero publishes it.

use simulators::foreign::drive;
use simulators::xero::Status;

use super::desk::Desk;

#[tokio::test(flavor = "multi_thread")]
async fn xero_node_can_work_a_day_at_the_desk() {
    let desk = Desk::open().await;
    let tenant = desk.sim.tenant_ids()[0].to_string();
    let arguments = ["drive.mjs", desk.sim.base_url(), &desk.access_token, &tenant];
    let output = tokio::task::block_in_place(|| drive("xero-node", &arguments)).unwrap();
    let Some(output) = output else {
        eprintln!("skipped: xero-node is not installed and npm could not install it");
        return;
    };
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}");
    let states: Vec<Status> = desk.sim.invoices().iter().map(|it| it.status).collect();
    assert_eq!(states, [Status::Paid, Status::Authorised, Status::Authorised, Status::Voided]);
    assert_eq!(desk.sim.purchase_orders().len(), 1);
    assert!(desk.sim.bank_transactions()[0].deleted);
    assert_eq!(desk.sim.duplicates(), []);
}
