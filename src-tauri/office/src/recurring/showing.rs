//! Templates as screens show them: what they come to, what comes next, and what was made.
//!
//! Never writes: what is due is said here and made elsewhere.

use super::forms::{self, Occasion};
use super::{STATES, making};
use crate::actor::Actor;
use crate::drafts::{Tables, assess_for};
use crate::fault::Fault;
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::invoices::IssueCheck;
use crate::wire::recurring::{
    RecurringDate, RecurringDue, RecurringList, RecurringMade, RecurringPreview, RecurringRequest,
    RecurringRow, RecurringStudent, RecurringView, SaveRecurring,
};
use crate::{show, typed};
use chrono::NaiveDate;
use finance::Money;
use finance::ids::{RecurringId, StudentId};
use finance::recurring::{Outcome, Recurring, RecurringState};
use std::collections::{BTreeMap, BTreeSet};
use store::{RecurringMadeRow, StudentRow, View};

/// Dates shown ahead.
const AHEAD: usize = 12;
/// What was made, as far back as a page goes.
const MOST_MADE: u32 = 200;

type Made = BTreeSet<(NaiveDate, StudentId)>;

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A template read against the tables once, for any of its dates.
struct Priced<'a> {
    office: &'a Office,
    tables: &'a Tables,
    students: Vec<StudentRow>,
}

impl<'a> Priced<'a> {
    async fn read(
        view: &mut View,
        office: &'a Office,
        tables: &'a mut Tables,
        recurring: &Recurring,
    ) -> Result<Self, Fault> {
        let mut students = view.find_students(&recurring.students, office.today()).await?;
        students.sort_by_cached_key(|row| row.student.person.name.to_lowercase());
        let first: Vec<StudentId> = students.iter().take(1).map(|row| row.student.id).collect();
        let named = forms::named(recurring);
        tables.know(view, &first, [&named]).await?;
        Ok(Self { office, tables, students })
    }

    /// The draft of a date for the first of its students: all are priced alike.
    fn draft(
        &self,
        recurring: &Recurring,
        period: NaiveDate,
    ) -> Option<(crate::wire::invoices::DraftInput, StudentRow)> {
        let row = self.students.first()?;
        let student = row.student.id;
        let defaults = self.tables.defaults.get(&student).map_or(&[][..], Vec::as_slice);
        let id = making::document_id(recurring.id, period, student);
        let rates = &self.tables.rates;
        let occasion = Occasion { period, student, id, defaults, rates };
        Some((forms::draft(recurring, &occasion, self.office.today()), row.clone()))
    }

    /// What one invoice of a date comes to.
    fn gross(&self, recurring: &Recurring, period: NaiveDate) -> Option<Money> {
        let (draft, student) = self.draft(recurring, period)?;
        let assessed = assess_for(self.office, self.tables, &draft, Some(student));
        assessed.totals().map(|totals| totals.gross)
    }

    /// What so many invoices of a date come to.
    fn gross_of(&self, recurring: &Recurring, period: NaiveDate, invoices: usize) -> Option<Money> {
        let one = self.gross(recurring, period)?;
        Money::sum(one.currency(), std::iter::repeat_n(one, invoices)).ok()
    }

    /// What keeps its invoices from being issued.
    fn obstacles(&self, recurring: &Recurring) -> Vec<IssueCheck> {
        let Some((draft, student)) = self.draft(recurring, self.office.today()) else {
            return Vec::new();
        };
        let assessed = assess_for(self.office, self.tables, &draft, Some(student));
        assessed.obstacle().cloned().into_iter().collect()
    }

    /// The dates that have come, and those that come next.
    fn dates(&self, recurring: &Recurring, made: &Made) -> Vec<RecurringDate> {
        let today = self.office.today();
        let mut due: BTreeMap<NaiveDate, usize> = BTreeMap::new();
        for (date, _) in recurring.due(today, made) {
            *due.entry(date).or_default() += 1;
        }
        let all = recurring.students.len();
        let tomorrow = today.succ_opt().unwrap_or(today);
        let next = match recurring.state {
            RecurringState::Ended => Vec::new(),
            _ => recurring.next_dates(tomorrow, AHEAD),
        };
        let come = due.into_iter().map(|(date, invoices)| (date, true, invoices));
        let next = next.into_iter().map(|date| (date, false, all));
        come.chain(next)
            .map(|(date, due, invoices)| RecurringDate {
                date: date.to_string(),
                due,
                gross: self.gross_of(recurring, date, invoices).map(Into::into),
            })
            .collect()
    }
}

/// The dates a template would have, and what they would come to.
pub async fn preview_recurring(
    office: &Office,
    _: &Actor,
    mut request: SaveRecurring,
) -> Result<RecurringPreview, Fault> {
    if request.name.trim().is_empty() {
        // Its dates do not wait for its name.
        "-".clone_into(&mut request.name);
    }
    let typed = super::read(office, &request)?;
    let mut view = office.store.read().await?;
    let made = view.recurring_dates_made(typed.id).await?;
    let recurring = match view.find_recurring(typed.id).await? {
        Some(store::RecurringRow { recurring: known, .. }) => {
            known.after(typed, !made.is_empty(), office.today())
        }
        None => typed,
    };
    let mut tables = Tables::read(&mut view, office).await?;
    let priced = Priced::read(&mut view, office, &mut tables, &recurring).await?;
    let dates = priced.dates(&recurring, &made);
    let ends = recurring.until.is_some() || recurring.count.is_some();
    Ok(RecurringPreview {
        due: count(dates.iter().filter(|date| date.due).count()),
        dates,
        all: ends.then(|| count(recurring.dates().count())),
    })
}

/// Every template, what has come, and what was made last.
pub async fn list_recurring(
    office: &Office,
    _: &Actor,
    _: Nothing,
) -> Result<RecurringList, Fault> {
    let mut view = office.store.read().await?;
    let mut tables = Tables::read(&mut view, office).await?;
    let (mut rows, mut due) = (Vec::new(), Vec::new());
    for store::RecurringRow { recurring, .. } in view.recurring().await? {
        let made = view.recurring_dates_made(recurring.id).await?;
        let priced = Priced::read(&mut view, office, &mut tables, &recurring).await?;
        if recurring.desk == office.desk {
            due.extend(come(&priced, &recurring, &made));
        }
        rows.push(row(&mut view, &priced, (&recurring, &made)).await?);
    }
    due.sort_by(|a, b| (&a.date, &a.name).cmp(&(&b.date, &b.name)));
    let last: Vec<RecurringMade> =
        view.recurring_last_made(MOST_MADE).await?.into_iter().map(made_view).collect();
    let last_on = last.first().map(|made| made.made_on.clone());
    Ok(RecurringList { rows, due, last_on, last })
}

fn come(priced: &Priced<'_>, recurring: &Recurring, made: &Made) -> Vec<RecurringDue> {
    let today = priced.office.today();
    let mut invoices: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for (date, _) in recurring.due(today, made) {
        *invoices.entry(date).or_default() += 1;
    }
    let due = |(date, invoices): (NaiveDate, usize)| RecurringDue {
        recurring_id: recurring.id.to_string(),
        name: recurring.name.clone(),
        date: date.to_string(),
        missed: date < today,
        invoices: count(invoices),
        gross: priced.gross_of(recurring, date, invoices).map(Into::into),
        issue: recurring.making == finance::recurring::Making::Issue,
    };
    invoices.into_iter().map(due).collect()
}

async fn row(
    view: &mut View,
    priced: &Priced<'_>,
    (recurring, made): (&Recurring, &Made),
) -> Result<RecurringRow, Fault> {
    let office = priced.office;
    let today = office.today();
    let tomorrow = today.succ_opt().unwrap_or(today);
    let due = recurring.due(today, made);
    let next = recurring.next_dates(tomorrow, 1).first().copied();
    let is_over = recurring.state == RecurringState::Ended || (next.is_none() && due.is_empty());
    let named = recurring.payers.iter().flatten().filter_map(|payer| payer.payer_id);
    let payers = view.find_payers(&named.collect::<Vec<_>>()).await?;
    let dates: BTreeSet<NaiveDate> = due.iter().map(|(date, _)| *date).collect();
    Ok(RecurringRow {
        state: if is_over { "ended".to_owned() } else { show::name_of(&recurring.state, STATES) },
        desk: recurring.desk.clone(),
        is_here: recurring.desk == office.desk,
        students: priced.students.iter().map(student_view).collect(),
        payers: payers.into_values().map(|payer| payer.person.name).collect(),
        gross: priced.gross(recurring, today).map(Into::into),
        next: next.filter(|_| !is_over).map(|date| date.to_string()),
        due: count(dates.len()),
        made: count(made.len()),
        last: made.last().map(|(date, _)| date.to_string()),
        template: forms::view(recurring),
    })
}

fn student_view(row: &StudentRow) -> RecurringStudent {
    RecurringStudent {
        id: row.student.id.to_string(),
        name: row.student.person.name.clone(),
        number: row.student.number.clone(),
    }
}

fn made_view(row: RecurringMadeRow) -> RecurringMade {
    let kind = match (&row.gross, row.is_draft) {
        (None, _) => "gone",
        (Some(_), true) => "draft",
        (Some(_), false) => "invoice",
    };
    RecurringMade {
        recurring_id: row.made.recurring_id.to_string(),
        name: row.name,
        date: row.made.period.to_string(),
        made_on: row.made.made_on.to_string(),
        student_id: row.made.student_id.to_string(),
        student: row.student,
        document_id: row.made.invoice_id.to_string(),
        kind: kind.to_owned(),
        number: row.number,
        gross: row.gross.map(Into::into),
        kept_back: row.made.outcome == Outcome::KeptBack && row.is_draft,
    }
}

/// One template.
pub async fn find_recurring(
    office: &Office,
    _: &Actor,
    request: RecurringRequest,
) -> Result<RecurringView, Fault> {
    show(office, typed::id("id", &request.id)?).await
}

pub(super) async fn show(office: &Office, id: RecurringId) -> Result<RecurringView, Fault> {
    let mut view = office.store.read().await?;
    let recurring = super::demand(&mut view, id).await?;
    let made = view.recurring_dates_made(id).await?;
    let mut tables = Tables::read(&mut view, office).await?;
    let priced = Priced::read(&mut view, office, &mut tables, &recurring).await?;
    Ok(RecurringView {
        row: row(&mut view, &priced, (&recurring, &made)).await?,
        dates: priced.dates(&recurring, &made),
        made: view.recurring_made(id, MOST_MADE).await?.into_iter().map(made_view).collect(),
        checks: priced.obstacles(&recurring),
    })
}
