//! Reports: what was invoiced, owed, taxed and taken, and the rows behind every figure.
//!
//! Never adds amounts of two currencies: each currency has a part of its own.

mod debt;
mod files;
mod recent;
mod revenue;
mod rows;
mod takings;
mod vat;

pub use debt::debt_over_time;
pub use files::report_file;
pub use recent::recent_activity;
pub use revenue::revenue;
pub(crate) use rows::among;
pub use rows::{list_sales, list_takings};
pub use takings::takings;
pub use vat::vat_summary;

use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::reports::{ChartAxis, ChartTick};
use finance::period::{Every, Period};
use finance::scale::Scale;
use finance::{Currency, Money};

/// Names of the lengths of a part.
const EVERY: &[(&str, Every)] = &[
    ("whole", Every::Whole),
    ("day", Every::Day),
    ("week", Every::Week),
    ("month", Every::Month),
    ("two_months", Every::TwoMonths),
    ("quarter", Every::Quarter),
    ("year", Every::Year),
];

/// The most parts of a report: every day of a year and a day.
const MOST_PARTS: usize = 366;

/// A period as it was asked for.
fn period(from: &str, to: &str) -> Result<Period, Fault> {
    let (first, last) = (typed::date("from", from)?, typed::date("to", to)?);
    Period::new(first, last).ok_or_else(|| {
        let fault = Fault::new(Code::Invalid, "The period ends before it begins.");
        fault.at("to").rule("period")
    })
}

/// The parts of a period.
fn parts(period: Period, every: Every) -> Result<Vec<Period>, Fault> {
    let parts = period.parts(every);
    if parts.len() > MOST_PARTS {
        let fault = Fault::new(Code::Invalid, "The period has too many parts of this length.");
        return Err(fault.at("to").rule("too_many_parts"));
    }
    Ok(parts)
}

/// Where a day lies among parts that follow each other.
fn place(parts: &[Period], day: chrono::NaiveDate) -> Option<usize> {
    let at = parts.partition_point(|part| part.to < day);
    parts.get(at).filter(|part| part.holds(day)).map(|_| at)
}

fn axis(scale: Scale, currency: Currency) -> ChartAxis {
    let tick = |minor| ChartTick {
        amount: Money::from_minor(minor, currency).into(),
        at: scale.at(minor),
    };
    ChartAxis { ticks: scale.ticks().into_iter().map(tick).collect(), zero: scale.at(0) }
}

/// The currencies of a report: the school's own first, also where it has nothing to say.
fn currencies(office: &Office, found: impl Iterator<Item = Currency>) -> Vec<Currency> {
    let own = office.school.currency;
    let mut others: Vec<Currency> = found.filter(|currency| *currency != own).collect();
    others.sort_by(|a, b| a.code().cmp(b.code()));
    others.dedup();
    std::iter::once(own).chain(others).collect()
}
