//! Every package of the school, for whoever asks what is still owed in lessons.
//!
//! Never changes anything.

use super::showing::STATES;
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show::{self, name_of};
use crate::wire::packages::{ListPackages, PackageCounts, PackagePage, PackageRow};
use crate::{listing, typed};
use chrono::Days;
use store::{PackageColumn, PackageFilter, PackageRest, PackageShelf};

const SHELVES: &[(&str, PackageShelf)] = &[
    ("all", PackageShelf::All),
    ("active", PackageShelf::Active),
    ("expiring", PackageShelf::Expiring),
    ("owed", PackageShelf::Owed),
    ("used_up", PackageShelf::UsedUp),
    ("expired", PackageShelf::Expired),
    ("closed", PackageShelf::Closed),
];

const COLUMNS: &[(&str, PackageColumn)] = &[
    ("student", PackageColumn::Student),
    ("name", PackageColumn::Package),
    ("opened_on", PackageColumn::OpenedOn),
    ("valid_until", PackageColumn::ValidUntil),
    ("left", PackageColumn::Left),
    ("worth", PackageColumn::Worth),
];

/// Further ahead nothing is soon.
const MOST_DAYS: u32 = 3_660;

fn filter(office: &Office, request: &ListPackages) -> Result<PackageFilter, Fault> {
    if request.within_days > MOST_DAYS {
        let fault = Fault::new(Code::Invalid, "This is too far ahead.");
        return Err(fault.at("within_days").rule("too_large"));
    }
    let today = office.today();
    let soon = today.checked_add_days(Days::new(request.within_days.into())).unwrap_or(today);
    Ok(PackageFilter {
        shelf: typed::one_of("shelf", &request.shelf, SHELVES)?,
        query: typed::text("query", &request.query, typed::SHORT)?,
        department_id: typed::optional_id("department_id", request.department_id.as_deref())?,
        today,
        soon,
    })
}

/// A page of packages with the counts of every part of the list, and what is owed to students.
pub async fn list_packages(
    office: &Office,
    _: &Actor,
    request: ListPackages,
) -> Result<PackagePage, Fault> {
    let filter = filter(office, &request)?;
    let order = listing::order(request.order.as_ref(), COLUMNS)?;
    let mut view = office.store.read().await?;
    let page = view.list_packages(&filter, order, listing::window(&request.window)).await?;
    let counts = view.package_counts(&filter).await?;
    Ok(PackagePage {
        rows: page.rows.into_iter().map(row).collect(),
        total: page.total,
        owed: page.owed.into(),
        lapsed: page.lapsed.into(),
        counts: PackageCounts {
            all: counts.all,
            active: counts.active,
            expiring: counts.expiring,
            owed: counts.owed,
            used_up: counts.used_up,
            expired: counts.expired,
            closed: counts.closed,
        },
    })
}

fn row(row: store::PackageRow) -> PackageRow {
    let (lessons, amounts) = match row.rest {
        PackageRest::Lessons { held, left } => ((show::number(held), show::number(left)), None),
        PackageRest::Amount { held, left } => (Default::default(), Some((held, left))),
    };
    let (invoice_id, invoice_number) = row.invoice;
    PackageRow {
        id: row.id.to_string(),
        name: row.name,
        student_id: row.student_id.to_string(),
        student: row.student,
        student_number: row.student_number,
        department: row.department,
        invoice_id: invoice_id.to_string(),
        invoice_number,
        state: name_of(&row.state, STATES),
        opened_on: row.opened_on.to_string(),
        valid_until: row.valid_until.map(|day| day.to_string()),
        lessons_left: lessons.1,
        lessons_total: lessons.0,
        amount_left: amounts.map(|(_, left)| left.into()),
        amount_total: amounts.map(|(held, _)| held.into()),
        worth: row.worth.into(),
    }
}
