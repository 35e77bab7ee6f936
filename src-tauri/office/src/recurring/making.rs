//! Making what has come: once a day by itself, and whenever somebody asks.
//!
//! Never makes a date twice, at whichever hour it is asked: what was made is read in the transaction
//! that makes, which is the only one that writes. Never at two desks: a template is one desk's.

use super::forms::{self, Occasion};
use crate::actor::Actor;
use crate::drafts::{Tables, assess_for, kept_row};
use crate::fault::Fault;
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::invoices::DraftInput;
use crate::wire::recurring::RecurringRun;
use crate::{billing, derived, issuing};
use chrono::NaiveDate;
use finance::fact::FactBody;
use finance::ids::{InvoiceId, RecurringId, StudentId};
use finance::recurring::{Making, Outcome, Recurring, RecurringMade};
use store::{DraftRow, RecurringRow, Tx};

/// Documents of one transaction: few enough that others wait only a moment.
const BATCH: usize = 100;

/// Nothing was made.
const NONE: RecurringRun = RecurringRun { drafts: 0, issued: 0, kept_back: 0 };

/// Makes what is due at this desk, in the name of who asks.
pub async fn make_recurring(
    office: &Office,
    actor: &Actor,
    _: Nothing,
) -> Result<RecurringRun, Fault> {
    make_due(office, Some(actor)).await
}

/// Makes what is due at this desk, in the name of who asks, or else of who set each template.
///
/// # Errors
/// What the book refuses; what was made until then stays.
pub(crate) async fn make_due(
    office: &Office,
    asker: Option<&Actor>,
) -> Result<RecurringRun, Fault> {
    let mut run = NONE;
    let templates = office.store.read().await?.recurring().await?;
    for RecurringRow { recurring, actor } in templates {
        if recurring.desk != office.desk {
            continue;
        }
        let setter = Actor { name: actor, ..Actor::owner() };
        while make_batch(office, asker.unwrap_or(&setter), recurring.id, &mut run).await? {}
    }
    Ok(run)
}

/// The id of the document of a date: whoever makes it again makes the same one.
pub(super) fn document_id(recurring: RecurringId, period: NaiveDate, of: StudentId) -> InvoiceId {
    let parts = [recurring.to_string(), period.to_string(), of.to_string()];
    InvoiceId(derived::id(&["recurring", &parts[0], &parts[1], &parts[2]]))
}

/// A date that is made now.
struct Occurrence {
    made: RecurringMade,
    draft: DraftInput,
}

/// Makes some of what is due of a template; false where nothing is left.
async fn make_batch(
    office: &Office,
    actor: &Actor,
    id: RecurringId,
    run: &mut RecurringRun,
) -> Result<bool, Fault> {
    let mut tx = office.store.begin().await?;
    let recurring = super::demand(&mut tx, id).await?;
    let made = tx.recurring_dates_made(id).await?;
    let mut due = recurring.due(office.today(), &made);
    due.truncate(BATCH);
    if due.is_empty() {
        return Ok(false);
    }
    let occurrences = look(&mut tx, office, &recurring, due).await?;
    let issued = occurrences.iter().filter(|one| one.made.outcome == Outcome::Issued);
    let drafts: Vec<(InvoiceId, &DraftInput)> =
        issued.map(|one| (one.made.invoice_id, &one.draft)).collect();
    let mut bodies = issuing::issue(&mut tx, office, &drafts).await?;
    bodies.extend(occurrences.iter().map(|one| FactBody::RecurringMade(one.made)));
    office.record(&mut tx, actor, bodies).await?;
    tx.commit().await?;
    for one in occurrences {
        match one.made.outcome {
            Outcome::Issued => run.issued += 1,
            Outcome::Draft => run.drafts += 1,
            Outcome::KeptBack => run.kept_back += 1,
        }
    }
    Ok(true)
}

/// Drafts what is due and keeps what does not become an invoice: the template says so, or a rule
/// does, which holds up nobody else.
async fn look(
    tx: &mut Tx,
    office: &Office,
    recurring: &Recurring,
    due: Vec<(NaiveDate, StudentId)>,
) -> Result<Vec<Occurrence>, Fault> {
    let today = office.today();
    let mut tables = Tables::read(tx, office).await?;
    let ids = due.iter().map(|(_, student)| *student).collect();
    let students = billing::students(tx, office, ids).await?;
    let known: Vec<StudentId> = students.keys().copied().collect();
    tables.know(tx, &known, [&forms::named(recurring)]).await?;
    let drafts: Vec<(RecurringMade, DraftInput)> = due
        .into_iter()
        .map(|(period, student)| {
            let id = document_id(recurring.id, period, student);
            let defaults = tables.defaults.get(&student).map_or(&[][..], Vec::as_slice);
            let occasion = Occasion { period, student, id, defaults, rates: &tables.rates };
            let made = RecurringMade {
                recurring_id: recurring.id,
                period,
                student_id: student,
                invoice_id: id,
                made_on: today,
                outcome: Outcome::Draft,
            };
            (made, forms::draft(recurring, &occasion, today))
        })
        .collect();
    let mut occurrences = Vec::with_capacity(drafts.len());
    for (mut made, draft) in drafts {
        let student = students.get(&made.student_id).cloned();
        let assessed = assess_for(office, &tables, &draft, student);
        made.outcome = match recurring.making {
            Making::Draft => Outcome::Draft,
            Making::Issue if assessed.obstacle().is_some() => Outcome::KeptBack,
            Making::Issue => Outcome::Issued,
        };
        if made.outcome != Outcome::Issued {
            let row = kept_row(office, made.invoice_id, &draft, &assessed)?;
            let kept_back = made.outcome == Outcome::KeptBack;
            tx.save_draft(&DraftRow { kept_back, ..row }).await?;
        }
        occurrences.push(Occurrence { made, draft });
    }
    Ok(occurrences)
}
