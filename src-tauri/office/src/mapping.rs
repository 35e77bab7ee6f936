//! Mapping: which account and tax rate there stands for which service, VAT code and payment method
//! of ours.
//!
//! Never maps by itself: suggestions wait for a person.

mod rows;
mod similar;
mod suggest;

use crate::actor::Actor;
use crate::connecting::{self, Question};
use crate::export::build::{RemoteSide, kind_of, mapping_subject};
use crate::export::cause::Class;
use crate::export::files;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show;
use crate::wire::connections::ConnectionRequest;
use crate::wire::mapping::{
    MappingChange, MappingRequest, MappingSaved, MappingView, RemoteChoice, SaveMapping,
};
use finance::fact::FactBody;
use finance::ids::ConnectionId;
use finance::mapping::{MappedKind, Mapping, MappingOrigin};
use providers::document::{AccountClass, ReferenceData};
use rows::{Ours, State, Surveyed};
use std::collections::{BTreeMap, BTreeSet};
use store::ConnectionRow;
use store::exports::{RemoteRow, RemoteRows};
use store::{Tx, View};

/// Reads accounts and tax rates there anew.
pub async fn refresh_reference_data(
    office: &Office,
    _: &Actor,
    request: ConnectionRequest,
) -> Result<MappingView, Fault> {
    let row = connecting::find_open(&mut office.store.read().await?, "id", &request.id).await?;
    let question = Question::to(office, &row).await?;
    let answer = question.adapter.fetch_reference_data(&question.session).await;
    let data = question.heard(office, answer).await?;
    let mut tx = office.store.begin().await?;
    keep(office, &mut tx, row.id, &data).await?;
    tx.commit().await?;
    view(office, &mut office.store.read().await?, &row).await
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
    ];
    for (side, before, now) in sides {
        let gone = before.iter().filter(|row| !row.active).map(|row| row.code.as_str());
        let gone: BTreeSet<&str> = gone.collect();
        let back = now.iter().filter(|row| row.active && gone.contains(row.code.as_str()));
        let subjects: Vec<String> = back.map(|row| reference_subject(side, &row.code)).collect();
        tx.resolve_causes(connection, Class::ReferenceGone.word(), &subjects, now_ms).await?;
    }
    let mut run = tx.connection_run(connection).await?;
    run.reference_data_at_ms = Some(now_ms);
    run.base_currency = Some(data.base_currency.code().to_owned());
    run.locked_until = data.locked_until;
    tx.keep_connection_run(connection, &run).await?;
    Ok(())
}

fn reference_subject(side: RemoteSide, code: &str) -> String {
    format!("{}:{code}", side.word())
}

const CLASSES: &[(&str, AccountClass)] = &[
    ("income", AccountClass::Income),
    ("expense", AccountClass::Expense),
    ("bank", AccountClass::Bank),
    ("asset", AccountClass::Asset),
    ("liability", AccountClass::Liability),
    ("equity", AccountClass::Equity),
];

fn remote_rows(data: &ReferenceData) -> RemoteRows {
    let account = |it: &providers::document::RemoteAccount| RemoteRow {
        remote_id: it.id.clone(),
        code: it.code.clone(),
        name: it.name.clone(),
        class: show::name_of(&it.class, CLASSES),
        rate: None,
        default_tax_code: it.default_tax_code.clone(),
        for_sales: it.class == AccountClass::Income,
        active: it.active,
    };
    let tax_code = |it: &providers::document::RemoteTaxCode| RemoteRow {
        remote_id: it.code.clone(),
        code: it.code.clone(),
        name: it.name.clone(),
        class: String::new(),
        rate: Some(it.rate),
        default_tax_code: None,
        for_sales: it.for_sales,
        active: it.active,
    };
    RemoteRows {
        accounts: data.accounts.iter().map(account).collect(),
        tax_codes: data.tax_codes.iter().map(tax_code).collect(),
    }
}

/// Whether something of theirs may be chosen for a kind of ours: income for services, and debts
/// too, where passed-on amounts and prepaid packages are booked; what takes payments for payment
/// methods; rates on sales for VAT codes.
pub(crate) fn fits(kind: MappedKind, theirs: &RemoteRow) -> bool {
    match kind {
        MappedKind::Service => matches!(theirs.class.as_str(), "income" | "liability"),
        MappedKind::PaymentMethod => theirs.class == "bank",
        MappedKind::TaxCode => theirs.rate.is_some() && theirs.for_sales,
    }
}

/// What of ours is what of theirs, with suggestions for what is not mapped.
pub async fn mapping(
    office: &Office,
    _: &Actor,
    request: MappingRequest,
) -> Result<MappingView, Fault> {
    let mut view = office.store.read().await?;
    let row = connecting::find(&mut view, "connection_id", &request.connection_id).await?;
    self::view(office, &mut view, &row).await
}

async fn view(
    office: &Office,
    view: &mut View,
    connection: &ConnectionRow,
) -> Result<MappingView, Fault> {
    let mut surveyed = rows::survey(office, view, connection.id).await?;
    if connection.provider == files::PROVIDER {
        // Our own codes stand in files.
        surveyed.ours.clear();
    }
    let run = view.connection_run(connection.id).await?;
    let rows: Vec<_> = surveyed.ours.iter().map(|ours| surveyed.row(ours)).collect();
    let missing = rows.iter().filter(|row| row.state != State::Mapped.word()).count();
    Ok(MappingView {
        connection_id: connection.id.to_string(),
        system: connection.provider.clone(),
        company: connection.remote_company_name.clone(),
        fetched_at: run.reference_data_at_ms.map(show::moment),
        rows,
        accounts: choices(&surveyed.remote.accounts),
        tax_codes: choices(&surveyed.remote.tax_codes),
        missing: u32::try_from(missing).unwrap_or(u32::MAX),
    })
}

const KINDS: [MappedKind; 3] =
    [MappedKind::Service, MappedKind::TaxCode, MappedKind::PaymentMethod];

fn choices(theirs: &[RemoteRow]) -> Vec<RemoteChoice> {
    let choice = |row: &RemoteRow| RemoteChoice {
        code: row.code.clone(),
        name: row.name.clone(),
        detail: row.rate.map_or_else(|| row.class.clone(), show::number),
        fits: KINDS
            .into_iter()
            .filter(|kind| fits(*kind, row))
            .map(|kind| crate::export::build::kind_word(kind).to_owned())
            .collect(),
    };
    let usable = theirs.iter().filter(|row| row.active).map(choice);
    usable.filter(|choice| !choice.fits.is_empty()).collect()
}

/// How many of ours have no usable counterpart there.
///
/// # Errors
/// What the database reports.
pub(crate) async fn unmapped(
    office: &Office,
    view: &mut View,
    connection: ConnectionId,
) -> Result<u32, Fault> {
    let surveyed = rows::survey(office, view, connection).await?;
    let open = surveyed.ours.iter().filter(|ours| surveyed.state(ours) != State::Mapped);
    Ok(u32::try_from(open.count()).unwrap_or(u32::MAX))
}

/// Sets or takes away mappings, all or none, and lets go what waited for them.
pub async fn save_mapping(
    office: &Office,
    actor: &Actor,
    request: SaveMapping,
) -> Result<MappingSaved, Fault> {
    let mut tx = office.store.begin().await?;
    let row = connecting::find_open(&mut tx, "connection_id", &request.connection_id).await?;
    let surveyed = rows::survey(office, &mut tx, row.id).await?;
    let mut facts = Vec::new();
    // By class, so that every cause is resolved once.
    let mut mended: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (place, change) in request.changes.iter().enumerate() {
        let (ours, kind) = asked(&surveyed, place, change)?;
        let before = surveyed.mapped(ours).map(str::to_owned);
        let mapping = Mapping {
            connection_id: row.id,
            kind,
            local_key: ours.local_key.clone(),
            remote_code: change.remote_code.clone().filter(|code| !code.is_empty()),
            origin: match change.from_suggestion {
                true => MappingOrigin::Suggestion,
                false => MappingOrigin::Person,
            },
        };
        if mapping.remote_code.is_some() {
            let missing = mended.entry(Class::MappingMissing.word()).or_default();
            missing.push(mapping_subject(kind, &ours.local_key));
            let gone = mended.entry(Class::ReferenceGone.word()).or_default();
            gone.extend(before.as_ref().map(|it| reference_subject(RemoteSide::of(kind), it)));
        }
        if mapping.remote_code != before {
            facts.push(FactBody::MappingSet(mapping));
        }
    }
    office.record(&mut tx, actor, facts).await?;
    let mut released = 0;
    let now_ms = office.clock.now().timestamp_millis();
    for (class, subjects) in mended {
        released += tx.resolve_causes(row.id, class, &subjects, now_ms).await?;
    }
    tx.commit().await?;
    let view = view(office, &mut office.store.read().await?, &row).await?;
    Ok(MappingSaved { released, view })
}

/// The row a change is about, where the change is one that can be made.
fn asked<'a>(
    surveyed: &'a Surveyed,
    place: usize,
    change: &MappingChange,
) -> Result<(&'a Ours, MappedKind), Fault> {
    let refused = |field: &str, rule: &str, message: &str| {
        Fault::new(Code::Invalid, message).at(format!("changes.{place}.{field}")).rule(rule)
    };
    let kind = kind_of(&change.kind)
        .ok_or_else(|| refused("kind", "choice", "This kind of thing is not mapped."))?;
    let ours = surveyed.ours.iter().find(|it| it.kind == kind && it.local_key == change.local_key);
    let ours = ours.ok_or_else(|| {
        refused("local_key", "not_there", "There is no such service, VAT code or method.")
    })?;
    if let Some(code) = change.remote_code.as_deref().filter(|code| !code.is_empty()) {
        let theirs = surveyed.theirs(kind, code).filter(|theirs| theirs.active);
        let theirs = theirs.ok_or_else(|| {
            refused("remote_code", "not_there", "There is no such account or tax rate there.")
                .with("code", code)
        })?;
        if !fits(kind, theirs) {
            let message = "This account or tax rate cannot be used for it.";
            return Err(refused("remote_code", "does_not_fit", message).with("code", code));
        }
    }
    Ok((ours, kind))
}
