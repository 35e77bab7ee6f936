//! A report beside ours as a CSV file.
//!
//! Never another figure than the screen shows: both ask the same use case.

use super::provider_report;
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::papers;
use crate::wire::common::{MadeFile, Money};
use crate::wire::provider_reports::{ProviderReportFile, ProviderReportRequest, ProviderReportRow};
use documents::csv_out::{self, Cell};
use finance::Currency;

const COLUMNS: &[&str] = &["section", "account", "currency", "ours", "theirs", "difference"];

/// Writes a report that was read.
pub async fn provider_report_file(
    office: &Office,
    actor: &Actor,
    request: ProviderReportFile,
) -> Result<MadeFile, Fault> {
    let view = provider_report(office, actor, ProviderReportRequest { id: request.id }).await?;
    let rows = view.rows.into_iter().map(|row| cells(row, office.school.currency));
    let made = csv_out::table(COLUMNS, rows.collect::<Vec<_>>(), true)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let kind = view.head.kind.replace('_', "-");
    let name = format!("Kontor-{kind}-{}-{}.csv", view.system.replace(' ', "-"), view.head.to);
    papers::give(office, &request.wish, &name, &made.bytes)
}

fn cells(row: ProviderReportRow, own: Currency) -> Vec<Cell<'static>> {
    let currency = row.theirs.as_ref().or(row.ours.as_ref()).map_or(own, |it| it.0.currency());
    let amount = |of: Option<Money>| {
        of.map_or_else(|| text(String::new()), |money| Cell::Amount(money.0.amount()))
    };
    vec![
        text(row.section),
        text(row.name),
        text(currency.code().to_owned()),
        amount(row.ours),
        amount(row.theirs),
        amount(row.difference),
    ]
}

fn text(text: String) -> Cell<'static> {
    Cell::Text(std::borrow::Cow::Owned(text))
}
