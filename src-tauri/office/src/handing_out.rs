//! Everything the book knows of a person, handed out (GDPR art. 15 and 20).
//!
//! Never anything of another person: what is asked is asked of this student alone.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::files;
use crate::office::Office;
use crate::wire::invoices::DraftInput;
use crate::wire::leaving::{ExportPerson, PersonFiles};
use crate::{balances, drafts, papers, students, typed};
use chrono::NaiveDate;
use finance::ids::{InvoiceId, StudentId};
use serde_json::{Value, json};
use std::path::Path;
use store::{DocumentColumn, DocumentFilter, Order, RowKind, StudentRow, Subject, View, Window};
use uuid::Uuid;

/// An invoice or credit note of the person, and the name of its paper.
struct Document {
    kind: RowKind,
    id: Uuid,
    number: String,
    issued: String,
    paper: Option<String>,
}

/// Writes all data of a person into a folder of its own.
pub async fn export_person(
    office: &Office,
    _: &Actor,
    request: ExportPerson,
) -> Result<PersonFiles, Fault> {
    let id: StudentId = typed::id("id", &request.id)?;
    let mut view = office.store.read().await?;
    let student = students::demand(&mut view, id, office).await?;
    let name = format!("Kontor-{}-{}", student.student.number, office.today());
    let folder = papers::folder(office, request.folder.as_deref())?.join(files::safe_name(&name));
    let (mut documents, drafts) = documents(&mut view, (id, office.today())).await?;
    let data = data(office, &mut view, (&student, &drafts)).await?;
    let mut made = Vec::new();
    for document in &mut documents {
        let Some(paper) = papers::issued(&mut view, office, document.kind, document.id).await?
        else {
            continue;
        };
        let name = format!("{}.pdf", files::safe_name(&document.number));
        write(office, &folder, &name, &papers::painted(paper).await?)?;
        made.push(name.clone());
        document.paper = Some(name);
    }
    drop(view);
    let text = serde_json::to_string_pretty(&data)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    write(office, &folder, "data.json", text.as_bytes())?;
    write(office, &folder, "index.html", index(office, &student, &documents).as_bytes())?;
    made.extend(["data.json", "index.html"].map(str::to_owned));
    let index = folder.join("index.html").display().to_string();
    Ok(PersonFiles { folder: folder.display().to_string(), index, files: made })
}

fn write(office: &Office, folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Fault> {
    let path = folder.join(name);
    files::write_whole(&path, bytes)?;
    office.note_made(&path);
    Ok(())
}

/// What was issued, and the drafts as they were typed.
async fn documents(
    view: &mut View,
    (id, today): (StudentId, NaiveDate),
) -> Result<(Vec<Document>, Vec<DraftInput>), Fault> {
    let filter = DocumentFilter { student_id: Some(id), ..DocumentFilter::default() };
    let order = Order { by: DocumentColumn::IssueDate, descending: false };
    let mut window = Window { offset: 0, limit: 500 };
    let (mut documents, mut drafts) = (Vec::new(), Vec::new());
    loop {
        let page = view.list_documents(&filter, Some(order), window, today).await?;
        if page.rows.is_empty() {
            return Ok((documents, drafts));
        }
        for row in page.rows {
            if row.kind == RowKind::Draft {
                drafts.push(drafts::kept(view, InvoiceId(row.id)).await?);
                continue;
            }
            documents.push(Document {
                kind: row.kind,
                id: row.id,
                number: row.number,
                issued: row.issue_date.to_string(),
                paper: None,
            });
        }
        window.offset += window.limit;
    }
}

/// The details as they stand, the account, drafts, whom it was told, and every fact in full.
async fn data(
    office: &Office,
    view: &mut View,
    (student, drafts): (&StudentRow, &[DraftInput]),
) -> Result<Value, Fault> {
    let id = student.student.id;
    let written = |value: serde_json::Result<Value>| {
        value.map_err(|error| Fault::new(Code::Internal, error.to_string()))
    };
    let facts = view.history_of(Subject::Person(id)).await?;
    let facts: Vec<Value> = facts
        .iter()
        .map(|fact| {
            Ok(json!({
                "at_ms": fact.clock.millis,
                "by": fact.actor,
                "what": written(serde_json::to_value(&fact.body))?,
            }))
        })
        .collect::<Result<_, Fault>>()?;
    let account = balances::account(office, id).await?;
    let told: Vec<Value> = view
        .told_of(id)
        .await?
        .into_iter()
        .map(|(system, company)| json!({ "system": system, "company": company }))
        .collect();
    Ok(json!({
        "made_on": office.today().to_string(),
        "school": office.school.seller.name,
        "student": written(serde_json::to_value(&student.student))?,
        "balance": student.balance.amount().to_string(),
        "currency": student.balance.currency().to_string(),
        "account": written(serde_json::to_value(&account))?,
        "drafts": written(serde_json::to_value(drafts))?,
        "told": told,
        "facts": facts,
    }))
}

/// Words of the page, by the school's language.
struct Words {
    language: &'static str,
    title: &'static str,
    documents: &'static str,
    machine: &'static str,
    no_paper: &'static str,
}

const NORWEGIAN: Words = Words {
    language: "nb",
    title: "Alt vi vet om deg",
    documents: "Fakturaer og kreditnotaer",
    machine: "Alle opplysninger i maskinlesbar form",
    no_paper: "utstedt i et annet system",
};
const ENGLISH: Words = Words {
    language: "en",
    title: "All we know of you",
    documents: "Invoices and credit notes",
    machine: "All data in a form for machines",
    no_paper: "issued by another system",
};

/// A page that any browser shows, without anything from elsewhere.
fn index(office: &Office, student: &StudentRow, documents: &[Document]) -> String {
    let words = if office.school.language == "nb" { NORWEGIAN } else { ENGLISH };
    let person = &student.student.person;
    let address = &person.address;
    let town = format!("{} {}", address.postal_code, address.city);
    let lines = [
        person.name.as_str(),
        &student.student.number,
        &person.email,
        &person.phone,
        &address.line1,
        &address.line2,
        town.trim(),
        &address.country,
    ];
    let lines = lines.iter().filter(|line| !line.is_empty());
    let person: Vec<String> = lines.map(|line| safe(line)).collect();
    let papers: Vec<String> = documents.iter().map(|document| item(document, &words)).collect();
    [
        "<!doctype html>".to_owned(),
        format!("<html lang=\"{}\">\n<meta charset=\"utf-8\">", words.language),
        format!("<title>{}</title>\n<style>{STYLE}</style>", words.title),
        format!("<h1>{}</h1>", words.title),
        format!("<p>{} · {}</p>", safe(&office.school.seller.name), office.today()),
        format!("<p>{}</p>", person.join("<br>\n")),
        format!("<h2>{}</h2>\n<ul>\n{}\n</ul>", words.documents, papers.join("\n")),
        format!("<p><a href=\"data.json\">{}</a></p>\n</html>\n", words.machine),
    ]
    .join("\n")
}

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:40em;margin:3em auto;padding:0 1em}";

fn item(document: &Document, words: &Words) -> String {
    let (number, issued) = (safe(&document.number), &document.issued);
    match &document.paper {
        Some(paper) => format!("<li><a href=\"{}\">{number}</a> {issued}</li>", safe(paper)),
        None => format!("<li>{number} {issued} ({})</li>", words.no_paper),
    }
}

/// A text in which nothing is markup.
fn safe(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
