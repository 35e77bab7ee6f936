//! Finding a payment on a day that has many.

use super::{calls, desk, invoice, payment};
use providers::Found;
use providers::document::ExportDocument;
use support::adapter::customer;

#[tokio::test]
async fn a_payment_of_a_crowded_day_is_sought_among_its_customers_own() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bob = desk.create(&customer("2", "Bob")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let crowd: Vec<ExportDocument> =
        (0..601).map(|at| payment(&format!("K-{at}."), &bill, 1)).collect();
    assert!(desk.push(&crowd).await.iter().all(Result::is_ok));
    let other = desk.create(&invoice("A-2", &bob)).await;
    let wanted = [payment("K-b", &other, 100), payment("K-none", &other, 100)];
    desk.create(&wanted[0]).await;
    let before = calls(&desk);
    let found = desk.find_all(&wanted[..1]).await.expect("answers");
    assert!(matches!(found[0], Found::Ours(_)), "{found:?}");
    assert_eq!(calls(&desk) - before, 3, "a page, the invoice, and what Bob paid");
    // Of several, the pages may be fewer.
    let found = desk.find_all(&wanted).await.expect("answers");
    assert!(matches!(found[0], Found::Ours(_)) && found[1] == Found::Absent, "{found:?}");
    assert_eq!(calls(&desk) - before, 3 + 4);
}
