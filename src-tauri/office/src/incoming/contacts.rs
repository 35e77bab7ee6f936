//! Details of customers that were changed there.
//!
//! Never a name or a tax number: those are ours, and another one there is a conflict. How to reach
//! somebody goes by who wrote last.

use super::Reading;
use super::noted::{Noted, Side, Three};
use super::ownership::{Owner, Sides, Verdict, verdict};
use crate::export::build::{self, Named};
use crate::export::codes::Codes;
use crate::export::customer;
use crate::fault::{Code, Fault};
use crate::typed;
use finance::fact::FactBody;
use finance::ids::PayerId;
use finance::party::{Address, Person};
use providers::change::RemoteContact;
use providers::document::ExportDocument;
use std::collections::BTreeMap;
use store::exports::ExportKind;
use store::{AgreedCustomer, OurSide, Tx};

/// What is compared, and whose word counts. An address is one thing: half of one is nobody's.
const FIELDS: [(&str, Owner); 5] = [
    ("name", Owner::Book),
    ("tax_number", Owner::Book),
    ("email", Owner::Latest),
    ("phone", Owner::Latest),
    ("address", Owner::Latest),
];

/// Their clock may be a little ahead of the moment we heard that it was done.
const GRACE_MS: i64 = 60_000;

/// Takes over how somebody is reached, and notes what else was changed there.
pub(super) async fn take(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemoteContact,
) -> Result<Noted, Fault> {
    let connection = reading.connection.id;
    let Some(ours) = tx.our_side(connection, ExportKind::Customer, &told.id).await? else {
        return Ok(Noted::ignored());
    };
    // One customer for all students is nobody's: what is changed of it there stays there.
    if ours.document_id == connection.0 || is_erased(tx, &ours).await? {
        return Ok(Noted::of("same", &ours));
    }
    let here = here(tx, &ours).await?;
    let there = there(told, &here);
    let agreed = agreed(tx, reading, (&ours, told), (&here, &there)).await?;
    let changed_at = tx.customer_changed_at(ours.document_id).await?;
    let is_theirs_newer = told.modified_at.timestamp_millis() > changed_at;
    let found = verdicts(&agreed, (&here, &there), is_theirs_newer);

    let taken = of(&found, Verdict::Theirs);
    let (mut now_here, mut now_agreed) = (here.clone(), agreed.clone());
    for field in &taken {
        now_here.insert(field, there.get(field).cloned().unwrap_or_default());
    }
    // What is agreed on from now: all but what a person must decide, and what ours has to say yet.
    for (field, found) in &found {
        if matches!(found, Verdict::Same | Verdict::Theirs) {
            now_agreed.0.insert(field, now_here.get(field).cloned().unwrap_or_default());
            now_agreed.1.insert(field, there.get(field).cloned().unwrap_or_default());
        }
    }
    if !taken.is_empty() {
        change(tx, reading, &ours, (&taken, told)).await?;
        // Where nothing of ours waits to be told, telling it would only repeat theirs.
        if of(&found, Verdict::Ours).is_empty() {
            tx.drop_customer_change(ours.record, reading.now_ms()).await?;
        }
    }
    keep(tx, reading, (&ours, &told.id), &now_agreed).await?;
    let noted = Noted::of(if taken.is_empty() { "same" } else { "taken" }, &ours);
    let open = of(&found, Verdict::Conflict);
    let Some(cause) = open.first() else { return Ok(noted) };
    let cause = if *cause == "name" { "name_differs" } else { "tax_number_differs" };
    let three = Three { agreed: agreed.1, ours: now_here, theirs: there };
    Ok(noted.conflict(cause, &three))
}

type Agreed = (Side, Side);

fn verdicts(
    agreed: &Agreed,
    (here, there): (&Side, &Side),
    is_theirs_newer: bool,
) -> BTreeMap<&'static str, Verdict> {
    let text = |side: &Side, field: &str| side.get(field).cloned().unwrap_or_default();
    let one = |(field, owner): &(&'static str, Owner)| {
        let [agreed_here, agreed_there, here, there] =
            [&agreed.0, &agreed.1, here, there].map(|side| text(side, field));
        let sides = Sides {
            agreed_here: &agreed_here,
            agreed_there: &agreed_there,
            here: &here,
            there: &there,
        };
        (*field, verdict(*owner, sides, is_theirs_newer))
    };
    FIELDS.iter().map(one).collect()
}

fn of(found: &BTreeMap<&'static str, Verdict>, wanted: Verdict) -> Vec<&'static str> {
    found.iter().filter(|(_, it)| **it == wanted).map(|(field, _)| *field).collect()
}

async fn is_erased(tx: &mut Tx, ours: &OurSide) -> Result<bool, Fault> {
    match ours.student {
        Some(student) => Ok(tx.any_erased(&[student]).await?),
        None => Ok(false),
    }
}

/// The customer as we would send it now.
async fn here(tx: &mut Tx, ours: &OurSide) -> Result<Side, Fault> {
    let id = ours.document_id;
    let contents = tx.export_contents(ExportKind::Customer, &[id]).await?;
    let named = Named { currency: ours.own_currency, ..Named::default() };
    let built = contents
        .get(&id)
        .and_then(|it| build::made(ExportKind::Customer, id, named, it, &Codes::Own));
    let Some(ExportDocument::Customer(document)) = built.map(|built| built.document) else {
        return Err(Fault::new(Code::NotFound, "There is no such customer.").rule("customer"));
    };
    Ok(Side::from([
        ("name", document.name),
        ("tax_number", document.tax_number),
        ("email", document.email),
        ("phone", document.phone),
        ("address", lines(&document.address)),
    ]))
}

/// The customer as it is there; what they do not tell is taken to be as ours.
fn there(told: &RemoteContact, here: &Side) -> Side {
    let tax_number = told.tax_number.clone().or_else(|| here.get("tax_number").cloned());
    Side::from([
        ("name", told.name.clone()),
        ("tax_number", tax_number.unwrap_or_default()),
        ("email", told.email.clone()),
        ("phone", told.phone.clone()),
        ("address", lines(&told.address)),
    ])
}

fn lines(address: &Address) -> String {
    let Address { line1, line2, postal_code, city, country } = address;
    let town = format!("{postal_code} {city}");
    let parts = [line1.as_str(), line2.as_str(), town.trim(), country.as_str()];
    let told: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    told.join(", ")
}

/// What both sides last agreed on. The first time it is what stands there, as long as it was not
/// changed after we sent it; otherwise what we sent.
async fn agreed(
    tx: &mut Tx,
    reading: &Reading<'_>,
    (ours, told): (&OurSide, &RemoteContact),
    (here, there): (&Side, &Side),
) -> Result<Agreed, Fault> {
    let since = |sent: i64| told.modified_at.timestamp_millis() > sent + GRACE_MS;
    if let Some(known) = tx.agreed_customer(reading.connection.id, &told.id).await? {
        // What we changed there is how they spell that; it comes back as a change of theirs.
        let is_ours = tx.customer_told_at(ours.record).await?.is_some_and(|sent| !since(sent));
        return Ok(match is_ours {
            true => (here.clone(), there.clone()),
            false => (side(&known.here), side(&known.there)),
        });
    }
    let changed = since(ours.exported_at_ms.unwrap_or_default());
    Ok((here.clone(), if changed { here.clone() } else { there.clone() }))
}

fn side(text: &str) -> Side {
    let known: BTreeMap<String, String> = serde_json::from_str(text).unwrap_or_default();
    FIELDS.iter().filter_map(|(field, _)| Some((*field, known.get(*field)?.clone()))).collect()
}

async fn keep(
    tx: &mut Tx,
    reading: &Reading<'_>,
    (ours, remote_id): (&OurSide, &str),
    (here, there): &Agreed,
) -> Result<(), Fault> {
    let agreed = AgreedCustomer {
        customer: ours.document_id,
        student: ours.student,
        here: serde_json::json!(here).to_string(),
        there: serde_json::json!(there).to_string(),
    };
    Ok(tx.keep_agreed_customer(reading.connection.id, remote_id, &agreed).await?)
}

/// Records what was taken over.
async fn change(
    tx: &mut Tx,
    reading: &Reading<'_>,
    ours: &OurSide,
    (fields, told): (&[&str], &RemoteContact),
) -> Result<(), Fault> {
    let (email, phone) = (
        typed::email("person.email", &told.email)?,
        typed::text("person.phone", &told.phone, typed::PHONE)?,
    );
    let address = address(&told.address)?;
    let change = |person: &mut Person| {
        for field in fields {
            match *field {
                "email" => person.email.clone_from(&email),
                "phone" => person.phone.clone_from(&phone),
                "address" => {
                    let ours = std::mem::replace(&mut person.address, address.clone());
                    // Many write a country as they like; what is no code tells us of none.
                    if address.country.is_empty() {
                        person.address.country = ours.country;
                    }
                }
                _ => {}
            }
        }
    };
    let body = changed(tx, reading, ours, change).await?;
    reading.office.record(tx, &reading.actor, [body]).await?;
    Ok(())
}

/// Their address as this book keeps one: its country by its code, or none.
fn address(told: &Address) -> Result<Address, Fault> {
    let part =
        |name: &str, text: &str| typed::text(&format!("person.address.{name}"), text, typed::SHORT);
    Ok(Address {
        line1: part("line1", &told.line1)?,
        line2: part("line2", &told.line2)?,
        postal_code: part("postal_code", &told.postal_code)?,
        city: part("city", &told.city)?,
        country: typed::country("country", &told.country.to_uppercase()).unwrap_or_default(),
    })
}

/// The fact that changes a student or payer.
pub(super) async fn changed(
    tx: &mut Tx,
    reading: &Reading<'_>,
    ours: &OurSide,
    change: impl Fn(&mut Person),
) -> Result<FactBody, Fault> {
    let today = reading.office.today();
    if let Some(student_id) = ours.student {
        let row = crate::students::demand(tx, student_id, reading.office).await?;
        let mut person = row.student.person;
        change(&mut person);
        return Ok(FactBody::StudentChanged { student_id, person });
    }
    let missing = || Fault::new(Code::NotFound, "There is no such payer.").rule("payer");
    let row = tx.find_payer(PayerId(ours.document_id), today).await?.ok_or_else(missing)?;
    let mut payer = row.payer;
    change(&mut payer.person);
    Ok(FactBody::PayerSet(Box::new(payer)))
}

/// Agrees on what stands there now, whatever it is: a person has decided.
pub(super) async fn settle(
    tx: &mut Tx,
    reading: &Reading<'_>,
    told: &RemoteContact,
) -> Result<Option<OurSide>, Fault> {
    let connection = reading.connection.id;
    let Some(ours) = tx.our_side(connection, ExportKind::Customer, &told.id).await? else {
        return Ok(None);
    };
    let here = here(tx, &ours).await?;
    let there = there(told, &here);
    keep(tx, reading, (&ours, &told.id), &(here, there)).await?;
    Ok(Some(ours))
}

/// The name without the number, and the currency, that it bears there.
pub(super) fn plain_name(told: &RemoteContact, ours: &OurSide) -> String {
    let currency = customer::in_currency(String::new(), ours.own_currency);
    let name = told.name.trim();
    let name = name.strip_suffix(currency.as_str()).unwrap_or(name).trim_end();
    match name.rsplit_once(" (") {
        Some((plain, rest)) if rest.ends_with(')') => plain.trim().to_owned(),
        _ => name.to_owned(),
    }
}
