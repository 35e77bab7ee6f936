//! Books with connections, made of facts.
//!
//! Never says what is sold in them: see `exporting`.

use crate::exporting::{CONNECTION, Facts, KEY, LESSON, Wish, documents, masters, student};
use crate::system::{Codes, System};
use finance::fact::{Fact, FactBody};
use finance::ids::ConnectionId;
use finance::mapping::{MappedKind, Mapping, MappingOrigin};
use providers::registry::Provider;
use std::path::Path;
use std::sync::Arc;
use store::exports::{BOOKS, ConnectionRun, RemoteRow, RemoteRows};
use store::{Key, Store};
use uuid::Uuid;

/// The connection through which a successor's documents went before.
const PREDECESSOR: ConnectionId = ConnectionId(Uuid::from_u128(0xC1));

/// Makes a book with a connection to a company and records what the wish asks for.
pub async fn book<S: System>(path: &Path, company: &str, wish: Wish) -> (Store, Arc<Facts>) {
    book_of_many::<S>(path, company, wish, &[CONNECTION]).await
}

/// The same with several connections, each of which is to get all of it.
pub async fn book_of_many<S: System>(
    path: &Path,
    company: &str,
    wish: Wish,
    connections: &[ConnectionId],
) -> (Store, Arc<Facts>) {
    let mut all = masters();
    for connection_id in connections {
        all.push(connection::<S>(*connection_id, company));
        if wish.booking.is_journal() {
            let (connection_id, booking) = (*connection_id, wish.booking);
            all.push(FactBody::BookingChosen { connection_id, booking });
        }
        if wish.mapped && wish.booking.is_journal() {
            all.extend(accounts_onto(*connection_id, &crate::journals::accounts(S::PROVIDER)));
        } else if wish.mapped {
            all.extend(mappings_of(*connection_id, &S::codes()));
        }
    }
    all.extend(sales(&wish));
    made::<S>(path, all, connections).await
}

/// Makes a book whose documents went to the company through another connection before, and
/// then connects it anew.
pub async fn book_of_successor<S: System>(
    path: &Path,
    company: &str,
    wish: Wish,
) -> (Store, Arc<Facts>) {
    let mut all = masters();
    all.push(connection::<S>(PREDECESSOR, company));
    all.extend(sales(&wish));
    all.push(connection::<S>(CONNECTION, company));
    all.extend(mappings_onto(&S::codes()));
    made::<S>(path, all, &[CONNECTION]).await
}

/// Students and their documents.
fn sales(wish: &Wish) -> Vec<FactBody> {
    let students = (0..wish.students).map(|place| FactBody::StudentRegistered(student(place)));
    students.chain((0..wish.invoices).flat_map(|place| documents(place, wish))).collect()
}

async fn made<S: System>(
    path: &Path,
    bodies: Vec<FactBody>,
    connections: &[ConnectionId],
) -> (Store, Arc<Facts>) {
    let store = Store::create(path, &Key::new(KEY)).await.expect("a new book");
    let facts = Arc::new(Facts::default());
    let begun = ConnectionRun { started_at_ms: Some(0), ..ConnectionRun::default() };
    for chunk in bodies.chunks(2_000) {
        let chunk: Vec<Fact> = chunk.iter().map(|body| facts.fact(body.clone())).collect();
        let mut tx = store.begin().await.expect("a transaction");
        tx.record(&chunk).await.expect("recorded");
        for connection in connections {
            tx.keep_connection_run(*connection, &begun).await.expect("begun");
        }
        tx.commit().await.expect("committed");
    }
    for connection in connections {
        read_there(&store, *connection, &accounts_there::<S>()).await;
    }
    (store, facts)
}

/// Accounts of the company that documents go to, with the word of their class.
pub fn accounts_there<S: System>() -> Vec<(String, &'static str)> {
    let codes = S::codes();
    let mut there = vec![(codes.sales, "income"), (codes.bank, "bank")];
    if S::PROVIDER == Provider::Xero {
        there.extend([("091".to_owned(), "bank"), ("970".to_owned(), "clearing")]);
    }
    there
}

/// The accounts of a company were read: code and class of each.
pub async fn read_there(store: &Store, connection: ConnectionId, accounts: &[(String, &str)]) {
    read_currencies(store, connection, accounts, &[]).await;
}

/// The same with the currencies that it takes: the one of its books first.
pub async fn read_currencies(
    store: &Store,
    connection: ConnectionId,
    accounts: &[(String, &str)],
    currencies: &[&str],
) {
    let account = |(code, class): &(String, &str)| RemoteRow {
        remote_id: code.clone(),
        code: code.clone(),
        name: code.clone(),
        class: (*class).to_owned(),
        rate: None,
        default_tax_code: None,
        currency: None,
        for_sales: *class == "income",
        active: true,
    };
    let accounts = accounts.iter().map(account).collect();
    let classes = [BOOKS].into_iter().chain(std::iter::repeat(""));
    let taken = currencies.iter().zip(classes);
    let currencies = taken.map(|(code, class)| account(&((*code).to_owned(), class))).collect();
    let rows = RemoteRows { accounts, currencies, ..RemoteRows::default() };
    let mut tx = store.begin().await.expect("a transaction");
    tx.keep_remote_objects(connection, &rows).await.expect("kept");
    tx.commit().await.expect("committed");
}

/// Records more facts.
pub async fn record(store: &Store, facts: &Facts, bodies: Vec<FactBody>) {
    let made: Vec<Fact> = bodies.into_iter().map(|body| facts.fact(body)).collect();
    let mut tx = store.begin().await.expect("a transaction");
    tx.record(&made).await.expect("recorded");
    tx.commit().await.expect("committed");
}

fn connection<S: System>(connection_id: ConnectionId, company: &str) -> FactBody {
    FactBody::ConnectionOpened {
        connection_id,
        provider: S::PROVIDER.key().to_owned(),
        remote_company_id: company.to_owned(),
        remote_company_name: "Simulated Driving School Ltd".to_owned(),
        export_from: None,
    }
}

/// Opens a connection to the company, with its mappings.
pub fn opened<S: System>(connection_id: ConnectionId, company: &str) -> Vec<FactBody> {
    let opened = connection::<S>(connection_id, company);
    [opened].into_iter().chain(mappings_of(connection_id, &S::codes())).collect()
}

/// Mappings onto a simulator's British company.
pub fn mappings_onto(codes: &Codes) -> Vec<FactBody> {
    mappings_of(CONNECTION, codes)
}

fn mappings_of(connection: ConnectionId, codes: &Codes) -> Vec<FactBody> {
    [
        mapping_of(connection, MappedKind::Service, &LESSON.to_string(), &codes.sales),
        mapping_of(connection, MappedKind::TaxCode, "S20", &codes.tax),
        mapping_of(connection, MappedKind::PaymentMethod, "bank", &codes.bank),
    ]
    .into()
}

/// Mappings of our accounts onto those that journal entries name there.
pub fn accounts_onto(connection: ConnectionId, accounts: &[(&str, String)]) -> Vec<FactBody> {
    let mapped = |(ours, theirs): &(&str, String)| {
        mapping_of(connection, MappedKind::LedgerAccount, ours, theirs)
    };
    accounts.iter().map(mapped).collect()
}

/// What these mappings are for: kind and key of ours.
pub fn mapped() -> Vec<(&'static str, String)> {
    vec![
        ("service", LESSON.to_string()),
        ("tax_code", "S20".to_owned()),
        ("payment_method", "bank".to_owned()),
    ]
}

/// One mapping.
pub fn mapping(kind: MappedKind, local_key: &str, code: &str) -> FactBody {
    mapping_of(CONNECTION, kind, local_key, code)
}

fn mapping_of(
    connection_id: ConnectionId,
    kind: MappedKind,
    local_key: &str,
    code: &str,
) -> FactBody {
    FactBody::MappingSet(Mapping {
        connection_id,
        department_id: None,
        kind,
        local_key: local_key.to_owned(),
        remote_code: Some(code.to_owned()),
        origin: MappingOrigin::Person,
        save_id: None,
    })
}
