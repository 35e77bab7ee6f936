//! A payment plan as a letter.
//!
//! Never prints a plan that no longer holds: what it says would not be so.

use super::listing::demand;
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::MadeFile;
use crate::wire::plans::PlanPaper;
use crate::{invoices, papers, students, typed};
use documents::{AgreedInstalment, AgreedInvoice, Agreement};
use finance::Money;
use store::{PlanRow, View};

/// The letter that confirms a plan to whoever pays.
pub async fn plan_paper(office: &Office, _: &Actor, request: PlanPaper) -> Result<MadeFile, Fault> {
    let mut view = office.store.read().await?;
    let row = demand(&mut view, typed::id("id", &request.id)?).await?;
    let letter = letter(&mut view, office, &row).await?;
    drop(view);
    let name = format!("{}-{}-{}", letter.title(), row.student_number, row.plan.agreed_on);
    papers::give_all(office, &request.wish, &name, vec![letter]).await
}

async fn letter(view: &mut View, office: &Office, row: &PlanRow) -> Result<Agreement, Fault> {
    let Some(standing) = &row.standing else {
        let fault = Fault::new(Code::WrongState, "The plan does not hold any more.");
        return Err(fault.rule("plan_over"));
    };
    let zero = Money::zero(row.total.currency());
    let student = students::demand(view, row.plan.student_id, office).await?.student;
    let mut agreed = Vec::with_capacity(row.plan.invoices.len());
    for planned in &row.plan.invoices {
        let invoice = invoices::demand(view, planned.invoice_id).await?.invoice;
        agreed.push(AgreedInvoice {
            number: invoice.number.text,
            due_date: invoice.due_date,
            planned: planned.amount,
            payment_reference: invoice.payment_reference,
        });
    }
    let mut instalments = Vec::with_capacity(row.plan.instalments.len());
    for (place, instalment) in (1..).zip(&row.plan.instalments) {
        let open = standing.open_of(place, zero)?;
        let (due_date, amount) = (instalment.due_date, instalment.amount);
        instalments.push(AgreedInstalment { due_date, amount, open });
    }
    Ok(Agreement {
        language: papers::language(office),
        seller: office.school.seller.clone(),
        person: student.person,
        student_number: student.number,
        agreed_on: row.plan.agreed_on,
        invoices: agreed,
        open: Money::sum(zero.currency(), instalments.iter().map(|one| one.open))?,
        instalments,
        total: row.total,
        grace_days: row.plan.grace_days,
    })
}
