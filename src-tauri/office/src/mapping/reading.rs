//! What the other side has, read anew and kept.
//!
//! Never maps anything: what came back is only named, so that it can be chosen.

use super::currencies;
use crate::actor::Actor;
use crate::connecting::{self, Question};
use crate::export::cause::Class;
use crate::export::codes::RemoteSide;
use crate::export::files;
use crate::fault::Fault;
use crate::office::Office;
use crate::show;
use crate::wire::connections::ConnectionRequest;
use crate::wire::mapping::MappingView;
use chrono::TimeDelta;
use finance::ids::ConnectionId;
use providers::document::{AccountClass, ReferenceData, RemoteCurrency, RemoteField};
use std::collections::BTreeSet;
use store::exports::{BOOKS, RemoteRow, RemoteRows};
use store::{ConnectionRow, Tx};

/// What a system has is read anew after so long: an account that was archived there must not be found out
/// by a refusal.
const AGE: TimeDelta = TimeDelta::days(1);

/// Reads accounts, tax rates, tracking options and currencies there anew.
pub async fn refresh_reference_data(
    office: &Office,
    _: &Actor,
    request: ConnectionRequest,
) -> Result<MappingView, Fault> {
    let row = connecting::find_open(&mut office.store.read().await?, "id", &request.id).await?;
    read(office, &row).await?;
    super::view(office, &mut office.store.read().await?, &row, None).await
}

async fn read(office: &Office, row: &ConnectionRow) -> Result<(), Fault> {
    let question = Question::to(office, row).await?;
    let answer = question.adapter.fetch_reference_data(&question.session).await;
    let data = question.heard(office, answer).await?;
    let mut tx = office.store.begin().await?;
    keep(office, &mut tx, row.id, &data).await?;
    Ok(tx.commit().await?)
}

/// The same by itself, after a run: where it was read a day ago or longer, and where the system has
/// since refused something that is no longer there.
///
/// # Errors
/// What the database reports, and what became of the question.
pub(crate) async fn read_by_itself(office: &Office, row: &ConnectionRow) -> Result<(), Fault> {
    if row.provider == files::PROVIDER {
        return Ok(());
    }
    let mut view = office.store.read().await?;
    let run = view.connection_run(row.id).await?;
    let causes = view.open_causes(Some(row.id)).await?;
    drop(view);
    let Some(read_at) = run.reference_data_at_ms else { return Ok(()) };
    let now = office.clock.now();
    let held = [run.held_until_ms, run.resting_until_ms].into_iter().flatten().max();
    let is_held = held.is_some_and(|until| until > now.timestamp_millis());
    let is_old = now.timestamp_millis() - read_at >= AGE.num_milliseconds();
    let is_refused = causes
        .iter()
        .any(|cause| cause.class == Class::ReferenceGone.word() && cause.opened_at_ms >= read_at);
    if run.state != "ready" || is_held || !(is_old || is_refused) {
        return Ok(());
    }
    read(office, row).await?;
    office.events.changed(&["mapping", "exports"]);
    Ok(())
}

/// Keeps what was read, and lets go what waited for a code that is usable again.
async fn keep(
    office: &Office,
    tx: &mut Tx,
    connection: ConnectionId,
    data: &ReferenceData,
) -> Result<(), Fault> {
    let before = tx.remote_objects(connection).await?;
    let now = remote_rows(data);
    tx.keep_remote_objects(connection, &now).await?;
    let now_ms = office.clock.now().timestamp_millis();
    let sides = [
        (RemoteSide::Account, &before.accounts, &now.accounts),
        (RemoteSide::TaxCode, &before.tax_codes, &now.tax_codes),
        (RemoteSide::Tracking, &before.tracking, &now.tracking),
        (RemoteSide::Field, &before.fields, &now.fields),
    ];
    for (side, before, now) in sides {
        let gone = before.iter().filter(|row| !row.active).map(|row| row.code.as_str());
        let gone: BTreeSet<&str> = gone.collect();
        let back = now.iter().filter(|row| row.active && gone.contains(row.code.as_str()));
        let subjects: Vec<String> = back.map(|row| reference_subject(side, &row.code)).collect();
        tx.resolve_causes(connection, Class::ReferenceGone.word(), &subjects, now_ms).await?;
    }
    currencies::release(tx, connection, (&now, now_ms)).await?;
    let mut run = tx.connection_run(connection).await?;
    run.reference_data_at_ms = Some(now_ms);
    run.base_currency = Some(data.base_currency.code().to_owned());
    run.locked_until = data.locked_until;
    tx.keep_connection_run(connection, &run).await?;
    Ok(())
}

pub(super) fn reference_subject(side: RemoteSide, code: &str) -> String {
    format!("{}:{code}", side.word())
}

const CLASSES: &[(&str, AccountClass)] = &[
    ("income", AccountClass::Income),
    ("expense", AccountClass::Expense),
    ("bank", AccountClass::Bank),
    ("clearing", AccountClass::Clearing),
    ("asset", AccountClass::Asset),
    ("liability", AccountClass::Liability),
    ("equity", AccountClass::Equity),
    ("ledger", AccountClass::Ledger),
];

/// The word a class of accounts goes by.
pub(super) fn class_word(class: AccountClass) -> &'static str {
    CLASSES.iter().find(|(_, known)| *known == class).map_or("", |(word, _)| word)
}

fn remote_rows(data: &ReferenceData) -> RemoteRows {
    let account = |it: &providers::document::RemoteAccount| RemoteRow {
        remote_id: it.id.clone(),
        code: it.code.clone(),
        name: it.name.clone(),
        class: show::name_of(&it.class, CLASSES),
        rate: None,
        default_tax_code: it.default_tax_code.clone(),
        currency: it.currency.clone(),
        for_sales: it.class == AccountClass::Income,
        active: it.active,
    };
    let tax_code = |it: &providers::document::RemoteTaxCode| RemoteRow {
        remote_id: it.code.clone(),
        code: it.code.clone(),
        name: it.name.clone(),
        class: String::new(),
        rate: it.rate,
        default_tax_code: None,
        currency: None,
        for_sales: it.for_sales,
        active: it.active,
    };
    let option = |it: &providers::document::RemoteTracking| RemoteRow {
        class: it.group.clone(),
        ..named(&it.code, &it.name, it.active)
    };
    let base = data.base_currency.code();
    let coin = |it: &RemoteCurrency| RemoteRow {
        class: if it.code == base { BOOKS.to_owned() } else { String::new() },
        ..named(&it.code, &it.name, it.active)
    };
    let field = |it: &RemoteField| named(&it.code, &it.name, it.active);
    RemoteRows {
        accounts: data.accounts.iter().map(account).collect(),
        tax_codes: data.tax_codes.iter().map(tax_code).collect(),
        tracking: data.tracking.iter().map(option).collect(),
        currencies: data.currencies.iter().map(coin).collect(),
        fields: data.fields.iter().map(field).collect(),
    }
}

/// Something that has a code and a name.
fn named(code: &str, name: &str, active: bool) -> RemoteRow {
    RemoteRow {
        remote_id: code.to_owned(),
        code: code.to_owned(),
        name: name.to_owned(),
        class: String::new(),
        rate: None,
        default_tax_code: None,
        currency: None,
        for_sales: true,
        active,
    }
}
