//! Booking events from rows, each with the charge that the rules of its day make of it, less what the
//! student bought ahead.
//!
//! Never records an event twice: its key tells. Never lets a key tell two stories: a row that says
//! something else than what was recorded under its key is refused.

use super::cells::Cells;
use super::report::{Outcome, Refusal};
use crate::fault::Fault;
use crate::office::Office;
use crate::{charges, derived, typed};
use documents::csv_in::{Field, Table};
use finance::catalogue::ServiceItem;
use finance::charge::{BookingEvent, ChargeRule, EventKind};
use finance::fact::FactBody;
use finance::holding::{self, Holding, Told};
use finance::ids::{DrawId, EventId, StudentId};
use finance::party::{Department, Student};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use store::{StudentRow, View};

/// What booking systems call what became of a booking, in lower case.
const KINDS: &[(&str, EventKind)] = &[
    ("attended", EventKind::Attended),
    ("completed", EventKind::Attended),
    ("møtt", EventKind::Attended),
    ("gjennomført", EventKind::Attended),
    ("cancelled_in_time", EventKind::CancelledInTime),
    ("cancelled in time", EventKind::CancelledInTime),
    ("avbestilt i tide", EventKind::CancelledInTime),
    ("cancelled_late", EventKind::CancelledLate),
    ("cancelled late", EventKind::CancelledLate),
    ("late cancellation", EventKind::CancelledLate),
    ("avbestilt sent", EventKind::CancelledLate),
    ("avbestilt for sent", EventKind::CancelledLate),
    ("no_show", EventKind::NoShow),
    ("no-show", EventKind::NoShow),
    ("no show", EventKind::NoShow),
    ("ikke møtt", EventKind::NoShow),
    ("package_changed", EventKind::PackageChanged),
    ("package changed", EventKind::PackageChanged),
    ("endret pakke", EventKind::PackageChanged),
];

/// Reads every row.
///
/// # Errors
/// What the book reports.
pub(super) async fn read(
    view: &mut View,
    office: &Office,
    table: &Table,
) -> Result<Vec<Outcome>, Fault> {
    let services = view.list_services("", true).await?;
    let ids = event_ids(view, office, table).await?;
    let all: Vec<EventId> = ids.values().copied().collect();
    let there = view.find_events(&all).await?;
    let students = students(view, office, table).await?;
    let mut reader = Reader {
        office,
        held: held(view, students.values()).await?,
        rules: view.charge_rules().await?,
        departments: view.departments().await?,
        services: services.into_iter().map(|item| (item.code.to_lowercase(), item)).collect(),
        students,
        known: there.into_iter().map(|recorded| (recorded.event.id, recorded.event)).collect(),
        ids,
    };
    Ok(table.rows.iter().map(|row| reader.outcome(&Cells { table, row })).collect())
}

/// The id of an event, which its key gives it, and how often it was taken back with its file.
fn event_id(office: &Office, key: &str, earlier: u32) -> EventId {
    let school = office.school.id.to_string();
    let again = earlier.to_string();
    let parts = ["booking event", &school, key, &again];
    EventId(derived::id(if earlier == 0 { &parts[..3] } else { &parts }))
}

/// The id of the event of every key of the file.
async fn event_ids(
    view: &mut View,
    office: &Office,
    table: &Table,
) -> Result<BTreeMap<String, EventId>, Fault> {
    let keys = table.rows.iter().map(|row| Cells { table, row }.raw(Field::Key).trim().to_owned());
    let mut ids: BTreeMap<String, EventId> =
        keys.map(|key| (key.clone(), event_id(office, &key, 0))).collect();
    for earlier in 1.. {
        let all: Vec<String> = ids.values().map(ToString::to_string).collect();
        let gone = view.taken_back(&all).await?;
        if gone.is_empty() {
            break;
        }
        for (key, id) in ids.iter_mut().filter(|(_, id)| gone.contains(&id.to_string())) {
            *id = event_id(office, key, earlier);
        }
    }
    Ok(ids)
}

/// The students whose numbers the file names.
async fn students(
    view: &mut View,
    office: &Office,
    table: &Table,
) -> Result<BTreeMap<String, StudentRow>, Fault> {
    let mut ids: BTreeMap<&str, Option<StudentId>> = BTreeMap::new();
    for row in &table.rows {
        let number = table.cell(row, Field::Number).unwrap_or_default();
        if !ids.contains_key(number) {
            ids.insert(number, view.find_student_by_number(number).await?);
        }
    }
    let ids: Vec<StudentId> = ids.into_values().flatten().collect();
    let rows = view.find_students(&ids, office.today()).await?;
    let rows = rows.into_iter().filter(|row| !row.away);
    Ok(rows.map(|row| (row.student.number.clone(), row)).collect())
}

/// What the students bought ahead.
async fn held(
    view: &mut View,
    students: impl Iterator<Item = &StudentRow>,
) -> Result<BTreeMap<StudentId, Vec<Holding>>, Fault> {
    let ids: Vec<StudentId> = students.map(|row| row.student.id).collect();
    let mut held: BTreeMap<StudentId, Vec<Holding>> = BTreeMap::new();
    for row in view.holdings_of(&ids).await? {
        held.entry(row.holding.entitlement.student_id).or_default().push(row.holding);
    }
    Ok(held)
}

struct Reader<'a> {
    office: &'a Office,
    rules: Vec<ChargeRule>,
    departments: Vec<Department>,
    services: BTreeMap<String, ServiceItem>,
    students: BTreeMap<String, StudentRow>,
    /// What the students bought ahead, less what earlier rows drew.
    held: BTreeMap<StudentId, Vec<Holding>>,
    /// Events in the book, and those of earlier rows.
    known: BTreeMap<EventId, BookingEvent>,
    /// The event of each key.
    ids: BTreeMap<String, EventId>,
}

impl Reader<'_> {
    fn outcome(&mut self, cells: &Cells<'_>) -> Outcome {
        let line = cells.row.line;
        let parts = [Field::Date, Field::Number, Field::Code, Field::Event];
        let label = parts.map(|field| cells.raw(field)).join(" ");
        match self.accepted(cells) {
            Ok(Some(body)) => Outcome::Accepted { line, label, bodies: vec![body] },
            Ok(None) => Outcome::Unchanged { line, label },
            Err(refusal) => Outcome::Refused { line, label, refusal },
        }
    }

    /// The fact of a row; nothing where its event is recorded.
    fn accepted(&mut self, cells: &Cells<'_>) -> Result<Option<FactBody>, Refusal> {
        let event = self.event(cells)?;
        if let Some(known) = self.known.get(&event.id) {
            return if *known == event {
                Ok(None)
            } else {
                Err(cells.refusal("event_differs", Field::Key))
            };
        }
        let service = self.service(cells)?;
        let description = charges::description(
            &self.office.school.language,
            service,
            event.kind,
            event.happened_on,
        );
        let too_large = |_| cells.refusal("too_large", Field::Quantity);
        let charge = event
            .charge(&self.rules, service, description, self.office.school.currency)
            .map_err(too_large)?;
        self.known.insert(event.id, event.clone());
        let effect =
            ChargeRule::effect(&self.rules, event.kind, event.service_id, event.happened_on);
        let id = event.id;
        let held = self.held.entry(event.student_id).or_default();
        let draw = |place: u32| {
            DrawId(derived::id(&["draw of an event", &id.to_string(), &place.to_string()]))
        };
        let recorded = holding::settle(held, Told { event, charge, effect }, draw);
        Ok(Some(FactBody::EventRecorded(Box::new(recorded.map_err(too_large)?))))
    }

    fn event(&self, cells: &Cells<'_>) -> Result<BookingEvent, Refusal> {
        let key = cells.required(Field::Key, typed::SHORT)?;
        let kind = cells.raw(Field::Event).trim().to_lowercase();
        let kind = KINDS.iter().find(|(name, _)| *name == kind).map(|(_, kind)| *kind);
        let kind = kind.ok_or_else(|| cells.refusal("event", Field::Event))?;
        let number = cells.required(Field::Number, 20)?;
        let row = self.students.get(&number);
        let row = row.ok_or_else(|| cells.refusal("no_student", Field::Number))?;
        if row.erased {
            return Err(cells.refusal("erased", Field::Number));
        }
        let student = &row.student;
        let happened_on = cells.date(Field::Date)?;
        let happened = matches!(kind, EventKind::Attended | EventKind::NoShow);
        if happened && happened_on > self.office.today() {
            return Err(cells.refusal("in_future", Field::Date));
        }
        Ok(BookingEvent {
            id: self.ids.get(&key).copied().unwrap_or_else(|| event_id(self.office, &key, 0)),
            school_id: self.office.school.id,
            key,
            kind,
            student_id: student.id,
            department_id: self.department(cells, student)?,
            service_id: self.service(cells)?.id,
            quantity: quantity(cells)?,
            happened_on,
            booking: cells.text(Field::Booking, typed::SHORT)?,
        })
    }

    fn service(&self, cells: &Cells<'_>) -> Result<&ServiceItem, Refusal> {
        let code = cells.required(Field::Code, 40)?;
        self.services
            .get(&code.to_lowercase())
            .ok_or_else(|| cells.refusal("no_service", Field::Code))
    }

    /// The department that is named, or else the student's.
    fn department(
        &self,
        cells: &Cells<'_>,
        student: &Student,
    ) -> Result<Option<finance::ids::DepartmentId>, Refusal> {
        let name = cells.text(Field::Department, typed::SHORT)?.to_lowercase();
        if name.is_empty() {
            return Ok(student.department_id);
        }
        let found = self.departments.iter().find(|known| known.name.to_lowercase() == name);
        found
            .map(|department| Some(department.id))
            .ok_or_else(|| cells.refusal("department", Field::Department))
    }
}

/// How many were booked: one, where the file does not say.
fn quantity(cells: &Cells<'_>) -> Result<Decimal, Refusal> {
    let refused = |code| cells.refusal(code, Field::Quantity);
    if cells.raw(Field::Quantity).is_empty() {
        return Ok(Decimal::ONE);
    }
    let quantity = cells.number(Field::Quantity)?;
    if quantity <= Decimal::ZERO {
        return Err(refused("negative"));
    }
    if quantity.normalize().scale() > 4 {
        return Err(refused("too_many_decimals"));
    }
    if quantity > Decimal::from(1_000) {
        return Err(refused("too_large"));
    }
    Ok(quantity.normalize())
}
