//! Who owes what: accounts and the figures of the home page.
//!
//! Never a number without the rows that make it.

use crate::actor::Actor;
use crate::fault::Fault;
use crate::office::Office;
use crate::show::name_of;
use crate::wire::balances::{AccountRow, AccountView, HomeView, StudentAccount};
use crate::wire::common::Nothing;
use crate::{statements, students, typed};
use chrono::NaiveDate;
use finance::Money;
use finance::ids::StudentId;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The rows that make a student's balance.
pub async fn student_account(
    office: &Office,
    _: &Actor,
    request: StudentAccount,
) -> Result<AccountView, Fault> {
    account(office, typed::id("student_id", &request.student_id)?).await
}

pub(crate) async fn account(office: &Office, id: StudentId) -> Result<AccountView, Fault> {
    let mut view = office.store.read().await?;
    let student = students::demand(&mut view, id, office).await?;
    let methods = view.payment_methods().await?;
    // What is open is due by its payment plan while that is kept.
    let open = view.open_items(id, office.today()).await?;
    let due_by: BTreeMap<Uuid, NaiveDate> =
        open.into_iter().map(|item| (item.invoice_id.0, item.due_date)).collect();
    let mut running = Money::zero(office.school.currency);
    let mut rows = Vec::new();
    for entry in view.student_account(id).await? {
        running = running.plus(entry.amount)?;
        let label = statements::entry_label(&entry, &methods);
        rows.push(AccountRow {
            kind: name_of(&entry.kind, statements::KINDS),
            id: entry.id.to_string(),
            label,
            date: entry.date.to_string(),
            due_date: entry.due_date.map(|own| due_by.get(&entry.id).unwrap_or(&own).to_string()),
            amount: entry.amount.into(),
            left: entry.left.into(),
            foreign: entry.foreign.map(Into::into),
            running: running.into(),
        });
    }
    Ok(AccountView {
        rows,
        open: student.open.into(),
        credit: student.credit.into(),
        balance: student.balance.into(),
    })
}

/// The figures of the home page.
pub async fn home(office: &Office, _: &Actor, _: Nothing) -> Result<HomeView, Fault> {
    let mut view = office.store.read().await?;
    let today = office.today();
    let figures = view.home_figures(today).await?;
    let counts = view.invoice_counts(&store::DocumentFilter::default(), today).await?;
    Ok(HomeView {
        overdue: figures.overdue.amount.into(),
        overdue_count: figures.overdue.count,
        due_this_week: figures.due_this_week.amount.into(),
        due_this_week_count: figures.due_this_week.count,
        received_this_month: figures.received_this_month.amount.into(),
        received_this_month_count: figures.received_this_month.count,
        unallocated: figures.unallocated.amount.into(),
        unallocated_count: figures.unallocated.count,
        unbilled: figures.unbilled.amount.into(),
        unbilled_count: figures.unbilled.count,
        needs_attention: counts.export_failed,
        drafts: figures.drafts,
        as_of: crate::show::moment(office.clock.now().timestamp_millis()),
    })
}
