//! Who pays where that is not the student.
//!
//! Never guesses who is meant: a payer is named by number or id.

use super::new_id;
use crate::answer::Answer;
use crate::args::Part;
use crate::ask::Asker;
use crate::find;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::wire::common::{Address, Person, Window};
use office::wire::desk::DeskStatus;
use office::wire::payers::{
    ListPayers, PayerPage, PayerPart, PayerView, SavePayer, SaveStudentPayers, StudentPayers,
};
use office::{Code, Fault};
use serde_json::json;

/// What is asked about payers.
#[derive(Subcommand)]
pub enum Payers {
    /// List payers
    List(List),
    /// Register a payer
    Register(Register),
    /// Set who pays for a student by default
    For {
        /// Number or id of the student
        student: String,
        /// A payer and its share, such as P1001=60% or P1001=500.00 or student=rest; may be
        /// repeated; none: the student pays
        #[arg(long = "share", value_name = "WHO=HOW_MUCH")]
        shares: Vec<String>,
    },
}

/// Which payers.
#[derive(Args)]
pub struct List {
    /// Part of a name, number or organisation number
    #[arg(long, default_value = "", hide_default_value = true)]
    query: String,
    /// Also those who are no longer offered
    #[arg(long)]
    inactive: bool,
    #[command(flatten)]
    part: Part,
}

/// A new payer.
#[derive(Args)]
pub struct Register {
    /// Name as printed
    #[arg(long)]
    name: String,
    /// guardian, employer, agency or other
    #[arg(long, default_value = "other")]
    kind: String,
    /// E-mail address
    #[arg(long, default_value = "", hide_default_value = true)]
    email: String,
    /// Street and number
    #[arg(long, default_value = "", hide_default_value = true)]
    street: String,
    /// Postal code
    #[arg(long, default_value = "", hide_default_value = true)]
    postal_code: String,
    /// City
    #[arg(long, default_value = "", hide_default_value = true)]
    city: String,
    /// Organisation number
    #[arg(long, default_value = "", hide_default_value = true)]
    org_number: String,
    /// Reference or order number that its invoices carry
    #[arg(long, default_value = "", hide_default_value = true)]
    reference: String,
    /// Identity of this entry: sent twice with the same one, it is recorded once
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
}

/// Answers about payers.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Payers) -> Result<Answer, Fault> {
    match command {
        Payers::List(wish) => list(asker, wish).await,
        Payers::Register(form) => register(asker, form).await,
        Payers::For { student, shares } => pay_for(asker, &student, &shares).await,
    }
}

async fn list(asker: &Asker, wish: List) -> Result<Answer, Fault> {
    let request =
        ListPayers { query: wish.query, with_inactive: wish.inactive, window: (&wish.part).into() };
    let page: PayerPage = asker.ask("list_payers", request).await?;
    let headings = ["Number", "Name", "Kind", ">Students", ">Open", ">Overdue"];
    let table = Table::new(headings).rows(&page.rows, |row| {
        vec![
            row.number.clone(),
            row.name.clone(),
            row.kind.clone(),
            row.students.to_string(),
            row.open.0.plain(),
            row.overdue.0.plain(),
        ]
    });
    let shown = show::shown(page.rows.len(), page.total);
    Answer::new(&page, format!("{}\n\n{shown}", table.text()))
}

async fn register(asker: &Asker, form: Register) -> Result<Answer, Fault> {
    let status: DeskStatus = asker.ask("desk_status", json!({})).await?;
    let address = Address {
        line1: form.street,
        line2: String::new(),
        postal_code: form.postal_code,
        city: form.city,
        country: status.school.map(|school| school.country).unwrap_or_default(),
    };
    let phone = String::new();
    let request = SavePayer {
        id: form.id.unwrap_or_else(new_id),
        kind: form.kind,
        number: String::new(),
        department_id: None,
        person: Person { name: form.name, email: form.email, phone, address, reach_by: None },
        org_number: form.org_number,
        vat_number: String::new(),
        reference: form.reference,
        terms: None,
        active: true,
    };
    let payer: PayerView = asker.ask("save_payer", request).await?;
    let text = show::facts(&[
        ("Payer", &payer.row.number),
        ("Name", &payer.row.name),
        ("Id", &payer.row.id),
    ]);
    Answer::new(&payer, text)
}

async fn pay_for(asker: &Asker, student: &str, typed: &[String]) -> Result<Answer, Fault> {
    let student_id = find::student(asker, student).await?;
    let mut shares = Vec::with_capacity(typed.len());
    for share in typed {
        let (who, how_much) = share.split_once('=').ok_or_else(|| {
            Fault::new(Code::Invalid, format!("{share:?} is not WHO=HOW_MUCH.")).at("share")
        })?;
        let payer_id = match who {
            "student" => None,
            who => Some(payer(asker, who).await?),
        };
        let (part, value) = match how_much.strip_suffix('%') {
            Some(percent) => ("percent", percent),
            None if how_much == "rest" => ("rest", ""),
            None => ("amount", how_much),
        };
        let (part, value) = (part.to_owned(), value.to_owned());
        shares.push(PayerPart { payer_id, part, value, reference: String::new() });
    }
    let request = SaveStudentPayers { student_id, shares };
    let set: StudentPayers = asker.ask("save_student_payers", request).await?;
    let table = Table::new(["Number", "Name", "Share", ">How much"]).rows(&set.shares, |view| {
        vec![
            view.number.clone(),
            view.name.clone(),
            view.share.part.clone(),
            view.share.value.clone(),
        ]
    });
    let text = if set.shares.is_empty() { "The student pays".to_owned() } else { table.text() };
    Answer::new(&set, text)
}

/// The id of the payer with a number or an id.
///
/// # Errors
/// [`Code::NotFound`], or what the office refuses.
pub async fn payer(asker: &Asker, wanted: &str) -> Result<String, Fault> {
    let window = Window { offset: 0, limit: 500 };
    let request = ListPayers { query: wanted.to_owned(), with_inactive: true, window };
    let page: PayerPage = asker.ask("list_payers", request).await?;
    let by_id = uuid::Uuid::parse_str(wanted).is_ok();
    let found = page.rows.into_iter().find(|row| row.number == wanted).map(|row| row.id);
    found.or_else(|| by_id.then(|| wanted.to_owned())).ok_or_else(|| {
        Fault::new(Code::NotFound, format!("There is no payer {wanted:?}.")).rule("payer")
    })
}
