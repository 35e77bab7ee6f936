//! Files that Frappe Books and Invoice Ninja export, read without a question. The rows are made up;
//! the headings are those the programs write.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::{Value, json};
use support::TestDesk;

async fn bring(desk: &TestDesk, (source, kind): (&str, &str), content: &str) -> Value {
    let content = BASE64.encode(content);
    let look = json!({
        "content": content, "file_name": "export.csv", "kind": null, "reading": null,
        "mapping": null,
    });
    let look = desk.call("look_at_file", look).await.expect("a look");
    assert_eq!((&look["source"], &look["kind"]), (&json!(source), &json!(kind)));
    assert_eq!(look["missing"], Value::Null);
    let command = if kind == "payments" { "import_payments" } else { "import_csv" };
    let request = json!({
        "kind": kind, "content": content, "file_name": "export.csv", "dry_run": false,
        "skip_refused": false, "vat": "3",
    });
    let report = desk.call(command, &request).await.expect("a report");
    assert_eq!(
        (&report["recorded"], &report["source"]),
        (&json!(true), &json!(source)),
        "{report}"
    );
    let again = desk.call(command, &request).await.expect("a report");
    assert_eq!((&again["accepted"], &again["refused"]), (&json!(0), &json!(0)), "{again}");
    report
}

async fn balances(desk: &TestDesk) -> Vec<(Value, Value)> {
    let request = json!({
        "query": "", "owing": false, "department_id": null, "window": { "offset": 0, "limit": 50 },
    });
    let page = desk.call("list_students", request).await.expect("students");
    let rows = page["rows"].as_array().expect("rows");
    rows.iter().map(|row| (row["name"].clone(), row["balance"]["amount"].clone())).collect()
}

#[tokio::test]
async fn frappe_books_brings_parties_items_open_invoices_and_unused_payments() {
    let desk = TestDesk::with_school().await;
    let parties = "Name,Role,Default Account,Currency,Email,Phone,Address,Tax ID\n\
        Party.name,Party.role,Party.defaultAccount,Party.currency,Party.email,Party.phone,Party.address,Party.taxId\n\
        Ada Berg,Customer,Debtors,NOK,ada@example.no,99999999,Ada Berg,\n\
        Bo Vik,Both,Debtors,NOK,,,,\n\
        Bensin AS,Supplier,Creditors,NOK,,,,\n";
    let report = bring(&desk, ("frappe_books", "students"), parties).await;
    assert_eq!((&report["accepted"], &report["left_out"]), (&json!(2), &json!(1)));
    let items = "Item Name,Description,Unit Type,Type,For,Income,Expense,Rate,HSN/SAC\n\
        Item.name,Item.description,Item.unit,Item.itemType,Item.for,Item.incomeAccount,Item.expenseAccount,Item.rate,Item.hsnCode\n\
        Lesson,Driving lesson,Hour,Service,Sales,Sales,Cost of Goods Sold,790,\n\
        Book,,Unit,Product,Sales,Sales,Cost of Goods Sold,349.5,\n";
    let report = bring(&desk, ("frappe_books", "services"), items).await;
    assert_eq!(report["accepted"], 2);
    let invoices = "Invoice No,Party,Account,Date,Net Total,Base Grand Total,Grand Total,Outstanding Amount,Submitted,Cancelled,Item,Quantity\n\
        SalesInvoice.name,SalesInvoice.party,SalesInvoice.account,SalesInvoice.date,SalesInvoice.netTotal,SalesInvoice.baseGrandTotal,SalesInvoice.grandTotal,SalesInvoice.outstandingAmount,SalesInvoice.submitted,SalesInvoice.cancelled,SalesInvoiceItem.item,SalesInvoiceItem.quantity\n\
        SINV-1003,Ada Berg,Debtors,2026-02-01T00:00:00.000Z,1580,1580,1580,1000.5,1,0,Lesson,2\n\
        SINV-1003,Ada Berg,Debtors,2026-02-01T00:00:00.000Z,1580,1580,1580,1000.5,1,0,Book,1\n\
        SINV-1002,Bo Vik,Debtors,2026-01-20T00:00:00.000Z,790,790,790,0,1,0,Lesson,1\n\
        SINV-1001,Bo Vik,Debtors,2026-01-15T00:00:00.000Z,790,790,790,790,0,0,Lesson,1\n";
    let report = bring(&desk, ("frappe_books", "invoices"), invoices).await;
    assert_eq!((&report["accepted"], &report["left_out"]), (&json!(1), &json!(2)));
    let payments = "Payment No,Party,Posting Date,From Account,Payment Type,To Account,Payment Method,Ref. / Cheque No.,Amount,Submitted,Cancelled,Type,Name,Amount\n\
        Payment.name,Payment.party,Payment.date,Payment.account,Payment.paymentType,Payment.paymentAccount,Payment.paymentMethod,Payment.referenceId,Payment.amount,Payment.submitted,Payment.cancelled,PaymentFor.referenceType,PaymentFor.referenceName,PaymentFor.amount\n\
        PAY-1003,Ada Berg,2026-02-05T10:00:00.000Z,Debtors,Receive,Cash,Cash,,579.5,1,0,SalesInvoice,SINV-1003,579.5\n\
        PAY-1002,Bo Vik,2026-02-04T10:00:00.000Z,Debtors,Receive,Cash,Transfer,ref 7,900,1,0,SalesInvoice,SINV-1002,500\n\
        PAY-1002,Bo Vik,2026-02-04T10:00:00.000Z,Debtors,Receive,Cash,Transfer,ref 7,900,1,0,SalesInvoice,SINV-0999,290\n\
        PAY-1001,Bensin AS,2026-02-03T10:00:00.000Z,Cash,Pay,Creditors,Cash,,100,1,0,PurchaseInvoice,PINV-1001,100\n";
    let report = bring(&desk, ("frappe_books", "payments"), payments).await;
    assert_eq!((&report["accepted"], &report["left_out"]), (&json!(1), &json!(2)));
    let balances = balances(&desk).await;
    assert!(balances.contains(&(json!("Ada Berg"), json!("1000.50"))), "{balances:?}");
    assert!(balances.contains(&(json!("Bo Vik"), json!("-110.00"))), "{balances:?}");
}

#[tokio::test]
async fn invoice_ninja_brings_clients_products_open_invoices_and_unused_payments() {
    let desk = TestDesk::with_school().await;
    let clients = "Client Name,Client Number,Client Balance,Client Paid to Date,Client Currency,Client Phone,Client Street,Client Apt/Suite,Client City,Client State/Province,Client Postal Code,Client Country,Client VAT Number,Contact Phone,Contact First Name,Contact Last Name,Contact Email\n\
        ,0001,790.00,0,NOK,99999999,Havnegata 1,,Testby,,9990,Norway,,88888888,Ada,Berg,ada@example.no\n\
        Bo Vik,0002,0,0,NOK,,,,,,,Norway,,,,,\n";
    let report = bring(&desk, ("invoice_ninja", "students"), clients).await;
    assert_eq!(report["accepted"], 2);
    let products = "Custom Value 1,Product,Notes,Cost,Price,Quantity,Tax Rate 1,Tax Name 1\n\
        ,KT-B,Driving lesson,0,790.000,1,25.000,MVA\n";
    let report = bring(&desk, ("invoice_ninja", "services"), products).await;
    assert_eq!(report["accepted"], 1);
    let invoices = "Client Name,Client Currency,Invoice Invoice Number,Invoice Amount,Invoice Balance,Invoice Paid to Date,Invoice PO Number,Invoice Date,Invoice Due Date,Invoice Status,Invoice Tax Amount\n\
        Ada Berg,NOK,0031,790.00,790.00,0.00,,2026-01-10,2026-01-24,Sent,158.00\n\
        Bo Vik,NOK,0032,790.00,290.00,500.00,,2026-01-11,2026-01-25,Partial,158.00\n\
        Bo Vik,NOK,0033,790.00,0.00,790.00,,2026-01-12,2026-01-26,Paid,158.00\n\
        Bo Vik,NOK,0034,790.00,790.00,0.00,,2026-01-12,2026-01-26,Draft,158.00\n";
    let report = bring(&desk, ("invoice_ninja", "invoices"), invoices).await;
    assert_eq!((&report["accepted"], &report["left_out"]), (&json!(2), &json!(2)));
    let payments = "Client Name,Payment Date,Payment Amount,Payment Refunded,Payment Applied,Payment Transaction Reference,Payment Currency,Payment Number,Payment Method,Payment Status\n\
        Bo Vik,2026-01-30,500.00,0,500.00,tr-1,NOK,0001,Bank Transfer,Completed\n\
        Ada Berg,2026-01-31,300.00,50.00,100.00,tr-2,NOK,0002,Cash,Partially Refunded\n\
        Ada Berg,2026-01-31,999.00,0,0,tr-3,NOK,0003,Cash,Failed\n";
    let report = bring(&desk, ("invoice_ninja", "payments"), payments).await;
    assert_eq!((&report["accepted"], &report["left_out"]), (&json!(1), &json!(2)));
    let balances = balances(&desk).await;
    assert!(balances.contains(&(json!("Ada Berg"), json!("640.00"))), "{balances:?}");
    assert!(balances.contains(&(json!("Bo Vik"), json!("290.00"))), "{balances:?}");
}

#[tokio::test]
async fn the_older_headings_of_invoice_ninja_are_known_too() {
    let desk = TestDesk::with_student().await;
    let invoices = "Amount,Balance,Client,Date,Due Date,Number,Paid to Date,PO Number,Status,Total Taxes\n\
        790.00,790.00,Ada Berg,2026-01-10,2026-01-24,0031,0,,Sent,158.00\n";
    bring(&desk, ("invoice_ninja", "invoices"), invoices).await;
    let payments = "Amount,Applied,Client,Date,Number,Refunded,Status,Transaction Reference,Type\n\
        100.00,0,Ada Berg,2026-01-12,0001,0,Completed,tr-1,Cash\n";
    bring(&desk, ("invoice_ninja", "payments"), payments).await;
    assert_eq!(balances(&desk).await, [(json!("Ada Berg"), json!("690.00"))]);
}
