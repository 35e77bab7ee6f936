//! Students.
//!
//! Never guesses who is meant: a student is named by number or id.

use super::{folder, imports, new_id};
use crate::answer::Answer;
use crate::args::{Import, Part};
use crate::ask::Asker;
use crate::find;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::common::{Address, Person};
use office::wire::desk::DeskStatus;
use office::wire::leaving::{ErasePerson, ExportPerson, PersonFiles, StudentErasure};
use office::wire::students::{ListStudents, RegisterStudent, StudentPage, StudentView};
use serde_json::json;
use std::path::PathBuf;

/// What is asked about students.
#[derive(Subcommand)]
pub enum Students {
    /// List students
    List(List),
    /// Register a student
    Register(Register),
    /// Write all that is known of a student into a folder: JSON, papers and a page
    HandOut {
        /// Number or id
        student: String,
        /// Folder [default: the desk's own for papers]
        #[arg(long)]
        folder: Option<PathBuf>,
    },
    /// Destroy the personal data of a student; without --number it only says what would stay
    Erase(Erase),
    /// Read students in from a CSV file
    Import(Import),
}

/// Which students.
#[derive(Args)]
pub struct List {
    /// Part of a name or number
    #[arg(long, default_value = "", hide_default_value = true)]
    query: String,
    /// Only students who owe something
    #[arg(long)]
    owing: bool,
    #[command(flatten)]
    part: Part,
}

/// A new student.
#[derive(Args)]
pub struct Register {
    /// Full name
    #[arg(long)]
    name: String,
    /// Student number [default: the next free one]
    #[arg(long, default_value = "", hide_default_value = true)]
    number: String,
    /// E-mail address
    #[arg(long, default_value = "", hide_default_value = true)]
    email: String,
    /// Telephone
    #[arg(long, default_value = "", hide_default_value = true)]
    phone: String,
    /// Street and number
    #[arg(long, default_value = "", hide_default_value = true)]
    street: String,
    /// Postal code
    #[arg(long, default_value = "", hide_default_value = true)]
    postal_code: String,
    /// City
    #[arg(long, default_value = "", hide_default_value = true)]
    city: String,
    /// ISO 3166 code of the country [default: the school's]
    #[arg(long)]
    country: Option<String>,
    /// Id of the department
    #[arg(long)]
    department: Option<String>,
    /// Identity of this entry: sent twice with the same one, it is recorded once
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
}

/// Who is erased, and why.
#[derive(Args)]
pub struct Erase {
    /// Number or id
    student: String,
    /// The student's number once more: nothing is destroyed without it
    #[arg(long)]
    number: Option<String>,
    /// Why
    #[arg(long, default_value = "asked", value_parser = ["asked", "not_needed", "unlawful"])]
    ground: String,
}

/// Answers about students.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Students) -> Result<Answer, Fault> {
    match command {
        Students::List(wish) => list(asker, wish).await,
        Students::Register(form) => register(asker, form).await,
        Students::HandOut { student, folder: target } => {
            let id = find::student(asker, &student).await?;
            let request = ExportPerson { id, folder: folder(target)? };
            let made: PersonFiles = asker.ask("export_person", request).await?;
            Answer::new(&made, made.index.clone())
        }
        Students::Erase(wish) => erase(asker, wish).await,
        Students::Import(import) => imports::import(asker, "students", import).await,
    }
}

async fn erase(asker: &Asker, wish: Erase) -> Result<Answer, Fault> {
    let id = find::student(asker, &wish.student).await?;
    let done: StudentErasure = match wish.number {
        None => asker.ask("student_erasure", json!({ "id": id })).await?,
        Some(number) => {
            let request = ErasePerson { id, number, ground: wish.ground };
            asker.ask("erase_person", request).await?
        }
    };
    let last = done.erased.first().map(|erasure| erasure.erased_on.clone());
    let text = show::facts(&[
        ("Erased", last.unwrap_or_default()),
        ("Stands in the way", done.obstacle.clone().unwrap_or_default()),
        ("Documents", done.documents.to_string()),
        ("Kept by law", done.kept.to_string()),
        ("Kept until", done.kept_until.clone().unwrap_or_default()),
        ("Law", done.law.clone()),
    ]);
    Answer::new(&done, text)
}

async fn list(asker: &Asker, wish: List) -> Result<Answer, Fault> {
    let request = ListStudents {
        query: wish.query,
        department_id: None,
        owing: wish.owing,
        order: None,
        window: (&wish.part).into(),
    };
    let page: StudentPage = asker.ask("list_students", request).await?;
    let headings = ["Number", "Name", "Department", ">Balance", ">Overdue", "Oldest due"];
    let table = Table::new(headings).rows(&page.rows, |row| {
        vec![
            row.number.clone(),
            row.name.clone(),
            row.department.clone(),
            row.balance.0.plain(),
            row.overdue.0.plain(),
            row.oldest_due.clone().unwrap_or_default(),
        ]
    });
    let shown = show::shown(page.rows.len(), page.total);
    let balance = show::money(&page.balance);
    let text = format!("{}\n\n{shown}, balance {balance}", table.text());
    Answer::new(&page, text)
}

async fn register(asker: &Asker, form: Register) -> Result<Answer, Fault> {
    let country = match form.country {
        Some(country) => country,
        None => country_of_school(asker).await?,
    };
    let address = Address {
        line1: form.street,
        line2: String::new(),
        postal_code: form.postal_code,
        city: form.city,
        country,
    };
    let request = RegisterStudent {
        id: form.id.unwrap_or_else(new_id),
        number: form.number,
        department_id: form.department,
        person: Person {
            name: form.name,
            email: form.email,
            phone: form.phone,
            address,
            reach_by: None,
        },
    };
    let student: StudentView = asker.ask("register_student", request).await?;
    let text = show::facts(&[
        ("Student", &student.number),
        ("Name", &student.person.name),
        ("Department", &student.department),
        ("Id", &student.id),
    ]);
    Answer::new(&student, text)
}

async fn country_of_school(asker: &Asker) -> Result<String, Fault> {
    // The book must be open before the desk can say whose it is.
    asker.call("school_tables", json!({})).await?;
    let status: DeskStatus = asker.ask("desk_status", json!({})).await?;
    Ok(status.school.map(|school| school.country).unwrap_or_default())
}
