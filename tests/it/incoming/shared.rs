//! One payment there that is several students': a payment of each here, once, and what becomes of each
//! share is told there of the whole.

use super::deciding::{decide, decide_for};
use super::held::{both_sides_agree, tell};
use super::{conflicts, gbp, invoice_there, open, payments, read, take, there, write};
use crate::conformance::kept::Holds;
use finance::allocation::{Allocation, CreditSource};
use finance::fact::FactBody;
use finance::ids::{AllocationId, PayerId};
use finance::money::Money;
use finance::party::Person;
use finance::payer::{Payer, PayerKind};
use finance::payment::{Payment, PaymentOutcome, PaymentState, PaymentTurn};
use providers::change::{Changes, RemoteChange};
use providers::document::{
    AllocationDocument, DocumentKind, ExportDocument, HeldAs, OnAccountDocument,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use simulators::qbo::QboSimulator;
use simulators::sage::SageSimulator;
use simulators::xero::XeroSimulator;
use store::exports::ExportKind;
use support::engine::Bench;
use support::exporting::{self, Wish, day, invoice_id, student_id};
use support::system::System as _;
use uuid::Uuid;

const STUDENTS: usize = 3;

/// Three students and nothing sold yet.
const NOTHING: Wish =
    Wish { students: STUDENTS, paid_every: usize::MAX, credited_every: usize::MAX, ..Wish::of(0) };

fn employer() -> Payer {
    Payer {
        id: PayerId(Uuid::from_u128(0xE0)),
        school_id: exporting::invoice(0, STUDENTS).school_id,
        department_id: None,
        kind: PayerKind::Employer,
        number: "9001".to_owned(),
        person: Person { name: "Haulage Ltd".to_owned(), ..Person::default() },
        org_number: String::new(),
        vat_number: String::new(),
        reference: String::new(),
        terms: None,
        active: true,
    }
}

/// An employer has an invoice for each of three students, and all of them are there.
async fn invoiced<S: Holds>() -> Bench<S> {
    let bench = Bench::<S>::of(NOTHING).await;
    let payer = employer();
    let mut bodies = vec![FactBody::PayerSet(Box::new(payer.clone()))];
    for place in 0..STUDENTS {
        let mut invoice = exporting::invoice(place, STUDENTS);
        invoice.payer = Some(Box::new(payer.on_invoice(&invoice.person)));
        invoice.person = payer.person.clone();
        bodies.push(FactBody::InvoiceIssued(Box::new(invoice)));
    }
    exporting::record(&bench.store, &bench.facts, bodies).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    bench.time.0.advance(chrono::TimeDelta::minutes(5));
    bench
}

async fn customer<S: Holds>(bench: &Bench<S>) -> String {
    let customers = there(bench, ExportKind::Customer).await;
    assert_eq!(customers.len(), 1, "{customers:?}");
    customers.into_values().next().expect("a customer")
}

/// A bookkeeper receives money of the employer for invoices.
trait Several: Holds {
    async fn pays(bench: &Bench<Self>, minor: i64, uses: &[(usize, i64)]) -> String;
}

/// Received first, and then set against each invoice.
async fn in_steps<S: Holds>(bench: &Bench<S>, minor: i64, uses: &[(usize, i64)]) -> String {
    let received = OnAccountDocument {
        reference: "BANK 7".to_owned(),
        customer: customer(bench).await,
        account: S::codes().bank,
        date: day(),
        amount: gbp(minor),
        rate: None,
    };
    write(bench, 700, ExportDocument::OnAccount(received)).await;
    let all = super::changes(bench, exporting::noon() - chrono::TimeDelta::minutes(10)).await;
    let mut ids = all.records.iter().filter_map(|it| match it {
        RemoteChange::Payment(it) => Some(it.record.id.clone()),
        _ => None,
    });
    let money = ids.next_back().expect("the money");
    for (place, minor) in uses {
        use_there(bench, &money, *place, *minor).await;
    }
    money
}

impl Several for XeroSimulator {
    async fn pays(bench: &Bench<Self>, minor: i64, uses: &[(usize, i64)]) -> String {
        in_steps(bench, minor, uses).await
    }
}

impl Several for QboSimulator {
    async fn pays(bench: &Bench<Self>, minor: i64, uses: &[(usize, i64)]) -> String {
        in_steps(bench, minor, uses).await
    }
}

impl Several for SageSimulator {
    /// Its screen for a receipt has all invoices of the customer on it.
    async fn pays(bench: &Bench<Self>, minor: i64, uses: &[(usize, i64)]) -> String {
        let mut parts = Vec::new();
        for (place, minor) in uses {
            let artefact_id = invoice_there(bench, *place).await;
            parts.push(json!({ "artefact_id": artefact_id, "amount": gbp(*minor).amount() }));
        }
        let receipt = json!({ "contact_payment": {
            "transaction_type_id": "CUSTOMER_RECEIPT",
            "contact_id": customer(bench).await,
            "bank_account_id": Self::codes().bank,
            "date": day(),
            "total_amount": gbp(minor).amount(),
            "reference": "BANK 7",
            "allocated_artefacts": parts,
        } });
        let answer = reqwest::Client::new()
            .post(format!("{}/contact_payments", bench.sim.api_url()))
            .bearer_auth(bench.sim.issue_tokens().access_token)
            .header("X-Business", bench.sim.company())
            .json(&receipt)
            .send()
            .await
            .expect("an answer");
        let row: Value = answer.json().await.expect("a receipt");
        row["id"].as_str().unwrap_or_else(|| panic!("{row}")).to_owned()
    }
}

async fn use_there<S: Holds>(bench: &Bench<S>, money: &str, place: usize, minor: i64) {
    let used = AllocationDocument {
        reference: format!("by hand {place} {minor}"),
        credit_note: money.to_owned(),
        held_as: HeldAs::OnAccount,
        invoice: invoice_there(bench, place).await,
        date: day(),
        amount: gbp(minor),
    };
    let key = 710 + u32::try_from(place).expect("few") + u32::try_from(minor).expect("few");
    write(bench, key, ExportDocument::CreditAllocation(used)).await;
}

/// What each student has of it, in minor units, in the order of the students.
async fn shares<S: Holds>(bench: &Bench<S>) -> Vec<i64> {
    let all: Vec<Payment> = payments(bench).await.into_iter().map(|row| row.payment).collect();
    let of = |place| all.iter().filter(move |it| it.student_id == student_id(place));
    (0..STUDENTS).map(|place| of(place).map(|it| it.amount.minor()).sum()).collect()
}

async fn open_there<S: Holds>(bench: &Bench<S>, expected: [i64; 3]) {
    bench.run_until_quiet().await;
    assert_eq!(bench.causes().await, []);
    let found = [bench.sim.bank(), bench.sim.unused(), bench.sim.settled()];
    assert_eq!(found, expected.map(|minor| Decimal::new(minor, 2)));
    for _ in 0..2 {
        read(bench).await;
    }
    assert!(conflicts(bench).await.is_empty(), "{:?}", conflicts(bench).await);
    both_sides_agree(bench).await;
}

fn open_after(place: usize, paid: i64) -> Money {
    let gross = exporting::invoice(place, STUDENTS).totals.gross;
    gross.minus(gbp(paid)).expect("one currency")
}

async fn one_payment_for_several_students_is_a_payment_of_each<S: Several>() {
    let bench = invoiced::<S>().await;
    S::pays(&bench, 4_000, &[(0, 1_500), (1, 2_500)]).await;
    read(&bench).await;
    assert!(conflicts(&bench).await.is_empty(), "{:?}", conflicts(&bench).await);
    let bench = bench.killed().await;
    read(&bench).await;
    assert_eq!(shares(&bench).await, [1_500, 2_500, 0]);
    assert_eq!(open(&bench, 0).await, open_after(0, 1_500));
    assert_eq!(open(&bench, 1).await, open_after(1, 2_500));
    let before = bench.sim.calls().0;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.calls().0, before, "nothing goes back");
    open_there(&bench, [4_000, 0, 4_000]).await;
}

/// The rest may be anybody's: a person says whose, and from then on it is known.
async fn a_rest_is_whose_a_person_says<S: Several>() {
    let bench = invoiced::<S>().await;
    let money = S::pays(&bench, 8_000, &[(0, 1_500), (1, 2_500)]).await;
    read(&bench).await;
    let found = conflicts(&bench).await;
    let [conflict] = &found[..] else { panic!("one conflict: {found:?}") };
    assert_eq!((conflict.cause.as_str(), conflict.asks_student), ("several_students", true));
    assert_eq!(shares(&bench).await, [0, 0, 0], "all or nothing");
    let refused = decide(&bench, conflict, "take").await.expect_err("whose is not said");
    assert_eq!(refused.field.as_deref(), Some("student_id"));
    decide_for(&bench, conflict, ("take", Some(student_id(2)))).await.expect("taken");
    assert_eq!(shares(&bench).await, [1_500, 2_500, 4_000]);
    open_there(&bench, [8_000, 4_000, 4_000]).await;
    // Used here, it is told there; used there, it is known here.
    let rest = payments(&bench).await.into_iter().map(|row| row.payment);
    let rest = rest.into_iter().find(|it| it.student_id == student_id(2)).expect("the rest");
    let used = Allocation {
        id: AllocationId(Uuid::from_u128(0xE5_0001)),
        school_id: rest.school_id,
        student_id: rest.student_id,
        source: CreditSource::Payment(rest.id),
        invoice_id: invoice_id(2),
        amount: gbp(1_000),
        worth: None,
        allocated_on: day(),
    };
    tell(&bench, FactBody::MoneyAllocated(used)).await;
    open_there(&bench, [8_000, 3_000, 5_000]).await;
    use_there(&bench, &money, 2, 500).await;
    read(&bench).await;
    open_there(&bench, [8_000, 2_500, 5_500]).await;
    assert_eq!(open(&bench, 2).await, open_after(2, 1_500));
}

async fn money_of_a_payer_is_whose_a_person_says<S: Several>() {
    let bench = invoiced::<S>().await;
    S::pays(&bench, 3_000, &[]).await;
    read(&bench).await;
    let found = conflicts(&bench).await;
    let [conflict] = &found[..] else { panic!("one conflict: {found:?}") };
    assert_eq!((conflict.cause.as_str(), conflict.asks_student), ("whose_money", true));
    decide_for(&bench, conflict, ("take", Some(student_id(1)))).await.expect("taken");
    assert_eq!(shares(&bench).await, [0, 3_000, 0]);
    open_there(&bench, [3_000, 3_000, 0]).await;
}

/// A share that is reversed here is not all of what is there: a person takes it back.
async fn a_share_that_is_reversed_here_leaves_the_others_there<S: Several>() {
    let bench = invoiced::<S>().await;
    S::pays(&bench, 4_000, &[(0, 1_500), (1, 2_500)]).await;
    read(&bench).await;
    let all = payments(&bench).await;
    let first = all.iter().find(|row| row.payment.student_id == student_id(0)).expect("a share");
    let turned = PaymentTurn {
        school_id: first.payment.school_id,
        payment_id: first.payment.id,
        outcome: PaymentOutcome::Reversed,
        on: day(),
        reason: "Not for this student".to_owned(),
    };
    tell(&bench, FactBody::PaymentTurned(turned)).await;
    bench.run_until_quiet().await;
    assert_eq!(bench.sim.bank(), Decimal::new(4_000, 2), "the money is there");
    let classes: Vec<String> = bench.causes().await.into_iter().map(|it| it.0).collect();
    // Sage cannot even take off what a receipt paid as it was recorded.
    let told = |class: &String| class == "taken_back" || class == "unsupported";
    assert!(classes.contains(&"taken_back".to_owned()) && classes.iter().all(told), "{classes:?}");
}

async fn what_is_gone_there_is_gone_for_each<S: Several>() {
    let bench = invoiced::<S>().await;
    let id = S::pays(&bench, 4_000, &[(0, 1_500), (1, 2_500)]).await;
    read(&bench).await;
    let gone = RemoteChange::Gone { kind: DocumentKind::Payment, id };
    take(&bench, &Changes { records: vec![gone], ..Changes::default() }).await;
    let found = conflicts(&bench).await;
    let [conflict] = &found[..] else { panic!("one conflict: {found:?}") };
    assert_eq!(conflict.cause, "payment_removed");
    decide(&bench, conflict, "reverse").await.expect("reversed");
    let left = payments(&bench).await;
    assert!(left.iter().all(|row| row.standing.state == PaymentState::Reversed), "{left:?}");
    assert_eq!(left.len(), 2);
    let before = bench.sim.calls().0;
    bench.run_until_quiet().await;
    assert_eq!((bench.causes().await, bench.sim.calls().0), (Vec::new(), before));
}

macro_rules! shared_at {
    ($system:ident: $simulator:ty) => {
        mod $system {
            use super::*;

            shared_at!(@ $simulator,
                one_payment_for_several_students_is_a_payment_of_each,
                a_rest_is_whose_a_person_says,
                money_of_a_payer_is_whose_a_person_says,
                a_share_that_is_reversed_here_leaves_the_others_there,
                what_is_gone_there_is_gone_for_each,
            );
        }
    };
    (@ $simulator:ty, $($story:ident),+ $(,)?) => {
        $(
            #[tokio::test]
            async fn $story() {
                super::$story::<$simulator>().await;
            }
        )+
    };
}

shared_at!(xero_shared: XeroSimulator);
shared_at!(qbo_shared: QboSimulator);
shared_at!(sage_shared: SageSimulator);
