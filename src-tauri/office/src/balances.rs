//! Who owes what: accounts, ageing, the figures of the home page.
//!
//! Never a number without the rows that make it.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::balances::{
    AccountRow, AccountView, AgeingRequest, AgeingStudent, AgeingView, HomeView, StudentAccount,
};
use crate::wire::common::Nothing;
use crate::{invoices, students, typed};
use chrono::NaiveDate;
use finance::Money;
use finance::ageing::Buckets;
use finance::ids::StudentId;
use std::collections::BTreeMap;
use store::{AccountKind, AgeBy, AgeingQuestion};
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
        let (kind, label) = match entry.kind {
            AccountKind::Invoice => ("invoice", entry.label),
            AccountKind::CreditNote => ("credit_note", entry.label),
            AccountKind::Payment => ("payment", invoices::method_name(&entry.label, &methods)),
            AccountKind::Reversal => ("reversal", invoices::method_name(&entry.label, &methods)),
            AccountKind::Refund => ("refund", invoices::method_name(&entry.label, &methods)),
            AccountKind::WriteOff => ("write_off", entry.label),
            AccountKind::WriteOffReleased => ("write_off_released", entry.label),
        };
        rows.push(AccountRow {
            kind: kind.to_owned(),
            id: entry.id.to_string(),
            label,
            date: entry.date.to_string(),
            due_date: entry.due_date.map(|own| due_by.get(&entry.id).unwrap_or(&own).to_string()),
            amount: entry.amount.into(),
            left: entry.left.into(),
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

/// Every student with debt or credit on a day, by age.
pub async fn ageing(
    office: &Office,
    _: &Actor,
    request: AgeingRequest,
) -> Result<AgeingView, Fault> {
    let buckets = if request.buckets.is_empty() {
        Buckets::default()
    } else {
        Buckets::new(request.buckets).map_err(|_| {
            Fault::new(Code::Invalid, "Buckets are one to eight rising numbers of days.")
                .at("buckets")
                .rule("buckets")
        })?
    };
    let question = AgeingQuestion {
        as_of: typed::date("as_of", &request.as_of)?,
        by: typed::one_of("by", &request.by, &[("due", AgeBy::Due), ("issue", AgeBy::Issue)])?,
        buckets: buckets.clone(),
        department_id: typed::optional_id("department_id", request.department_id.as_deref())?,
    };
    let mut view = office.store.read().await?;
    let students = view.ageing(&question).await?;
    let zero = Money::zero(office.school.currency);
    let (mut columns, mut credit, mut balance) = (vec![zero; buckets.columns()], zero, zero);
    for student in &students {
        for (sum, column) in columns.iter_mut().zip(&student.amounts.columns) {
            *sum = sum.plus(*column)?;
        }
        credit = credit.plus(student.amounts.credit)?;
        balance = balance.plus(student.amounts.balance)?;
    }
    Ok(AgeingView {
        as_of: question.as_of.to_string(),
        buckets: buckets.ends().to_vec(),
        rows: students.into_iter().map(ageing_row).collect(),
        columns: columns.into_iter().map(Into::into).collect(),
        credit: credit.into(),
        balance: balance.into(),
    })
}

fn ageing_row(student: store::AgeingStudent) -> AgeingStudent {
    AgeingStudent {
        student_id: student.student_id.to_string(),
        number: student.number,
        name: student.name,
        columns: student.amounts.columns.into_iter().map(Into::into).collect(),
        credit: student.amounts.credit.into(),
        balance: student.amounts.balance.into(),
    }
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
