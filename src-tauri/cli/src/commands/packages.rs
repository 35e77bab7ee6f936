//! What students bought ahead: looking at it, drawing by hand, giving back; and what must be paid
//! before something is booked.
//!
//! Never draws more than is left: the office refuses.

use super::{new_id, today};
use crate::answer::Answer;
use crate::ask::Asker;
use crate::find;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::wire::common::Window;
use office::wire::packages::{
    DrawPackage, EntitlementRow, EntitlementView, ExtendPackage, ListPackages, MilestoneCheck,
    MilestonesRequest, PackagePage, ReturnDraw, StudentPackages, StudentPackagesRequest,
};
use office::wire::services::{ListServices, ServiceList};
use office::{Code, Fault};

/// What is asked about packages.
#[derive(Subcommand)]
pub enum Packages {
    /// Show what a student bought ahead, with every row that makes what is left
    List(Of),
    /// Take something out of a package
    Draw(Draw),
    /// Give a draw back
    Return(Return),
    /// Give a package a later last day, also one that has expired
    Extend(Extend),
    /// List the packages of all students, with what is still owed in lessons
    All(All),
    /// Show what must be paid before a student's next lesson, or before a service
    Milestones(Check),
}

/// Whose.
#[derive(Args)]
pub struct Of {
    /// Number or id of the student
    student: String,
}

/// What is taken.
#[derive(Args)]
pub struct Draw {
    /// Id of the package, see `packages list`
    package: String,
    /// Code of the service that was held
    #[arg(long)]
    service: String,
    /// How many lessons, where the package holds lessons
    #[arg(long, default_value = "", hide_default_value = true)]
    quantity: String,
    /// How much, where the package holds an amount
    #[arg(long, default_value = "", hide_default_value = true)]
    amount: String,
    /// The day, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// The booking it is for, as the booking system names it
    #[arg(long, default_value = "", hide_default_value = true)]
    booking: String,
    /// A note
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    /// Identity of this draw: sent twice with the same one, it is drawn once
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
}

/// What is given back.
#[derive(Args)]
pub struct Return {
    /// Id of the draw, see `packages list`
    draw: String,
    /// The day, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DAY")]
    on: Option<String>,
    /// Why
    #[arg(long)]
    reason: String,
}

/// What lasts longer.
#[derive(Args)]
pub struct Extend {
    /// Id of the package, see `packages list`
    package: String,
    /// The new last day, YYYY-MM-DD: later than the one it has
    #[arg(long, value_name = "DAY")]
    until: String,
    /// Why
    #[arg(long)]
    reason: String,
    /// Identity of this extension: sent twice with the same one, it is given once
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
}

/// Which packages of the school.
#[derive(Args)]
pub struct All {
    /// Part of a student's name or number
    #[arg(default_value = "", hide_default_value = true)]
    query: String,
    /// Which: all, active, expiring, owed, used_up, expired or closed
    #[arg(long, default_value = "active")]
    shelf: String,
    /// With --shelf expiring: so many days ahead
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    within: u32,
    /// Rows to leave out
    #[arg(long, default_value_t = 0)]
    offset: u32,
    /// Rows to show, at most 500
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

/// What is to be booked.
#[derive(Args)]
pub struct Check {
    /// Number or id of the student
    student: String,
    /// Code of the service [default: the next lesson]
    #[arg(long)]
    service: Option<String>,
}

/// Answers about packages.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Packages) -> Result<Answer, Fault> {
    match command {
        Packages::List(of) => {
            let student_id = find::student(asker, &of.student).await?;
            let request = StudentPackagesRequest { student_id };
            shown(&asker.ask("student_packages", request).await?)
        }
        Packages::Draw(wish) => draw(asker, wish).await,
        Packages::Return(wish) => give_back(asker, wish).await,
        Packages::Extend(wish) => extend(asker, wish).await,
        Packages::All(wish) => all(asker, wish).await,
        Packages::Milestones(wish) => milestones(asker, wish).await,
    }
}

async fn draw(asker: &Asker, wish: Draw) -> Result<Answer, Fault> {
    let on = match wish.on {
        Some(day) => day,
        None => today(asker).await?,
    };
    let request = DrawPackage {
        id: wish.id.unwrap_or_else(new_id),
        entitlement_id: wish.package,
        service_id: service(asker, &wish.service).await?,
        quantity: wish.quantity,
        amount: wish.amount,
        on,
        booking: wish.booking,
        note: wish.note,
    };
    shown(&asker.ask("draw_package", request).await?)
}

async fn give_back(asker: &Asker, wish: Return) -> Result<Answer, Fault> {
    let on = match wish.on {
        Some(day) => day,
        None => today(asker).await?,
    };
    let request = ReturnDraw { draw_id: wish.draw, on, reason: wish.reason };
    shown(&asker.ask("return_draw", request).await?)
}

async fn extend(asker: &Asker, wish: Extend) -> Result<Answer, Fault> {
    let request = ExtendPackage {
        id: wish.id.unwrap_or_else(new_id),
        entitlement_id: wish.package,
        until: wish.until,
        reason: wish.reason,
    };
    shown(&asker.ask("extend_package", request).await?)
}

async fn all(asker: &Asker, wish: All) -> Result<Answer, Fault> {
    let request = ListPackages {
        shelf: wish.shelf,
        query: wish.query,
        department_id: None,
        within_days: wish.within,
        order: None,
        window: Window { offset: wish.offset, limit: wish.limit },
    };
    let page: PackagePage = asker.ask("list_packages", request).await?;
    let headings =
        ["Package", "Student", "Bought", "Valid until", "State", ">Left", ">Worth", "Id"];
    let table = Table::new(headings).rows(&page.rows, |row| {
        let amount = row.amount_left.as_ref().map(|left| left.0.plain());
        vec![
            row.name.clone(),
            format!("{} {}", row.student_number, row.student),
            row.opened_on.clone(),
            row.valid_until.clone().unwrap_or_default(),
            row.state.clone(),
            amount.unwrap_or_else(|| row.lessons_left.clone()),
            row.worth.0.plain(),
            row.id.clone(),
        ]
    });
    let facts = show::facts(&[
        ("Packages", page.total.to_string()),
        ("Owed in lessons", page.owed.0.plain()),
        ("Lapsed", page.lapsed.0.plain()),
    ]);
    Answer::new(&page, format!("{}\n\n{facts}", table.text()))
}

/// The id of a service by its code.
async fn service(asker: &Asker, code: &str) -> Result<String, Fault> {
    let request = ListServices { query: code.to_owned(), include_inactive: true };
    let list: ServiceList = asker.ask("list_services", request).await?;
    let found = list.rows.into_iter().find(|row| row.code.eq_ignore_ascii_case(code));
    let missing = || Fault::new(Code::NotFound, format!("There is no service {code:?}."));
    found.map(|row| row.id).ok_or_else(|| missing().rule("service"))
}

fn shown(packages: &StudentPackages) -> Result<Answer, Fault> {
    let mut text = show::facts(&[
        ("Lessons left", format!("{} of {}", packages.lessons_left, packages.lessons_total)),
        ("Amount left", packages.amount_left.0.plain()),
        ("Worth", packages.worth.0.plain()),
        ("Credit", packages.credit.0.plain()),
        ("Valid until", packages.valid_until.clone().unwrap_or_default()),
    ]);
    for package in &packages.entitlements {
        text.push_str("\n\n");
        text.push_str(&one(package));
    }
    Answer::new(packages, text)
}

fn one(package: &EntitlementView) -> String {
    let numbers: Vec<&str> = package.invoices.iter().map(|sold| sold.number.as_str()).collect();
    let facts = show::facts(&[
        ("Package", package.name.clone()),
        ("Id", package.id.clone()),
        ("State", package.state.clone()),
        ("Invoice", numbers.join(", ")),
        ("Valid until", package.valid_until.clone().unwrap_or_default()),
        ("Worth", package.worth.0.plain()),
    ]);
    let rows = Table::new(["Day", "What", "Service", ">Moved", ">Left", "Booking", "Note", "Draw"])
        .rows(&package.rows, cells);
    format!("{facts}\n{}", rows.text())
}

fn cells(row: &EntitlementRow) -> Vec<String> {
    let moved = row.amount.as_ref().map_or_else(|| row.lessons.clone(), |a| a.0.plain());
    let left = row.left_amount.as_ref().map_or_else(|| row.left.clone(), |a| a.0.plain());
    vec![
        row.on.clone(),
        row.kind.clone(),
        row.service.clone(),
        moved,
        left,
        row.booking.clone(),
        row.note.clone(),
        row.draw_id.clone().unwrap_or_default(),
    ]
}

async fn milestones(asker: &Asker, wish: Check) -> Result<Answer, Fault> {
    let service_id = match &wish.service {
        Some(code) => Some(service(asker, code).await?),
        None => None,
    };
    let student_id = find::student(asker, &wish.student).await?;
    let check: MilestoneCheck =
        asker.ask("milestones", MilestonesRequest { student_id, service_id }).await?;
    let headings = ["Milestone", "Before", "State", ">Needed", ">Missing", "Waived because"];
    let table = Table::new(headings).rows(&check.rows, |row| {
        let milestone = &row.milestone;
        let lesson = milestone.lesson.map(|number| format!("lesson {number}"));
        let before = [lesson.unwrap_or_default(), milestone.service.clone()].join(" ");
        vec![
            milestone.name.clone(),
            before.trim().to_owned(),
            row.state.clone(),
            milestone.amount.0.plain(),
            row.missing.0.plain(),
            row.reason.clone().unwrap_or_default(),
        ]
    });
    Answer::new(&check, format!("Paid {}\n\n{}", check.paid.0.plain(), table.text()))
}
