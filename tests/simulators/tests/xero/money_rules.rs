//! Rounding, payments, credit and overpayments.

use reqwest::Method;
use serde_json::{Value, json};
use simulators::xero::Status;

use super::desk::{Desk, invoice, line, number};

async fn totals(desk: &Desk, amounts: &str, lines: Value) -> (String, String, String) {
    let contact = desk.contact(&format!("Contact {}", desk.sim.contacts().len())).await;
    let mut body = invoice(&contact, &format!("T-{}", desk.sim.invoices().len()), "1");
    body["LineAmountTypes"] = json!(amounts);
    body["LineItems"] = lines;
    desk.create("Invoices", body).await;
    let made = desk.sim.invoices().pop().unwrap();
    (made.sub_total.to_string(), made.total_tax.to_string(), made.total.to_string())
}

fn owned(parts: (&str, &str, &str)) -> (String, String, String) {
    (parts.0.to_owned(), parts.1.to_owned(), parts.2.to_owned())
}

#[tokio::test]
async fn tax_is_rounded_per_line_and_then_summed() {
    let desk = Desk::open().await;
    let lines = ["25.06", "25.61", "25.63"].map(|amount| line(amount, "TAX015"));
    let sums = totals(&desk, "Exclusive", json!(lines)).await;
    assert_eq!(sums, owned(("76.30", "11.44", "87.74")));
}

#[tokio::test]
async fn inclusive_tax_is_taken_out_of_each_line() {
    let desk = Desk::open().await;
    let sums = totals(&desk, "Inclusive", json!([line("100", "OUTPUT2")])).await;
    assert_eq!(sums, owned(("83.33", "16.67", "100.00")));
    let sums = totals(&desk, "NoTax", json!([line("100", "OUTPUT2")])).await;
    assert_eq!(sums, owned(("100.00", "0.00", "100.00")));
}

#[tokio::test]
async fn half_a_cent_rounds_up() {
    let desk = Desk::open().await;
    let mut halves = line("0.01", "ZERORATEDOUTPUT");
    halves["Quantity"] = number("216.5");
    let sums = totals(&desk, "Exclusive", json!([halves])).await;
    assert_eq!(sums.0, "2.17");
}

#[tokio::test]
async fn a_given_tax_amount_is_kept_and_a_wrong_line_amount_refused() {
    let desk = Desk::open().await;
    let mut overridden = line("100", "OUTPUT2");
    overridden["TaxAmount"] = number("19.99");
    let sums = totals(&desk, "Exclusive", json!([overridden])).await;
    assert_eq!(sums, owned(("100.00", "19.99", "119.99")));
    let ann = desk.contact("Ann Learner").await;
    let mut wrong = invoice(&ann, "JD-1", "45");
    wrong["LineItems"][0]["LineAmount"] = number("45.01");
    let errors = desk.refusal(Method::PUT, "Invoices", wrong).await;
    assert_eq!(errors, ["The line total 45.01 does not match the expected line total 45.00"]);
}

#[tokio::test]
async fn unit_amounts_keep_four_places_only_when_asked() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    for (query, expected) in [("", "1.2300"), ("?unitdp=4", "1.2346")] {
        let mut body = invoice(&ann, &format!("U{query}"), "1");
        body["Reference"] = Value::Null;
        body["LineItems"][0]["UnitAmount"] = number("1.23456");
        let (status, answer) =
            desk.put(&format!("Invoices{query}"), &json!({"Invoices": [body]})).await;
        assert_eq!(status, 200, "{answer}");
        let made = desk.sim.invoices().pop().unwrap();
        let expected: rust_decimal::Decimal = expected.parse().unwrap();
        assert_eq!(made.lines[0].unit_amount, expected);
    }
}

fn payment(invoice_id: &str, amount: &str) -> Value {
    json!({
        "Invoice": {"InvoiceID": invoice_id}, "Account": {"Code": "090"}, "Date": "2026-11-20",
        "Amount": number(amount), "Reference": "R1",
    })
}

#[tokio::test]
async fn a_full_payment_makes_an_invoice_paid_and_deleting_it_reopens_it() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let id = desk.invoice(&ann, "JD-1", "45").await;
    desk.create("Payments", payment(&id, "20")).await;
    assert_eq!(desk.sim.invoices()[0].open_amount().to_string(), "25.00");
    let errors = desk.refusal(Method::PUT, "Payments", payment(&id, "25.01")).await;
    assert_eq!(errors, ["Payment amount exceeds the amount outstanding on this document"]);
    let last = desk.create("Payments", payment(&id, "25")).await;
    assert_eq!(last["Invoice"]["Status"], "PAID");
    let errors = desk.refusal(Method::PUT, "Payments", payment(&id, "1")).await;
    assert_eq!(errors, ["Payments can only be made against Authorised documents"]);
    let path = format!("Payments/{}", last["PaymentID"].as_str().unwrap());
    let (status, _) = desk.post(&path, &json!({"Payments": [{"Status": "DELETED"}]})).await;
    assert_eq!(status, 200);
    let invoice = &desk.sim.invoices()[0];
    assert_eq!(
        (invoice.status, invoice.open_amount().to_string()),
        (Status::Authorised, "25.00".into())
    );
    let void = json!({"InvoiceID": id, "Status": "VOIDED"});
    let errors = desk.refusal(Method::POST, "Invoices", void).await;
    assert!(errors[0].contains("payment or credit note allocated"), "{errors:?}");
}

#[tokio::test]
async fn a_draft_takes_no_payment() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let mut draft = invoice(&ann, "JD-1", "45");
    draft["Status"] = json!("DRAFT");
    let draft = desk.create("Invoices", draft).await;
    let id = draft["InvoiceID"].as_str().unwrap();
    let errors = desk.refusal(Method::PUT, "Payments", payment(id, "45")).await;
    assert_eq!(errors, ["Payments can only be made against Authorised documents"]);
}

#[tokio::test]
async fn credit_is_allocated_up_to_both_sides_and_can_be_taken_back() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let invoice_id = desk.invoice(&ann, "JD-1", "45").await;
    let mut note = invoice(&ann, "JD-1", "50");
    note["Type"] = json!("ACCRECCREDIT");
    note["CreditNoteNumber"] = json!("CN-9");
    let note = desk.create("CreditNotes", note).await;
    assert_eq!(note["RemainingCredit"], number("50.00"));
    let path = format!("CreditNotes/{}/Allocations", note["CreditNoteID"].as_str().unwrap());
    let allocation = |amount: &str| {
        json!({
            "Amount": number(amount), "Date": "2026-11-20", "Invoice": {"InvoiceID": invoice_id},
        })
    };
    let errors = desk.refusal(Method::PUT, &path, allocation("45.01")).await;
    let expected = ["The amount to be allocated exceeds the amount outstanding on this document."];
    assert_eq!(errors, expected);
    let made = desk.create(&path, allocation("45")).await;
    assert_eq!(desk.sim.invoices()[0].status, Status::Paid);
    assert_eq!(desk.sim.credit_notes()[0].open_amount().to_string(), "5.00");
    let gone = format!("{path}/{}", made["AllocationID"].as_str().unwrap());
    let deleted = desk.request(Method::DELETE, &gone).send().await.unwrap();
    assert_eq!(deleted.status(), 200);
    assert_eq!(desk.sim.invoices()[0].status, Status::Authorised);
    assert!(desk.sim.allocations()[0].deleted);
}

#[tokio::test]
async fn a_surplus_becomes_an_overpayment_that_pays_a_later_invoice() {
    let desk = Desk::open().await;
    let ann = desk.contact("Ann Learner").await;
    let surplus = json!({
        "Type": "RECEIVE-OVERPAYMENT", "Contact": {"ContactID": ann},
        "BankAccount": {"Code": "090"}, "Date": "2026-11-20", "Reference": "R9",
        "LineAmountTypes": "NoTax", "LineItems": [{"Description": "Overpaid", "LineAmount": 30}],
    });
    let received = desk.create("BankTransactions", surplus).await;
    let overpayment = received["OverpaymentID"].as_str().unwrap();
    let later = desk.invoice(&ann, "JD-2", "20").await;
    let path = format!("Overpayments/{overpayment}/Allocations");
    let body = json!({"Amount": 20, "Date": "2026-11-20", "Invoice": {"InvoiceID": later}});
    desk.create(&path, body).await;
    let (_, shown) = desk.get(&format!("Overpayments/{overpayment}")).await;
    assert_eq!(shown["Overpayments"][0]["RemainingCredit"], number("10.00"));
    let (_, paid) = desk.get(&format!("Invoices/{later}")).await;
    assert_eq!(paid["Invoices"][0]["Status"], "PAID");
    assert_eq!(paid["Invoices"][0]["Overpayments"][0]["AppliedAmount"], number("20.00"));
    let refund = json!({
        "Overpayment": {"OverpaymentID": overpayment}, "Account": {"Code": "090"}, "Amount": 10,
    });
    desk.create("Payments", refund).await;
    assert_eq!(desk.sim.overpayments()[0].status, Status::Paid);
}
