//! Payments, refunds and allocations.

use serde_json::json;
use simulators::sage::{Status, fixed_id};

use super::desk::{Desk, id, receipt};

const PAYMENTS: (&str, &str) = ("contact_payments", "contact_payment");
const ALLOCATIONS: (&str, &str) = ("contact_allocations", "contact_allocation");

#[tokio::test]
async fn a_payment_settles_what_it_names_and_its_end_opens_it_again() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let invoice = desk.invoice(&ann, "JD-1").await;
    let part = receipt(&ann, "20.00", &[(&invoice, "20.00")]);
    desk.create(PAYMENTS.0, PAYMENTS.1, part).await;
    assert_eq!(desk.sim.invoices()[0].status, Status::PartPaid);
    let rest = receipt(&ann, "34.00", &[(&invoice, "34.00")]);
    let rest = id(&desk.create(PAYMENTS.0, PAYMENTS.1, rest).await);
    assert_eq!(desk.sim.invoices()[0].status, Status::Paid);
    let more = receipt(&ann, "1.00", &[(&invoice, "1.00")]);
    let (status, answer) = desk.post(PAYMENTS.0, &json!({PAYMENTS.1: more})).await;
    assert_eq!(
        (status, &answer[0]["$message"]),
        (422, &json!("You can only pay unpaid or part-paid invoices."))
    );
    assert_eq!(desk.delete(&format!("contact_payments/{rest}")).await.0, 204);
    assert_eq!(desk.sim.invoices()[0].status, Status::PartPaid);
    assert_eq!(desk.get(&format!("contact_payments/{rest}")).await.0, 404);
    let (_, gone) = desk.get("contact_payments?deleted_since=2026-01-01T00:00:00Z").await;
    assert_eq!(gone["$total"], 1);
}

#[tokio::test]
async fn what_no_invoice_takes_stays_on_account_and_is_allocated_later() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let paid = desk.create(PAYMENTS.0, PAYMENTS.1, receipt(&ann, "100.00", &[])).await;
    let left = id(&paid["payment_on_account"]);
    assert_eq!(paid["payment_on_account"]["outstanding_amount"], 100.0);
    let invoice = desk.invoice(&ann, "JD-1").await;
    let allocation = json!({
        "transaction_type_id": "CUSTOMER_ALLOCATION", "contact_id": ann, "date": "2026-11-20",
        "allocated_artefacts": [
            {"artefact_id": invoice, "amount": "54.00"}, {"artefact_id": left, "amount": "-54.00"}],
    });
    desk.create(ALLOCATIONS.0, ALLOCATIONS.1, allocation).await;
    assert_eq!(desk.sim.invoices()[0].status, Status::Paid);
    let rest = desk.sim.payments()[0].on_account.clone().unwrap();
    assert_eq!(rest.outstanding.to_string(), "46.00");
}

#[tokio::test]
async fn an_allocation_adds_up_to_nothing_and_can_be_taken_back() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let (invoice, note) = (desk.invoice(&ann, "JD-1").await, desk.credit_note(&ann, "CN-1").await);
    let with = |debt: &str, credit: &str| {
        json!({
            "transaction_type_id": "CUSTOMER_ALLOCATION", "contact_id": ann,
            "allocated_artefacts": [
                {"artefact_id": invoice, "amount": debt}, {"artefact_id": note, "amount": credit}],
        })
    };
    let refused = desk.refusal(ALLOCATIONS.0, ALLOCATIONS.1, with("20", "20")).await;
    assert_eq!(refused, (422, "RecordInvalid".into(), "allocated_artefacts".into()));
    let made = id(&desk.create(ALLOCATIONS.0, ALLOCATIONS.1, with("20", "-20")).await);
    let path = format!("sales_credit_notes/{note}?show_payments_allocations=true");
    let (_, shown) = desk.get(&path).await;
    assert_eq!(shown["payments_allocations"][0]["contact_allocation"]["id"], json!(made));
    assert_eq!(shown["outstanding_amount"], 34.0);
    assert_eq!(desk.delete(&format!("contact_allocations/{made}")).await.0, 204);
    assert_eq!(desk.sim.credit_notes()[0].status, Status::Unpaid);
}

#[tokio::test]
async fn a_refund_pays_a_credit_note_out_and_an_invoice_never() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let (invoice, note) = (desk.invoice(&ann, "JD-1").await, desk.credit_note(&ann, "CN-1").await);
    let refund = |artefact: &str| {
        let mut body = receipt(&ann, "54.00", &[(artefact, "54.00")]);
        body["transaction_type_id"] = json!("CUSTOMER_REFUND");
        body
    };
    let (status, code, _) = desk.refusal(PAYMENTS.0, PAYMENTS.1, refund(&invoice)).await;
    assert_eq!((status, code.as_str()), (404, "RecordNotFound"));
    desk.create(PAYMENTS.0, PAYMENTS.1, refund(&note)).await;
    assert_eq!(desk.sim.credit_notes()[0].status, Status::Paid);
}

#[tokio::test]
async fn deleted_entries_count_in_a_balance_unless_they_are_to_be_left_out() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let (kept, voided) = (desk.invoice(&ann, "JD-1").await, desk.invoice(&ann, "JD-2").await);
    let paid = receipt(&ann, "20.00", &[(&kept, "20.00")]);
    let paid = id(&desk.create(PAYMENTS.0, PAYMENTS.1, paid).await);
    assert_eq!(desk.delete(&format!("contact_payments/{paid}")).await.0, 204);
    let voiding = format!("sales_invoices/{voided}?void_reason=twice");
    assert_eq!(desk.delete(&voiding).await.0, 200);
    let path = "ledger_accounts?items_per_page=200&attributes=balance_details\
                &show_balance_details=true&from_date=2026-11-20&to_date=2026-11-20";
    for (rest, sold, owed, settled) in
        [("", 90.0, 108.0, 20.0), ("&exclude_deleted_entries=true", 45.0, 54.0, 0.0)]
    {
        let (_, listed) = desk.get(&format!("{path}{rest}")).await;
        let of = |code: u32| {
            let mut rows = listed["$items"].as_array().unwrap().iter();
            let row = rows.find(|row| row["id"] == json!(fixed_id(1, code))).unwrap();
            row["balance_details"].clone()
        };
        assert_eq!(of(4000)["credits"], sold, "{rest}");
        assert_eq!((&of(1100)["debits"], &of(1100)["credits"]), (&json!(owed), &json!(settled)));
    }
}
