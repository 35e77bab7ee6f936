//! The audit: everything that was ever recorded, as a person reads it.
//!
//! Never changes anything and never leaves anything out: a kind of fact that this file does not
//! know is shown by its own fields.

mod changes;

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::audit::{
    AuditChoices, AuditEntry, AuditEntryRequest, AuditFilter, AuditPage, AuditPerson, AuditRow,
    AuditSubject, ExportAudit, ListAudit,
};
use crate::wire::common::{MadeFile, Money, Nothing};
use crate::{listing, papers, show, typed};
use chrono::NaiveDate;
use documents::csv_out::{self, Cell};
use finance::fact::FactBody;
use serde_json::Value;
use std::collections::BTreeMap;
use store::{Subject, View, Window};

/// A page of the log, newest first.
pub async fn list_audit(
    office: &Office,
    _: &Actor,
    request: ListAudit,
) -> Result<AuditPage, Fault> {
    let filter = filter(office, &request.filter)?;
    let mut view = office.store.read().await?;
    let names = Names::read(&mut view).await?;
    let page = view.list_audit(&filter, listing::window(&request.window)).await?;
    let rows = page.rows.iter().map(|row| names.row(row)).collect::<Result<_, Fault>>()?;
    Ok(AuditPage { rows, total: page.total })
}

/// One fact with what it changed and its place in the chain.
pub async fn find_audit_entry(
    office: &Office,
    _: &Actor,
    request: AuditEntryRequest,
) -> Result<AuditEntry, Fault> {
    let mut view = office.store.read().await?;
    let missing = || Fault::new(Code::NotFound, "There is no such entry.").rule("audit_entry");
    let row = view.find_fact(typed::id("id", &request.id)?).await?.ok_or_else(missing)?;
    let before = view.fact_before(&row).await?;
    let names = Names::read(&mut view).await?;
    Ok(AuditEntry {
        changes: changes::of(&row.fact.body, before.as_ref().map(|fact| &fact.body))?,
        replaces: before.is_some(),
        sequence: row.seq.to_string(),
        hash: hex(&row.hash),
        row: names.row(&row)?,
    })
}

/// The people and the kinds that stand in the log.
pub async fn audit_choices(office: &Office, _: &Actor, _: Nothing) -> Result<AuditChoices, Fault> {
    let mut view = office.store.read().await?;
    let names = Names::read(&mut view).await?;
    let people = view
        .audit_actors()
        .await?
        .into_iter()
        .map(|actor| AuditPerson { name: names.of_actor(&actor), actor });
    let people = people.collect();
    Ok(AuditChoices { people, kinds: view.audit_kinds().await? })
}

const HEADER: &[&str] = &[
    "at", "desk", "sequence", "actor", "name", "kind", "about", "about_id", "label", "amount",
    "currency", "reason", "changes", "hash",
];
/// Facts read at once while a file is made.
const PAGE: u32 = 500;

/// All that match, as a CSV file: each fact with its hash, so that the file can be held against
/// the book.
pub async fn export_audit(
    office: &Office,
    _: &Actor,
    request: ExportAudit,
) -> Result<MadeFile, Fault> {
    let filter = filter(office, &request.filter)?;
    let mut view = office.store.read().await?;
    let names = Names::read(&mut view).await?;
    let mut rows: Vec<Vec<Cell<'static>>> = Vec::new();
    loop {
        let offset = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let page = view.list_audit(&filter, Window { offset, limit: PAGE }).await?;
        if page.rows.is_empty() {
            break;
        }
        for row in &page.rows {
            let before = view.fact_before(row).await?;
            let before = before.as_ref().map(|fact| &fact.body);
            let changes = changes::line(&changes::of(&row.fact.body, before)?);
            rows.push(cells(names.row(row)?, row, changes));
        }
        office.events.progress("audit", offset, page.total);
    }
    drop(view);
    let total = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let made = csv_out::table(HEADER, rows, true)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    office.events.progress("audit", total, total);
    let name = format!("Kontor-audit-{}.csv", office.today());
    papers::give(office, &request.wish, &name, &made.bytes)
}

fn cells(shown: AuditRow, row: &store::AuditRow, changes: String) -> Vec<Cell<'static>> {
    let text = |text: String| Cell::Text(text.into());
    let (amount, currency) = match shown.amount {
        Some(Money(money)) => (money.plain(), money.currency().code().to_owned()),
        None => (String::new(), String::new()),
    };
    vec![
        text(shown.at),
        text(shown.desk),
        Cell::Number(row.seq.into()),
        text(shown.actor),
        text(shown.name),
        text(shown.kind),
        text(shown.about.kind),
        text(shown.about.id),
        text(shown.label),
        text(amount),
        text(currency),
        text(shown.reason),
        text(changes),
        text(hex(&row.hash)),
    ]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn filter(office: &Office, wish: &AuditFilter) -> Result<store::AuditFilter, Fault> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let start = |day: NaiveDate| office.clock.day_begins(day).timestamp_millis();
    let from = typed::optional_date("from", wish.from.as_deref())?;
    let to = typed::optional_date("to", wish.to.as_deref())?;
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let fault = Fault::new(Code::Invalid, "The period ends before it begins.");
        return Err(fault.at("to").rule("period"));
    }
    Ok(store::AuditFilter {
        actor: given(&wish.actor),
        kind: given(&wish.kind),
        subject: wish.about.as_ref().map(subject).transpose()?,
        from_millis: from.map(start),
        before_millis: to.and_then(|day| day.succ_opt()).map(start),
    })
}

fn subject(about: &AuditSubject) -> Result<Subject, Fault> {
    let id = &about.id;
    Ok(match about.kind.as_str() {
        "school" => Subject::School,
        "student" => Subject::Student(typed::id("about.id", id)?),
        "service" => Subject::Service(typed::id("about.id", id)?),
        "invoice" => Subject::Invoice(typed::id("about.id", id)?),
        "credit_note" => Subject::CreditNote(typed::id("about.id", id)?),
        "payment" => Subject::Payment(typed::id("about.id", id)?),
        "plan" => Subject::Plan(typed::id("about.id", id)?),
        "recurring" => Subject::Recurring(typed::id("about.id", id)?),
        "connection" => Subject::Connection(typed::id("about.id", id)?),
        "user" => Subject::User(typed::id("about.id", id)?),
        "payer" => Subject::Payer(typed::id("about.id", id)?),
        "import" => Subject::Import(typed::id("about.id", id)?),
        _ => {
            let fault = Fault::new(Code::Invalid, "Nothing of this kind has a history.");
            return Err(fault.at("about.kind").rule("choice"));
        }
    })
}

/// Names of those who act, by what stands in the log, and of users by their id.
struct Names {
    by_login: BTreeMap<String, String>,
    by_id: BTreeMap<String, String>,
}

impl Names {
    async fn read(view: &mut View) -> Result<Self, Fault> {
        let users = view.users().await?;
        let by_id = users.iter().map(|user| (user.id.to_string(), user.name.clone()));
        let by_id = by_id.collect();
        Ok(Self { by_id, by_login: users.into_iter().map(|u| (u.login, u.name)).collect() })
    }

    fn of_actor(&self, actor: &str) -> String {
        self.by_login.get(actor).cloned().unwrap_or_else(|| actor.to_owned())
    }

    fn row(&self, row: &store::AuditRow) -> Result<AuditRow, Fault> {
        let body = changes::json(&row.fact.body)?;
        let about = about(row, &body);
        let label = match (&row.number, about.kind.as_str()) {
            (_, "user") => self.by_id.get(&about.id).cloned().unwrap_or_default(),
            (Some(number), _) if first(&body, &["/number/text"]).is_empty() => number.clone(),
            _ => match first(&body, LABELS) {
                label if label.is_empty() => row.student.clone().unwrap_or_default(),
                label => label,
            },
        };
        Ok(AuditRow {
            id: row.fact.id.to_string(),
            at: show::moment(row.fact.clock.millis),
            desk: row.fact.clock.desk.clone(),
            actor: row.fact.actor.clone(),
            name: self.of_actor(&row.fact.actor),
            kind: row.kind.clone(),
            about,
            label,
            amount: amount(&body),
            reason: first(&body, &["/reason"]),
        })
    }
}

/// Where a fact keeps what a person calls the thing by, the best first.
const LABELS: &[&str] = &[
    "/number/text",
    "/person/name",
    "/name",
    "/remote_company_name",
    "/local_key",
    "/prefix",
    "/code",
    "/reference",
];

fn first(body: &Value, pointers: &[&str]) -> String {
    let texts = pointers.iter().filter_map(|pointer| body.pointer(pointer)?.as_str());
    texts.filter(|text| !text.is_empty()).map(str::to_owned).next().unwrap_or_default()
}

fn amount(body: &Value) -> Option<Money> {
    let found = ["/amount", "/totals/gross"].iter().find_map(|pointer| body.pointer(pointer));
    let money: Option<finance::Money> =
        found.and_then(|value| serde_json::from_value(value.clone()).ok());
    money.map(Money::from)
}

/// The thing a fact is about, so that its page can be opened.
fn about(row: &store::AuditRow, body: &Value) -> AuditSubject {
    let named = |kind: &str, id: String| AuditSubject { kind: kind.to_owned(), id };
    match &row.fact.body {
        FactBody::InvoiceIssued(invoice) => named("invoice", invoice.id.to_string()),
        FactBody::CreditNoteIssued(note) => named("credit_note", note.id.to_string()),
        FactBody::PaymentReceived(payment) => named("payment", payment.id.to_string()),
        FactBody::MoneyAllocated(allocation) => named("invoice", allocation.invoice_id.to_string()),
        FactBody::EntitlementOpened(sold) => named("student", sold.student_id.to_string()),
        FactBody::PackageDrawn(drawn) => named("student", drawn.student_id.to_string()),
        FactBody::DrawReturned(given) => named("student", given.student_id.to_string()),
        FactBody::EntitlementClosed(closing) => named("student", closing.student_id.to_string()),
        FactBody::EntitlementExtended(later) => named("student", later.student_id.to_string()),
        _ => match row.subject.as_deref().map(|text| text.split_once('/').unwrap_or((text, ""))) {
            Some((kind, id)) => named(kind, id.to_owned()),
            None => {
                let known = ["invoice", "payment", "student"];
                let found = known.iter().find_map(|kind| {
                    Some((kind, body.get(format!("{kind}_id"))?.as_str()?.to_owned()))
                });
                found.map_or_else(|| named("", String::new()), |(kind, id)| named(kind, id))
            }
        },
    }
}
