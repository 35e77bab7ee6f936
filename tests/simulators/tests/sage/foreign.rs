//! The simulator judged by a client that is not ours: swagger-client, led by Sage's description.

use simulators::foreign::drive;
use simulators::sage::{BUSINESSES, Status};

use super::desk::{Desk, shared};

#[tokio::test(flavor = "multi_thread")]
async fn swagger_client_can_work_a_day_at_the_desk() {
    let Some(description) = shared("specs/sage/sage-accounting-v3.1-swagger.json") else { return };
    let desk = Desk::open().await;
    let description = description.canonicalize().unwrap();
    let arguments = [
        "drive-sage.mjs",
        desk.sim.base_url(),
        &desk.access_token,
        BUSINESSES[0].0,
        description.to_str().unwrap(),
    ];
    let output = tokio::task::block_in_place(|| drive("swagger-client", &arguments)).unwrap();
    let Some(output) = output else {
        eprintln!("skipped: swagger-client is not installed and npm could not install it");
        return;
    };
    let shown = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}");
    let invoices = desk.sim.invoices();
    let states: Vec<Status> = invoices.iter().map(|it| it.status).collect();
    assert_eq!(states, [Status::Paid, Status::Void]);
    assert_eq!(desk.sim.duplicates(), []);
}
