//! Payment plans: trying one out, agreeing and ending it.
//!
//! Never edits a plan: a change is a later plan that takes its place. What follows for due dates is
//! worked out by the store from the plan and from what is open.

mod letters;
mod listing;

pub use letters::plan_paper;
pub use listing::{find_plan, list_plans};

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::plans::{
    EndPlan, InstalmentInput, PlanPreview, PlanView, PlanWish, PlannableInvoice, SplitWish,
};
use crate::{invoices, students, typed};
use finance::allocation::OpenItem;
use finance::fact::FactBody;
use finance::ids::{InvoiceId, PlanId, StudentId};
use finance::instalments::{
    self, Instalment, PaymentPlan, PlanEnd, PlanRejection, PlannedInvoice, Remainder, Rhythm,
};
use finance::{Currency, Money};
use std::collections::BTreeMap;
use store::{PlanFilter, PlanRow, PlanShelf, View, Window};

const RHYTHMS: &[(&str, Rhythm)] = &[
    ("weekly", Rhythm::Weekly),
    ("fortnightly", Rhythm::Fortnightly),
    ("monthly", Rhythm::Monthly),
];
const REMAINDERS: &[(&str, Remainder)] = &[("first", Remainder::First), ("last", Remainder::Last)];

/// A refusal in the office's codes.
fn refused(rejection: &PlanRejection) -> Fault {
    let fault = Fault::new(Code::CannotPlan, rejection.to_string());
    let at = |place: &usize, part: &str| format!("instalments.{}.{part}", place - 1);
    match rejection {
        PlanRejection::Invoices => fault.rule("invoices").at("invoice_ids"),
        PlanRejection::WrongInvoice { invoice } => {
            fault.rule("wrong_invoice").at("invoice_ids").with("invoice", invoice.clone())
        }
        PlanRejection::Currencies => fault.rule("currencies").at("invoice_ids"),
        PlanRejection::NotTheOpen { invoice, open } => fault
            .rule("not_the_open")
            .at("invoice_ids")
            .with("invoice", invoice.clone())
            .with("open", open.amount().to_string()),
        PlanRejection::Instalments => fault.rule("instalments").at("instalments"),
        PlanRejection::NotPositive { place } => {
            fault.rule("not_positive").at(at(place, "amount")).with("place", place.to_string())
        }
        PlanRejection::TooEarly { place } => {
            fault.rule("too_early").at(at(place, "due_date")).with("place", place.to_string())
        }
        PlanRejection::NotRising { place } => {
            fault.rule("not_rising").at(at(place, "due_date")).with("place", place.to_string())
        }
        PlanRejection::WrongSum { instalments, open } => fault
            .rule("wrong_sum")
            .at("instalments")
            .with("instalments", instalments.amount().to_string())
            .with("open", open.amount().to_string()),
        PlanRejection::Grace => fault.rule("grace").at("grace_days"),
        PlanRejection::Money(_) => fault.rule("too_large").at("instalments"),
    }
}

/// What a plan is made from: the student's open invoices, and the plans that cover some of them.
struct Ground {
    student_id: StudentId,
    items: Vec<OpenItem>,
    plans: Vec<PlanRow>,
}

/// The most plans of one student that are looked at.
const MOST_PLANS: Window = Window { offset: 0, limit: 500 };

impl Ground {
    async fn read(view: &mut View, office: &Office, wish: &PlanWish) -> Result<Self, Fault> {
        let student_id: StudentId = typed::id("student_id", &wish.student_id)?;
        students::demand(view, student_id, office).await?;
        let today = office.today();
        let filter = PlanFilter {
            shelf: PlanShelf::Running,
            student_id: Some(student_id),
            ..PlanFilter::default()
        };
        let plans = view.list_plans(&filter, MOST_PLANS, today).await?.rows;
        let items = view.open_items(student_id, today).await?;
        Ok(Self { student_id, items, plans })
    }

    /// The plan that covers an invoice.
    fn plan_of(&self, invoice: InvoiceId) -> Option<PlanId> {
        let covers = |row: &&PlanRow| row.plan.invoices.iter().any(|it| it.invoice_id == invoice);
        self.plans.iter().find(covers).map(|row| row.plan.id)
    }

    /// Refuses an invoice of another plan than the one that is changed.
    fn check_free(&self, plan: &PaymentPlan) -> Result<(), Fault> {
        if let Some(replaced) = plan.replaces
            && !self.plans.iter().any(|row| row.plan.id == replaced)
        {
            let message = "The plan to change does not hold any more.";
            return Err(Fault::new(Code::CannotPlan, message).rule("replaced").at("replaces"));
        }
        for planned in &plan.invoices {
            let other = self.plan_of(planned.invoice_id).filter(|id| Some(*id) != plan.replaces);
            if other.is_some() {
                let item = self.items.iter().find(|item| item.invoice_id == planned.invoice_id);
                let number = item.map(|item| item.number.clone()).unwrap_or_default();
                let message = format!("{number} is in a payment plan already.");
                let fault = Fault::new(Code::CannotPlan, message).rule("planned_already");
                return Err(fault.at("invoice_ids").with("invoice", number));
            }
        }
        Ok(())
    }

    /// The chosen invoices with all that is open of them, in the order they are due.
    fn chosen(&self, wish: &PlanWish) -> Result<Vec<PlannedInvoice>, Fault> {
        if wish.invoice_ids.len() > instalments::MOST_INVOICES {
            return Err(refused(&PlanRejection::Invoices));
        }
        let mut chosen = Vec::with_capacity(wish.invoice_ids.len());
        for id in &wish.invoice_ids {
            let invoice_id: InvoiceId = typed::id("invoice_ids", id)?;
            let place = self.items.iter().position(|item| item.invoice_id == invoice_id);
            let wrong = || refused(&PlanRejection::WrongInvoice { invoice: id.clone() });
            let place = place.ok_or_else(wrong)?;
            chosen.push((place, PlannedInvoice { invoice_id, amount: self.items[place].open }));
        }
        let mut currencies = chosen.iter().map(|(_, planned)| planned.amount.currency());
        let first = currencies.next();
        if currencies.any(|other| Some(other) != first) {
            return Err(refused(&PlanRejection::Currencies));
        }
        chosen.sort_by_key(|(place, _)| *place);
        Ok(chosen.into_iter().map(|(_, planned)| planned).collect())
    }
}

/// What the chosen invoices have open, in their currency; nothing chosen is nothing in that of the
/// books.
fn total_of(office: &Office, chosen: &[PlannedInvoice]) -> Result<Money, Fault> {
    let currency = chosen.first().map_or(office.school.currency, |first| first.amount.currency());
    Ok(Money::sum(currency, chosen.iter().map(|planned| planned.amount))?)
}

/// The instalments: split evenly, or as typed.
fn read_instalments(wish: &PlanWish, total: Money) -> Result<Vec<Instalment>, Fault> {
    match &wish.split {
        Some(split) => split_evenly(split, total),
        None => {
            if wish.instalments.len() > instalments::MOST_INSTALMENTS {
                return Err(refused(&PlanRejection::Instalments));
            }
            let typed = (0..).zip(&wish.instalments);
            typed.map(|(place, typed)| read_one(total.currency(), place, typed)).collect()
        }
    }
}

fn read_one(
    currency: Currency,
    place: usize,
    input: &InstalmentInput,
) -> Result<Instalment, Fault> {
    let field = |part: &str| format!("instalments.{place}.{part}");
    Ok(Instalment {
        due_date: typed::date(&field("due_date"), &input.due_date)?,
        amount: typed::money(&field("amount"), &input.amount, currency)?,
    })
}

fn split_evenly(split: &SplitWish, total: Money) -> Result<Vec<Instalment>, Fault> {
    if usize::from(split.count) > instalments::MOST_INSTALMENTS {
        return Err(refused(&PlanRejection::Instalments).at("split.count"));
    }
    let first = typed::date("split.first_due", &split.first_due)?;
    let rhythm = typed::one_of("split.rhythm", &split.rhythm, RHYTHMS)?;
    let remainder = typed::one_of("split.remainder", &split.remainder, REMAINDERS)?;
    let parts = instalments::split_evenly(total, split.count, remainder)?;
    let days = instalments::due_dates(first, split.count, rhythm);
    let instalment = |(due_date, amount)| Instalment { due_date, amount };
    Ok(days.into_iter().zip(parts).map(instalment).collect())
}

/// The plan a wish describes, where it can be agreed.
fn read_plan(
    office: &Office,
    ground: &Ground,
    (wish, invoices): (&PlanWish, &[PlannedInvoice]),
    instalments: &[Instalment],
) -> Result<PaymentPlan, Fault> {
    let plan = PaymentPlan {
        id: typed::id("id", &wish.id)?,
        school_id: office.school.id,
        student_id: ground.student_id,
        agreed_on: office.today(),
        invoices: invoices.to_vec(),
        instalments: instalments.to_vec(),
        grace_days: wish.grace_days,
        replaces: typed::optional_id("replaces", wish.replaces.as_deref())?,
        note: typed::note("note", &wish.note)?,
    };
    ground.check_free(&plan)?;
    plan.check(&ground.items).map_err(|rejection| refused(&rejection))?;
    Ok(plan)
}

/// What a plan would be, with why it cannot be agreed as it stands. Nothing is recorded.
pub async fn preview_plan(
    office: &Office,
    _: &Actor,
    wish: PlanWish,
) -> Result<PlanPreview, Fault> {
    let mut view = office.store.read().await?;
    let ground = Ground::read(&mut view, office, &wish).await?;
    drop(view);
    let chosen = ground.chosen(&wish)?;
    let total = total_of(office, &chosen)?;
    let read = read_instalments(&wish, total);
    let made = match &read {
        Ok(read) => read_plan(office, &ground, (&wish, &chosen), read).map(drop),
        Err(fault) => Err(fault.clone()),
    };
    let instalments = read.unwrap_or_default();
    let sum = Money::sum(total.currency(), instalments.iter().map(|one| one.amount))?;
    let problem = made.err();
    Ok(PlanPreview {
        open_items: ground.items.iter().map(|item| plannable(office, &ground, item)).collect(),
        total: total.into(),
        instalments: instalments.iter().map(typed_again).collect(),
        sum: sum.into(),
        missing: total.minus(sum)?.into(),
        problem: problem.as_ref().and_then(|fault| fault.rule.clone()),
        problem_field: problem.as_ref().and_then(|fault| fault.field.clone()),
        problem_params: problem.map_or_else(BTreeMap::new, |fault| fault.params),
    })
}

fn plannable(office: &Office, ground: &Ground, item: &OpenItem) -> PlannableInvoice {
    PlannableInvoice {
        invoice_id: item.invoice_id.to_string(),
        number: item.number.clone(),
        due_date: item.due_date.to_string(),
        days_overdue: invoices::days_past(item.due_date, office.today()),
        open: item.open.into(),
        plan_id: ground.plan_of(item.invoice_id).map(|id| id.to_string()),
    }
}

fn typed_again(instalment: &Instalment) -> InstalmentInput {
    InstalmentInput {
        due_date: instalment.due_date.to_string(),
        amount: instalment.amount.amount().to_string(),
    }
}

/// Agrees a plan; asked twice with the same id, once.
pub async fn agree_plan(office: &Office, actor: &Actor, wish: PlanWish) -> Result<PlanView, Fault> {
    let id: PlanId = typed::id("id", &wish.id)?;
    let mut tx = office.store.begin().await?;
    if tx.find_plan(id).await?.is_none() {
        let ground = Ground::read(&mut tx, office, &wish).await?;
        let chosen = ground.chosen(&wish)?;
        let read = read_instalments(&wish, total_of(office, &chosen)?)?;
        let plan = read_plan(office, &ground, (&wish, &chosen), &read)?;
        office.record(&mut tx, actor, [FactBody::PlanAgreed(plan)]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    listing::show(office, id).await
}

/// Ends a plan: its invoices are due by their own dates again. Asked twice, once.
pub async fn end_plan(office: &Office, actor: &Actor, request: EndPlan) -> Result<PlanView, Fault> {
    let id: PlanId = typed::id("id", &request.id)?;
    let reason = typed::required("reason", &request.reason, typed::LINE)?;
    let mut tx = office.store.begin().await?;
    let row = listing::demand(&mut tx, id).await?;
    if row.replaced_by.is_some() {
        let fault = Fault::new(Code::WrongState, "A later plan has taken its place.");
        return Err(fault.rule("plan_replaced"));
    }
    if row.until.is_none() {
        let end =
            PlanEnd { school_id: office.school.id, plan_id: id, ended_on: office.today(), reason };
        office.record(&mut tx, actor, [FactBody::PlanEnded(end)]).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    listing::show(office, id).await
}
