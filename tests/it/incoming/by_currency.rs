//! Whoever is two customers in QuickBooks, one for each currency, is one student here.

use super::{conflicts, read, write};
use chrono::TimeDelta;
use finance::fact::FactBody;
use providers::document::{CustomerDocument, ExportDocument};
use simulators::qbo::{Entity, QboSimulator, REALMS};
use support::engine::Bench;
use support::exporting::{self, Wish, day, invoice, invoice_in_euros, student_id};

async fn in_two_currencies() -> Bench<QboSimulator> {
    let bench = Bench::<QboSimulator>::of(Wish { students: 1, ..Wish::of(0) }).await;
    bench.sim.set_multi_currency(REALMS[0].0, Some("EUR"));
    let both = [invoice(0, 1), invoice_in_euros(1, 1)];
    let both = both.map(|it| FactBody::InvoiceIssued(Box::new(it)));
    exporting::record(&bench.store, &bench.facts, both.into()).await;
    bench.run_until_quiet().await;
    bench.time.0.advance(TimeDelta::minutes(5));
    bench
}

fn emails(bench: &Bench<QboSimulator>) -> Vec<String> {
    let rows = bench.sim.living(Entity::Customer);
    let email = |row: &simulators::qbo::Row| {
        row.body["PrimaryEmailAddr"]["Address"].as_str().unwrap_or_default().to_owned()
    };
    rows.iter().map(email).collect()
}

#[tokio::test]
async fn what_is_changed_at_one_of_them_is_taken_over_and_told_to_the_other_only() {
    let bench = in_two_currencies().await;
    read(&bench).await;
    let rows = bench.sim.living(Entity::Customer);
    let euros =
        rows.iter().find(|row| row.reference("CurrencyRef") == "EUR").expect("one in euros");
    let changed = CustomerDocument {
        reference: "CHANGE-1".to_owned(),
        existing: euros.id.clone(),
        number: "1001".to_owned(),
        tax_number: String::new(),
        name: euros.text("DisplayName").to_owned(),
        email: "there@example.org".to_owned(),
        phone: String::new(),
        address: finance::party::Address::default(),
        currency: None,
    };
    write(&bench, 401, ExportDocument::Customer(changed)).await;
    read(&bench).await;
    let mut view = bench.store.read().await.expect("a view");
    let student = view.find_student(student_id(0), day()).await.expect("read").expect("a student");
    drop(view);
    assert_eq!(student.student.person.email, "there@example.org");
    assert_eq!(student.student.person.name, "Ann Learner 0");

    let version = |bench: &Bench<QboSimulator>| {
        let rows = bench.sim.living(Entity::Customer);
        let euros = rows.into_iter().find(|row| row.reference("CurrencyRef") == "EUR");
        euros.expect("one in euros").sync_token
    };
    let before = version(&bench);
    bench.run_until_quiet().await;
    assert_eq!(emails(&bench), ["there@example.org", "there@example.org"]);
    assert_eq!(version(&bench), before, "it is not told back");
    read(&bench).await;
    let writes = bench.sim.requests().len();
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.requests().len(), writes, "and neither is what we told the other");
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
}
