//! Amounts, tax, currencies, payments and closed books.

use serde_json::{Value, json};

use simulators::qbo::REALMS;

use super::desk::{Desk, id, line, number, payment};

fn taxed(customer: &str, lines: Vec<Value>) -> Value {
    json!({"CustomerRef": {"value": customer}, "Line": lines})
}

#[tokio::test]
async fn tax_is_taken_by_code_of_the_sum_and_rounded_once() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let lines = vec![line("10.01", "2"), line("10.01", "2"), line("5", "5")];
    let bill = desk.create("Invoice", taxed(&ann, lines)).await;
    assert_eq!(bill["TxnTaxDetail"]["TotalTax"].to_string(), "4");
    assert_eq!(bill["TotalAmt"].to_string(), "29.02");
    assert_eq!(bill["TxnTaxDetail"]["TaxLine"].as_array().unwrap().len(), 2);
    let without = taxed(&ann, vec![line("5", "")]);
    assert_eq!(desk.refusal("invoice", &without).await, "6000");
    let inactive = taxed(&ann, vec![line("5", "8")]);
    assert_eq!(desk.refusal("invoice", &inactive).await, "6000");
}

#[tokio::test]
async fn a_client_may_bring_its_own_tax_within_cents() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let own = |amount: &str| {
        let mut body = taxed(&ann, vec![line("100.02", "2")]);
        body["TxnTaxDetail"] = json!({"TotalTax": number(amount), "TaxLine": [{
            "Amount": number(amount), "DetailType": "TaxLineDetail",
            "TaxLineDetail": {"TaxRateRef": {"value": "3"}, "PercentBased": true,
                "TaxPercent": 20, "NetAmountTaxable": 100.02}}]});
        body
    };
    let bill = desk.create("Invoice", own("20.01")).await;
    assert_eq!(bill["TotalAmt"].to_string(), "120.03");
    assert_eq!(desk.refusal("invoice", &own("25")).await, "6000");
    let mut inclusive = taxed(&ann, vec![line("10", "2")]);
    inclusive["GlobalTaxCalculation"] = json!("TaxInclusive");
    inclusive["Line"][0]["SalesItemLineDetail"]["TaxInclusiveAmt"] = json!(12);
    let bill = desk.create("Invoice", inclusive).await;
    assert_eq!((&bill["TotalAmt"], &bill["TxnTaxDetail"]["TotalTax"]), (&json!(12), &json!(2)));
}

#[tokio::test]
async fn in_the_united_states_quickbooks_computes_the_tax_itself_and_honours_what_is_sent_along() {
    let desk = Desk::open_us().await;
    let ann = desk.customer("Ann").await;
    let mut body = taxed(&ann, vec![line("100", "TAX"), line("50", "NON")]);
    let told =
        |bill: &Value| [&bill["TxnTaxDetail"]["TotalTax"], &bill["TotalAmt"]].map(Value::to_string);
    assert_eq!(told(&desk.create("Invoice", body.clone()).await), ["7.75", "157.75"]);
    body["TxnTaxDetail"] = json!({"TotalTax": 1});
    assert_eq!(told(&desk.create("Invoice", body.clone()).await), ["1", "151"]);
    desk.sim.set_tax_replaced(REALMS[1].0, true);
    assert_eq!(told(&desk.create("Invoice", body).await), ["7.75", "157.75"]);
    assert_eq!(desk.refusal("invoice", &taxed(&ann, vec![line("1", "2")])).await, "6100");
}

#[tokio::test]
async fn an_amount_is_quantity_times_price_and_names_what_is_usable() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let with = |field: &str, value: Value| {
        let mut body = taxed(&ann, vec![line("10", "5")]);
        body["Line"][0]["SalesItemLineDetail"]["Qty"] = json!(2);
        body["Line"][0]["SalesItemLineDetail"]["UnitPrice"] = json!(5);
        body["Line"][0]["SalesItemLineDetail"][field] = value;
        body
    };
    desk.create("Invoice", with("Qty", json!(2))).await;
    assert_eq!(desk.refusal("invoice", &with("Qty", json!(3))).await, "6070");
    assert_eq!(desk.refusal("invoice", &with("ItemRef", json!({"value": "4"}))).await, "610");
    assert_eq!(desk.refusal("invoice", &with("ItemRef", json!({"value": "99"}))).await, "2500");
    assert_eq!(desk.refusal("invoice", &json!({"CustomerRef": {"value": ann}})).await, "2020");
    assert_eq!(desk.refusal("invoice", &json!({"Line": []})).await, "2020");
}

#[tokio::test]
async fn payments_lower_balances_and_keep_what_is_not_applied() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let bill = desk.invoice(&ann, "A-1", "100").await;
    let paid = payment(&ann, "70", &[("Invoice", id(&bill), "60")]);
    let paid = desk.create("Payment", paid).await;
    assert_eq!(paid["UnappliedAmt"].to_string(), "10");
    let after = desk.get(&format!("invoice/{}", id(&bill))).await.1["Invoice"].take();
    assert_eq!((&after["Balance"], &after["SyncToken"]), (&json!(40), &json!("1")));
    assert_eq!(after["LinkedTxn"], json!([{"TxnId": id(&paid), "TxnType": "Payment"}]));
    let too_much = payment(&ann, "50", &[("Invoice", id(&bill), "50")]);
    assert_eq!(desk.refusal("payment", &too_much).await, "6000");
    let bob = desk.customer("Bob").await;
    let foreign = payment(&bob, "5", &[("Invoice", id(&bill), "5")]);
    assert_eq!(desk.refusal("payment", &foreign).await, "6000");
    assert_eq!(desk.refusal("invoice?operation=delete", &after).await, "6000");
    desk.post("payment?operation=update&include=void", &paid).await;
    let freed = desk.get(&format!("invoice/{}", id(&bill))).await.1["Invoice"].take();
    assert_eq!((&freed["Balance"], &freed["LinkedTxn"]), (&json!(100), &json!([])));
}

#[tokio::test]
async fn a_payment_over_nothing_sets_a_credit_memo_against_an_invoice() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let bill = desk.invoice(&ann, "A-1", "100").await;
    let memo = desk.create("CreditMemo", desk.sale(&ann, "C-1", "30")).await;
    assert_eq!(memo["RemainingCredit"], json!(30));
    let links = [("Invoice", id(&bill), "30"), ("CreditMemo", id(&memo), "30")];
    let applied = desk.create("Payment", payment(&ann, "0", &links)).await;
    assert_eq!((&applied["TotalAmt"], &applied["UnappliedAmt"]), (&json!(0), &json!(0)));
    let after = desk.get(&format!("creditmemo/{}", id(&memo))).await.1["CreditMemo"].take();
    assert_eq!((&after["Balance"], &after["RemainingCredit"]), (&json!(0), &json!(0)));
    let more = payment(&ann, "0", &links);
    assert_eq!(desk.refusal("payment", &more).await, "6000");
}

#[tokio::test]
async fn a_refund_goes_out_of_an_account() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let mut refund = taxed(&ann, vec![line("20", "5")]);
    assert_eq!(desk.refusal("refundreceipt", &refund).await, "2020");
    refund["DepositToAccountRef"] = json!({"value": "4"});
    let refund = desk.create("RefundReceipt", refund).await;
    assert_eq!((&refund["TotalAmt"], &refund["Balance"]), (&json!(20), &json!(0)));
}

#[tokio::test]
async fn a_customer_has_one_currency_and_a_rate_left_out_counts_as_one() {
    let desk = Desk::open().await;
    let euro = json!({"DisplayName": "Ann", "CurrencyRef": {"value": "EUR"}});
    let ann = desk.create("Customer", euro).await;
    let mut bill = taxed(id(&ann), vec![line("10", "5")]);
    bill["CurrencyRef"] = json!({"value": "GBP"});
    assert_eq!(desk.refusal("invoice", &bill).await, "6000");
    bill["CurrencyRef"] = json!({"value": "EUR"});
    assert_eq!(desk.create("Invoice", bill.clone()).await["ExchangeRate"], json!(1));
    bill["ExchangeRate"] = json!(0.86);
    assert_eq!(desk.create("Invoice", bill).await["ExchangeRate"], json!(0.86));
}

#[tokio::test]
async fn nothing_enters_or_leaves_closed_books() {
    let desk = Desk::open().await;
    let ann = desk.customer("Ann").await;
    let bill = desk.invoice(&ann, "A-1", "10").await;
    desk.sim.close_books(desk.realm, "2026-11-30".parse().ok());
    assert_eq!(desk.refusal("invoice", &desk.sale(&ann, "A-2", "10")).await, "6210");
    assert_eq!(desk.refusal("invoice?operation=void", &bill).await, "6210");
    let shown = desk.get("preferences").await.1;
    assert_eq!(shown["Preferences"]["AccountingInfoPrefs"]["BookCloseDate"], "2026-11-30");
    desk.sim.close_books(desk.realm, None);
    let voided = desk.post("invoice?operation=void", &bill).await.1;
    assert_eq!(
        (&voided["Invoice"]["TotalAmt"], &voided["Invoice"]["PrivateNote"]),
        (&json!(0), &json!("Voided"))
    );
}
