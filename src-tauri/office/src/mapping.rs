//! Mapping: which account, tax rate and tracking option there stands for which service, VAT code,
//! payment method, currency and department of ours, for the school and where a department does it otherwise,
//! and rules for what is booked otherwise than that.
//!
//! Never maps by itself: suggestions wait for a person.

mod booked;
mod currencies;
mod reading;
mod rehearsal;
pub(crate) mod rows;
mod ruled;
mod rules;
mod saving;
mod similar;
mod state;
mod suggest;
mod versions;
mod words;

pub(crate) use reading::read_by_itself;
pub use reading::refresh_reference_data;
pub use rehearsal::rehearse_mapping;
pub use rules::{mapping_rules, save_mapping_rules};
pub use saving::save_mapping;
pub use versions::{mapping_versions, roll_back_mapping};

use crate::actor::Actor;
use crate::connecting;
use crate::export::codes::{RemoteSide, kind_word};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::mapping::{MappingDepartment, MappingRequest, MappingView, RemoteChoice};
use crate::{show, typed};
use finance::ids::ConnectionId;
use finance::mapping::MappedKind;
use rows::Level;
use store::exports::RemoteRow;
use store::{ConnectionRow, View};

/// Whether something of theirs, from the list a kind of ours is mapped into, may be chosen: income
/// for services, and debts too, where passed-on amounts and prepaid packages are booked; what takes
/// payments for payment methods; rates on sales for VAT codes.
pub(crate) fn fits(kind: MappedKind, theirs: &RemoteRow) -> bool {
    match kind {
        MappedKind::Service => matches!(theirs.class.as_str(), "income" | "liability"),
        MappedKind::PaymentMethod => matches!(theirs.class.as_str(), "bank" | "clearing"),
        // `survey` leaves only what journal entries may name.
        MappedKind::LedgerAccount => true,
        MappedKind::TaxCode => theirs.rate.is_some() && theirs.for_sales,
        MappedKind::Department
        | MappedKind::Customer
        | MappedKind::Currency
        | MappedKind::CustomField => true,
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
    let level = level(&mut view, request.department_id.as_deref()).await?;
    self::view(office, &mut view, &row, level).await
}

/// The level a request names: the school, or a department that there is.
async fn level(view: &mut View, department: Option<&str>) -> Result<Level, Fault> {
    let id = typed::optional_id("department_id", department)?;
    let departments = view.departments().await?;
    if id.is_some_and(|id| departments.iter().all(|it| it.id != id)) {
        let fault = Fault::new(Code::NotFound, "There is no such department.");
        return Err(fault.at("department_id").rule("not_there"));
    }
    Ok(id)
}

async fn view(
    office: &Office,
    view: &mut View,
    connection: &ConnectionRow,
    level: Level,
) -> Result<MappingView, Fault> {
    let surveyed = rows::survey(office, view, connection.id, level).await?;
    let kinds = booked::kinds(connection);
    let run = view.connection_run(connection.id).await?;
    let rows: Vec<_> = surveyed.ours.iter().map(|ours| surveyed.row(ours)).collect();
    let missing = surveyed.ours.iter().filter(|ours| surveyed.is_lacking(ours)).count();
    let departments = view.departments().await?.into_iter().map(|department| MappingDepartment {
        own: u32::try_from(surveyed.own(department.id)).unwrap_or(u32::MAX),
        id: department.id.to_string(),
        name: department.name,
    });
    Ok(MappingView {
        connection_id: connection.id.to_string(),
        department_id: level.map(|id| id.to_string()),
        departments: departments.collect(),
        system: connection.provider.clone(),
        company: connection.remote_company_name.clone(),
        fetched_at: run.reference_data_at_ms.map(show::moment),
        rows,
        accounts: choices(kinds, RemoteSide::Account, &surveyed.remote.accounts),
        tax_codes: choices(kinds, RemoteSide::TaxCode, &surveyed.remote.tax_codes),
        tracking: choices(kinds, RemoteSide::Tracking, &surveyed.remote.tracking),
        customers: choices(kinds, RemoteSide::Customer, &surveyed.customers),
        fields: choices(kinds, RemoteSide::Field, &surveyed.remote.fields),
        booking: connection.booking.word().to_owned(),
        missing: u32::try_from(missing).unwrap_or(u32::MAX),
        rules: u32::try_from(surveyed.rules_at(level).len()).unwrap_or(u32::MAX),
    })
}

fn choices(kinds: &[MappedKind], side: RemoteSide, theirs: &[RemoteRow]) -> Vec<RemoteChoice> {
    let choice = |row: &RemoteRow| RemoteChoice {
        code: row.code.clone(),
        name: row.name.clone(),
        detail: row.rate.map_or_else(|| row.class.clone(), show::number),
        fits: kinds
            .iter()
            .filter(|kind| RemoteSide::of(**kind) == side && fits(**kind, row))
            .map(|kind| kind_word(*kind).to_owned())
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
    let surveyed = rows::survey(office, view, connection, None).await?;
    let open = surveyed.ours.iter().filter(|ours| surveyed.is_lacking(ours));
    Ok(u32::try_from(open.count()).unwrap_or(u32::MAX))
}
