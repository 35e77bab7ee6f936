//! Students from rows.
//!
//! Never makes a second student of one who is there: the number tells, or without one the name
//! with the e-mail address.

use super::cells::Cells;
use super::report::{Outcome, Refusal};
use crate::fault::Fault;
use crate::office::Office;
use crate::{students, typed};
use documents::csv_in::{Field, Table};
use finance::fact::FactBody;
use finance::ids::{DepartmentId, StudentId};
use finance::party::{Address, Department, Person, Student};
use std::collections::{BTreeMap, BTreeSet};
use store::{StudentFilter, View, Window};

/// Who is there already.
#[derive(Default)]
struct Known {
    by_number: BTreeMap<String, Student>,
    /// Numbers of those who were erased.
    erased: BTreeSet<String>,
    /// Numbers of those who came with a file that was taken back: they may come again.
    away: BTreeSet<String>,
    by_name: BTreeMap<(String, String), String>,
    largest: u64,
}

fn name_key(person: &Person) -> (String, String) {
    (person.name.to_lowercase(), person.email.to_lowercase())
}

impl Known {
    async fn read(view: &mut View, office: &Office) -> Result<Self, Fault> {
        let mut known = Self::default();
        let filter = StudentFilter { with_away: true, ..StudentFilter::default() };
        let mut window = Window { offset: 0, limit: 500 };
        loop {
            let page = view.list_students(&filter, None, window, office.today()).await?;
            if page.rows.is_empty() {
                break;
            }
            for row in page.rows {
                if row.erased {
                    known.erased.insert(row.student.number.clone());
                }
                if row.away {
                    known.away.insert(row.student.number.clone());
                }
                known.add(row.student);
            }
            window.offset += window.limit;
        }
        let next = view.next_student_number().await?.parse::<u64>().unwrap_or(1_001);
        known.largest = known.largest.max(next.saturating_sub(1));
        Ok(known)
    }

    fn add(&mut self, student: Student) {
        self.largest = self.largest.max(student.number.parse().unwrap_or(0));
        self.by_name.insert(name_key(&student.person), student.number.clone());
        self.by_number.insert(student.number.clone(), student);
    }

    fn next_number(&self) -> String {
        (self.largest + 1).to_string()
    }
}

/// Reads every row.
///
/// # Errors
/// What the book reports.
pub(super) async fn read(
    view: &mut View,
    office: &Office,
    table: &Table,
) -> Result<Vec<Outcome>, Fault> {
    let departments = view.departments().await?;
    let mut reader = Reader {
        office,
        departments,
        known: Known::read(view, office).await?,
        seen: BTreeSet::new(),
    };
    Ok(table.rows.iter().map(|row| reader.outcome(&Cells { table, row })).collect())
}

struct Reader<'a> {
    office: &'a Office,
    departments: Vec<Department>,
    known: Known,
    /// Numbers and names of earlier rows.
    seen: BTreeSet<String>,
}

impl Reader<'_> {
    fn outcome(&mut self, cells: &Cells<'_>) -> Outcome {
        let line = cells.row.line;
        let label = label(cells);
        if cells.is_not_in_force() {
            return Outcome::LeftOut { line, label, code: "not_in_force" };
        }
        match self.accepted(cells) {
            Ok(Some(body)) => Outcome::Accepted { line, label, bodies: vec![body] },
            Ok(None) => Outcome::Unchanged { line, label },
            Err(refusal) => Outcome::Refused { line, label, refusal },
        }
    }

    /// The fact of a row; nothing where all of it is known.
    fn accepted(&mut self, cells: &Cells<'_>) -> Result<Option<FactBody>, Refusal> {
        let person = self.person(cells)?;
        let typed_number = cells.text(Field::Number, 20)?;
        let (name, email) = name_key(&person);
        let key = match typed_number.as_str() {
            "" => format!("name {name} {email}"),
            number => format!("number {number}"),
        };
        if !self.seen.insert(key) {
            return Err(cells.refusal("twice_in_file", number_or_name(&typed_number)));
        }
        let number = match typed_number.as_str() {
            "" => self.known.by_name.get(&(name, email)).cloned(),
            typed => Some(
                students::student_number("number", typed, &self.office.school)
                    .map_err(|_| cells.refusal("student_number", Field::Number))?,
            ),
        };
        let department_id = self.department(cells)?;
        let there = number.as_ref().and_then(|number| self.known.by_number.get(number));
        if let Some(there) = there {
            if self.known.erased.contains(&there.number) {
                return Err(cells.refusal("erased", Field::Number));
            }
            if !self.known.away.remove(&there.number) {
                return changed(there, person, cells);
            }
            let again = Student { department_id, person, ..there.clone() };
            self.known.add(again.clone());
            return Ok(Some(FactBody::StudentRegistered(again)));
        }
        let number = number.unwrap_or_else(|| self.known.next_number());
        students::student_number("number", &number, &self.office.school)
            .map_err(|_| cells.refusal("student_number", Field::Number))?;
        let student = Student {
            id: StudentId(self.office.ids.new_id()),
            school_id: self.office.school.id,
            department_id,
            number,
            person,
        };
        self.known.add(student.clone());
        Ok(Some(FactBody::StudentRegistered(student)))
    }

    fn person(&self, cells: &Cells<'_>) -> Result<Person, Refusal> {
        let name = full_name(cells)?;
        let email = cells.text(Field::Email, 254)?;
        typed::email("email", &email).map_err(|_| cells.refusal("email", Field::Email))?;
        let country = match cells.text(Field::Country, 2) {
            Ok(country) if country.is_empty() => self.office.school.country.clone(),
            Ok(country) => typed::country("country", &country.to_uppercase())
                .map_err(|_| cells.refusal("country", Field::Country))?,
            Err(_) => return Err(cells.refusal("country", Field::Country)),
        };
        Ok(Person {
            name,
            email,
            phone: cells.text(Field::Phone, 40)?,
            address: Address {
                line1: cells.text(Field::Address, typed::SHORT)?,
                line2: cells.text(Field::Address2, typed::SHORT)?,
                postal_code: cells.text(Field::PostalCode, 20)?,
                city: cells.text(Field::City, typed::SHORT)?,
                country,
            },
            reach_by: None,
        })
    }

    fn department(&self, cells: &Cells<'_>) -> Result<Option<DepartmentId>, Refusal> {
        let name = cells.text(Field::Department, typed::SHORT)?;
        if name.is_empty() {
            return Ok(None);
        }
        let known = self
            .departments
            .iter()
            .find(|department| department.name.to_lowercase() == name.to_lowercase());
        known
            .map(|department| Some(department.id))
            .ok_or_else(|| cells.refusal("department", Field::Department))
    }
}

/// A row about someone who is there: details may change, a name does not become another's.
fn changed(
    there: &Student,
    person: Person,
    cells: &Cells<'_>,
) -> Result<Option<FactBody>, Refusal> {
    if there.person.name.to_lowercase() != person.name.to_lowercase() {
        return Err(cells.refusal("number_taken", Field::Number));
    }
    // No column tells of it, so a file takes no wish away.
    let person = Person { reach_by: there.person.reach_by, ..person };
    if there.person == person {
        return Ok(None);
    }
    Ok(Some(FactBody::StudentChanged { student_id: there.id, person }))
}

fn full_name(cells: &Cells<'_>) -> Result<String, Refusal> {
    let whole = cells.text(Field::Name, typed::SHORT)?;
    if !whole.is_empty() {
        return Ok(whole);
    }
    let (first, last) =
        (cells.text(Field::FirstName, typed::SHORT)?, cells.text(Field::LastName, typed::SHORT)?);
    match format!("{first} {last}").trim() {
        "" => Err(cells.refusal("missing", Field::Name)),
        name if name.chars().count() > typed::SHORT => {
            Err(cells.refusal("too_long", Field::LastName))
        }
        name => Ok(name.to_owned()),
    }
}

fn number_or_name(number: &str) -> Field {
    if number.is_empty() { Field::Name } else { Field::Number }
}

fn label(cells: &Cells<'_>) -> String {
    let name = full_name(cells).unwrap_or_default();
    format!("{} {name}", cells.raw(Field::Number)).trim().to_owned()
}
