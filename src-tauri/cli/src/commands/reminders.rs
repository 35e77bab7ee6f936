//! Reminders: who is due for what, and making them.
//!
//! Never chooses for itself: what is made is today's plan, or the part of it that is asked for.

use super::{folder, new_id};
use crate::answer::Answer;
use crate::ask::Asker;
use crate::find;
use crate::show::{self, Table};
use clap::{Args, Subcommand};
use office::Fault;
use office::wire::common::{FileWish, MadeFile};
use office::wire::reminders::{
    ChosenReminder, ReminderMessage, ReminderPaper, ReminderPlanView, RemindersSent, SendReminders,
};
use serde_json::json;
use std::path::PathBuf;

/// What is asked about reminders.
#[derive(Subcommand)]
pub enum Reminders {
    /// Show who would get what today, and who would not and why; makes nothing
    Plan,
    /// Make what is due: letters in one PDF file, or e-mails
    Send(Send),
}

/// Which reminders are made, and how they go.
#[derive(Args)]
pub struct Send {
    /// Only this level
    #[arg(long, value_parser = ["upcoming", "first", "second", "final"])]
    level: Option<String>,
    /// Only this student, by number or id
    #[arg(long)]
    student: Option<String>,
    /// By e-mail where that way is open, else as letters
    #[arg(long)]
    email: bool,
    /// By text message where that way is open, else as letters
    #[arg(long, conflicts_with = "email")]
    sms: bool,
    /// Folder for the letters [default: the desk's own]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Identity of this run: sent twice with the same one, reminders are made once
    #[arg(long, value_name = "UUID")]
    id: Option<String>,
}

/// Answers about reminders.
///
/// # Errors
/// What the office refuses.
pub async fn answer(asker: &Asker, command: Reminders) -> Result<Answer, Fault> {
    match command {
        Reminders::Plan => plan(asker).await,
        Reminders::Send(wish) => send(asker, wish).await,
    }
}

async fn plan(asker: &Asker) -> Result<Answer, Fault> {
    let plan: ReminderPlanView = asker.ask("reminder_plan", json!({})).await?;
    let due = Table::new([
        "Level",
        "Student",
        "Invoices",
        ">Open",
        ">Fee",
        ">Interest",
        "Deadline",
        "E-mail",
    ])
    .rows(&plan.messages, |row| {
        let numbers: Vec<&str> = row.invoices.iter().map(|i| i.number.as_str()).collect();
        vec![
            row.level.clone(),
            row.student.clone(),
            numbers.join(", "),
            row.total.0.plain(),
            row.fee.as_ref().map(|fee| fee.0.plain()).unwrap_or_default(),
            row.interest.as_ref().map(|sum| sum.0.plain()).unwrap_or_default(),
            row.deadline.clone(),
            row.email.clone(),
        ]
    });
    let left = Table::new(["Student", "Invoice", ">Open", "Left out", "Until"]).rows(
        &plan.left_out,
        |row| {
            vec![
                row.student.clone(),
                row.invoice.number.clone(),
                row.invoice.open.0.plain(),
                row.why.clone(),
                row.until.clone().unwrap_or_default(),
            ]
        },
    );
    Answer::new(&plan, format!("{}\n\n{}", due.text(), left.text()))
}

async fn send(asker: &Asker, wish: Send) -> Result<Answer, Fault> {
    let student = match &wish.student {
        Some(student) => Some(find::student(asker, student).await?),
        None => None,
    };
    let plan: ReminderPlanView = asker.ask("reminder_plan", json!({})).await?;
    let chosen = |row: &&ReminderMessage| {
        wish.level.as_ref().is_none_or(|level| *level == row.level)
            && student.as_ref().is_none_or(|student| *student == row.student_id)
    };
    let open = |row: &ReminderMessage, way: &str| row.ways.iter().any(|open| open == way);
    let channel = |row: &ReminderMessage| match (wish.email, wish.sms) {
        (true, _) if open(row, "email") => "email",
        (_, true) if open(row, "sms") => "sms",
        _ => "letter",
    };
    let message = |row: &ReminderMessage| ChosenReminder {
        student_id: row.student_id.clone(),
        payer_id: row.payer_id.clone(),
        level: row.level.clone(),
        channel: channel(row).to_owned(),
        currency: Some(row.total.0.currency().to_string()),
    };
    let messages = plan.messages.iter().filter(chosen).map(message).collect();
    let request = SendReminders { id: wish.id.unwrap_or_else(new_id), messages };
    let sent: RemindersSent = asker.ask("send_reminders", request).await?;
    let mut path = String::new();
    if !sent.letter_ids.is_empty() {
        let wish = FileWish { inline: false, folder: folder(wish.folder)? };
        let ids = sent.letter_ids.clone();
        let letters = ReminderPaper { ids, planned: None, wish };
        let file: MadeFile = asker.ask("reminder_paper", letters).await?;
        path = file.path;
    }
    if sent.emails + sent.texts > 0 {
        // Nobody else would send them while no window is open.
        asker.desk().tick().await;
    }
    let facts = show::facts(&[
        ("Letters", sent.letter_ids.len().to_string()),
        ("File", path.clone()),
        ("E-mails", sent.emails.to_string()),
        ("Text messages", sent.texts.to_string()),
        ("No longer due", sent.no_longer_due.to_string()),
    ]);
    Answer::new(&json!({ "sent": sent, "file": path }), facts)
}
