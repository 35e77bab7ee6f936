//! Their report with ours beside it, account by account of the mapping.
//!
//! Never compares what the mapping does not name: what else stands in their books is not ours.

use super::head;
use crate::fault::Fault;
use crate::office::Office;
use crate::wire::provider_reports::{ProviderReportRow, ProviderReportView};
use chrono::NaiveDate;
use finance::Money;
use finance::ids::DepartmentId;
use finance::mapping::MappedKind;
use finance::money::MoneyError;
use providers::report::ReportKind;
use std::collections::{BTreeMap, HashMap};
use store::{BookedThere, ReportLine, ReportSnapshot, View};

/// Ours by their codes, and what has no code any more.
#[derive(Default)]
struct Ours {
    by_code: BTreeMap<String, Money>,
    unplaced: Option<Money>,
}

/// A report beside ours, as both stand: theirs when it was read, ours now.
///
/// # Errors
/// What the database reports, or a sum beyond what money can hold.
pub async fn set(
    office: &Office,
    view: &mut View,
    snapshot: &ReportSnapshot,
    lines: &[ReportLine],
    system: String,
) -> Result<ProviderReportView, Fault> {
    let is_foreign = snapshot.currency != office.school.currency;
    let ours = if is_foreign { Ours::default() } else { ours(view, snapshot).await? };
    let mut left = ours.by_code;
    let mut rows = Vec::with_capacity(lines.len());
    for line in lines {
        let mut own = None;
        for amount in line.codes.iter().filter_map(|code| left.remove(code)) {
            own = Some(added(own, amount)?);
        }
        rows.push(row(&line.section, &line.name, Some(line.amount), own, line.is_sum)?);
    }
    // What is mapped onto an account that the report leaves out, because nothing stands there.
    for (code, amount) in left.into_iter().filter(|(_, amount)| !amount.is_zero()) {
        rows.push(row("", &code, None, Some(amount), false)?);
    }
    let compared = rows.iter().filter(|row| row.ours.is_some());
    let differs =
        |row: &&ProviderReportRow| row.difference.as_ref().is_some_and(|it| !it.0.is_zero());
    Ok(ProviderReportView {
        head: head(snapshot),
        system,
        compared: count(compared.clone()),
        differing: count(compared.filter(differs)),
        is_foreign,
        unplaced: ours.unplaced.filter(|amount| !amount.is_zero()).map(Into::into),
        rows,
    })
}

fn count<'a>(rows: impl Iterator<Item = &'a ProviderReportRow>) -> u32 {
    u32::try_from(rows.count()).unwrap_or(u32::MAX)
}

fn row(
    section: &str,
    name: &str,
    theirs: Option<Money>,
    ours: Option<Money>,
    is_sum: bool,
) -> Result<ProviderReportRow, MoneyError> {
    let difference = match (ours, theirs) {
        (Some(ours), Some(theirs)) => Some(ours.minus(theirs)?),
        (Some(ours), None) => Some(ours),
        (None, _) => None,
    };
    Ok(ProviderReportRow {
        section: section.to_owned(),
        name: name.to_owned(),
        theirs: theirs.map(Into::into),
        ours: ours.map(Into::into),
        difference: difference.map(Into::into),
        is_sum,
    })
}

fn added(sum: Option<Money>, amount: Money) -> Result<Money, MoneyError> {
    sum.map_or(Ok(amount), |sum| sum.plus(amount))
}

/// What of ours stood in their books when the report was read, with the sign that the report gives it.
async fn ours(view: &mut View, of: &ReportSnapshot) -> Result<Ours, Fault> {
    let kind = ReportKind::ALL.into_iter().find(|kind| kind.word() == of.kind);
    let Some(kind) = kind else { return Ok(Ours::default()) };
    let mappings = view.mappings(of.connection).await?.into_iter();
    let mapped: Mapped = mappings
        .filter_map(|it| Some(((it.department_id, it.kind, it.local_key), it.remote_code?)))
        .collect();
    let mut ours = Ours::default();
    let of_days = (of.from, of.to);
    let (sold, paid) = match kind {
        // Their accounts of income are credits, and a bank stands at all that ever went through it.
        ReportKind::TrialBalance => (Some(true), Some((NaiveDate::MIN, of.to))),
        ReportKind::ProfitAndLoss => (Some(false), None),
        ReportKind::BalanceSheet => (None, Some((NaiveDate::MIN, of.to))),
        ReportKind::GeneralLedger => (Some(false), Some(of_days)),
        // It tells of what changed, and of no account that is mapped.
        ReportKind::CashFlow => (None, None),
    };
    if let Some(is_credit) = sold {
        let service = MappedKind::Service;
        let sold = view.booked_there(of.connection, service, of_days, of.read_at_ms).await?;
        let sold = sold.into_iter().map(|it| BookedThere {
            amount: if is_credit { it.amount.negated() } else { it.amount },
            ..it
        });
        ours.place(&mapped, service, sold)?;
    }
    if let Some(span) = paid {
        let method = MappedKind::PaymentMethod;
        let paid = view.booked_there(of.connection, method, span, of.read_at_ms).await?;
        ours.place(&mapped, method, paid.into_iter())?;
    }
    Ok(ours)
}

type Mapped = HashMap<(Option<DepartmentId>, MappedKind, String), String>;

impl Ours {
    /// Adds amounts to the codes that they are mapped onto: by their department, else the school.
    fn place(
        &mut self,
        mapped: &Mapped,
        kind: MappedKind,
        booked: impl Iterator<Item = BookedThere>,
    ) -> Result<(), MoneyError> {
        for it in booked {
            let at = |level| mapped.get(&(level, kind, it.key.clone()));
            match at(it.department).or_else(|| at(None)) {
                Some(code) => {
                    let sum = added(self.by_code.get(code).copied(), it.amount)?;
                    self.by_code.insert(code.clone(), sum);
                }
                None => self.unplaced = Some(added(self.unplaced, it.amount)?),
            }
        }
        Ok(())
    }
}
