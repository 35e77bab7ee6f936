//! Whom a row is about: a student by number, or by name where only one bears it.
//!
//! Never picks one of several.

use super::cells::Cells;
use super::report::Refusal;
use crate::fault::Fault;
use crate::office::Office;
use crate::typed;
use documents::csv_in::{Field, Table};
use finance::party::Student;
use std::collections::{BTreeMap, BTreeSet};
use store::{StudentRow, View};

/// The students whose numbers or names a file mentions.
pub(super) struct Payers {
    by_number: BTreeMap<String, StudentRow>,
    by_name: BTreeMap<String, Vec<Student>>,
}

impl Payers {
    /// # Errors
    /// What the book reports.
    pub async fn read(view: &mut View, office: &Office, table: &Table) -> Result<Self, Fault> {
        let cells = |field| -> BTreeSet<String> {
            let cells = table.rows.iter().filter_map(|row| table.cell(row, field));
            cells.filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
        };
        let mut ids = BTreeSet::new();
        for number in cells(Field::Number) {
            ids.extend(view.find_student_by_number(&number).await?);
        }
        let names: Vec<String> = cells(Field::Name).into_iter().collect();
        ids.extend(view.students_named(&names).await?);
        let ids: Vec<_> = ids.into_iter().collect();
        let mut payers = Self { by_number: BTreeMap::new(), by_name: BTreeMap::new() };
        let rows = view.find_students(&ids, office.today()).await?;
        for row in rows.into_iter().filter(|row| !row.away) {
            let name = row.student.person.name.to_lowercase();
            payers.by_name.entry(name).or_default().push(row.student.clone());
            payers.by_number.insert(row.student.number.clone(), row);
        }
        Ok(payers)
    }

    /// The student a row names; nothing where it names none.
    ///
    /// # Errors
    /// A refusal where there is no such student, or more than one.
    pub fn of(&self, cells: &Cells<'_>) -> Result<Option<&Student>, Refusal> {
        let number = cells.text(Field::Number, 20)?;
        if !number.is_empty() {
            let row = self.by_number.get(&number);
            let row = row.ok_or_else(|| cells.refusal("no_student", Field::Number))?;
            return match row.erased {
                true => Err(cells.refusal("erased", Field::Number)),
                false => Ok(Some(&row.student)),
            };
        }
        let name = cells.text(Field::Name, typed::SHORT)?;
        if name.is_empty() {
            return Ok(None);
        }
        let all = self.by_name.get(&name.to_lowercase()).map_or(&[][..], Vec::as_slice);
        let email = cells.text(Field::Email, 254)?.to_lowercase();
        let with_email = |student: &&Student| student.person.email.to_lowercase() == email;
        let told: Vec<&Student> = match email.as_str() {
            "" => all.iter().collect(),
            _ => all.iter().filter(with_email).collect(),
        };
        match told[..] {
            [student] => Ok(Some(student)),
            [] => Err(cells.refusal("no_student_named", Field::Name)),
            _ => Err(cells.refusal("several_students", Field::Name)),
        }
    }
}
