//! A test run: what a document would look like in the accounting system, before it is sent.
//!
//! Never queues, sends or changes anything; a system may be asked for what it must be known of.

use crate::actor::Actor;
use crate::connecting::{self, Question};
use crate::export::build::{self, Gap, Named};
use crate::export::cause::{error_text, error_word};
use crate::export::codes;
use crate::export::engine::codes;
use crate::export::files;
use crate::export::ruled::Decision;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::show;
use crate::wire::mapping::{
    RehearsalView, RehearsalWarning, RehearseMapping, RehearsedCode, RehearsedLine,
};
use finance::booking_rule::SettingKind;
use finance::line::PricedLine;
use finance::mapping::MappedKind;
use providers::document::{ExportDocument, PushItem, SalesDocument};
use providers::registry::Provider;
use store::exports::{Content, NumberedDocument, RemoteRow, RemoteRows};
use store::{ConnectionRow, View};

/// What an issued invoice or credit note would look like there, as it is mapped now.
pub async fn rehearse_mapping(
    office: &Office,
    _: &Actor,
    request: RehearseMapping,
) -> Result<RehearsalView, Fault> {
    let mut view = office.store.read().await?;
    let row = connecting::find_open(&mut view, "connection_id", &request.connection_id).await?;
    if row.booking.is_journal() {
        let fault = Fault::new(Code::WrongState, "This connection is sent journal entries.");
        return Err(fault.rule("journals_only"));
    }
    let not_there = || {
        let fault = Fault::new(Code::NotFound, "No invoice or credit note has this number.");
        fault.at("number").rule("not_there")
    };
    let number = request.number.trim();
    let system = Provider::from_key(&row.provider).map(Provider::capabilities);
    let by_currency = system.is_some_and(|it| it.customers_by_currency);
    let numbered =
        view.numbered_document((row.id, by_currency), number).await?.ok_or_else(not_there)?;
    let mut contents = view.export_contents(numbered.kind, &[numbered.id]).await?;
    let content = contents.remove(&numbered.id).ok_or_else(not_there)?;
    let codes = codes(&mut view, row.id, row.provider == files::PROVIDER).await?;
    let named = Named {
        first: numbered.customer_there.clone().unwrap_or_default(),
        grouped: numbered.grouped,
        ..Named::default()
    };
    let built = build::made(numbered.kind, numbered.id, named, &content, &codes);
    let built = built.ok_or_else(not_there)?;
    let (ExportDocument::Invoice(sales) | ExportDocument::CreditNote(sales)) = &built.document
    else {
        return Err(not_there());
    };
    let told = Told { sales, decided: &built.decided };
    let mut shown = shown(&mut view, &row, (&numbered, &content), &told).await?;
    shown.warnings.extend(before_sending(&mut view, &row, &numbered, sales).await?);
    shown.warnings.extend(built.gaps.iter().map(missing));
    if built.gaps.is_empty() && row.provider != files::PROVIDER {
        compose(office, &row, built.document.clone(), &mut shown).await?;
    }
    Ok(shown)
}

fn warning(code: &str, params: &[(&str, String)]) -> RehearsalWarning {
    let params = params.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    RehearsalWarning { code: code.to_owned(), params: params.collect() }
}

fn missing(gap: &Gap) -> RehearsalWarning {
    let (kind, label, gone) = gap.named();
    if let Some(books) = gap.books() {
        let about = [("label", label.to_owned()), ("books", books.to_owned())];
        return warning("other_books", &about);
    }
    if kind == MappedKind::Currency {
        return warning("currency_off", &[("label", label.to_owned())]);
    }
    let about = [("kind", codes::kind_word(kind).to_owned()), ("label", label.to_owned())];
    match gone {
        None => warning("not_mapped", &about),
        Some(code) => {
            let [kind, label] = about;
            warning("gone", &[kind, label, ("remote_code", code.to_owned())])
        }
    }
}

/// What would keep it back, or is worth knowing, whatever it is mapped onto.
async fn before_sending(
    view: &mut View,
    connection: &ConnectionRow,
    numbered: &NumberedDocument,
    sales: &SalesDocument,
) -> Result<Vec<RehearsalWarning>, Fault> {
    let mut found = Vec::new();
    if let Some(state) = numbered.state {
        found.push(warning("queued", &[("state", state.word().to_owned())]));
    } else if numbered.is_opening {
        found.push(warning("opening", &[]));
    } else if let Some(from) = connection.export_from.filter(|from| sales.date < *from) {
        found.push(warning("before_start", &[("from", from.to_string())]));
    }
    let run = view.connection_run(connection.id).await?;
    if let Some(until) = run.locked_until.filter(|until| sales.date <= *until) {
        found.push(warning("locked", &[("until", until.to_string())]));
    }
    if numbered.customer_there.is_none() {
        found.push(warning("customer_first", &[("customer", numbered.customer.clone())]));
    }
    Ok(found)
}

/// What would be sent, and what of it rules decided.
struct Told<'a> {
    sales: &'a SalesDocument,
    decided: &'a [Decision],
}

impl Told<'_> {
    /// The rule that decided something of a line, or of the document.
    fn rule(&self, line: Option<usize>, kind: SettingKind) -> Option<String> {
        let decision = self.decided.iter().find(|it| it.line == line && it.kind == kind);
        decision.map(|it| it.rule.clone())
    }

    fn line(&self, remote: &RemoteRows, at: usize, ours: &PricedLine) -> Option<RehearsedLine> {
        let theirs = self.sales.lines.get(at)?;
        let rule = |kind| self.rule(Some(at), kind);
        let item = &ours.item;
        let sold =
            if item.service_code.is_empty() { &item.income_account } else { &item.service_code };
        let account = code(sold, &theirs.account, &remote.accounts);
        let tax_code = code(&item.tax.name, &theirs.tax_code, &remote.tax_codes);
        Some(RehearsedLine {
            description: theirs.description.clone(),
            text_rule: rule(SettingKind::LineText),
            quantity: show::number(theirs.quantity),
            unit_price: show::number(theirs.unit_price),
            discount_percent: show::number(theirs.discount_percent),
            account: RehearsedCode { rule: rule(SettingKind::Account), ..account },
            tax_code: RehearsedCode { rule: rule(SettingKind::TaxCode), ..tax_code },
            net: theirs.net.into(),
            vat: theirs.vat.into(),
            gross: theirs.gross.into(),
        })
    }

    /// What the document's department, or a rule, has it go under; nothing where neither is there.
    fn tracking(&self, remote: &RemoteRows, department: Option<&str>) -> Option<RehearsedCode> {
        let rule = self.rule(None, SettingKind::Tracking);
        if department.is_none() && rule.is_none() {
            return None;
        }
        let known = code(department.unwrap_or_default(), &self.sales.tracking, &remote.tracking);
        Some(RehearsedCode { rule, ..known })
    }
}

async fn shown(
    view: &mut View,
    connection: &ConnectionRow,
    (numbered, content): (&NumberedDocument, &Content),
    told: &Told<'_>,
) -> Result<RehearsalView, Fault> {
    let sales = told.sales;
    let remote = view.remote_objects(connection.id).await?;
    let departments = view.departments().await?;
    let department = departments.iter().find(|it| Some(it.id) == numbered.department_id);
    let ours: &[PricedLine] = match content {
        Content::Sales(ours) => &ours.totals.lines,
        Content::Customer { .. }
        | Content::Payment { .. }
        | Content::OnAccount { .. }
        | Content::Allocation { .. }
        | Content::Attachment { .. }
        | Content::Journal(_) => &[],
    };
    let lines = ours.iter().enumerate().filter_map(|(at, ours)| told.line(&remote, at, ours));
    Ok(RehearsalView {
        document_id: numbered.id.to_string(),
        kind: numbered.kind.word().to_owned(),
        number: sales.number.clone(),
        company: connection.remote_company_name.clone(),
        customer: numbered.customer.clone(),
        date: sales.date.to_string(),
        due_date: sales.due_date.to_string(),
        currency: sales.currency.code().to_owned(),
        rate: sales.rate.map(show::number),
        prices_contain_vat: sales.basis == finance::tax::PriceBasis::Gross,
        tracking: told.tracking(&remote, department.map(|it| it.name.as_str())),
        lines: lines.collect(),
        net: sales.net.into(),
        vat: sales.vat.into(),
        gross: sales.gross.into(),
        warnings: Vec::new(),
        path: None,
        body: None,
    })
}

/// One of ours beside the code it goes under, with its name there.
fn code(ours: &str, code: &str, theirs: &[RemoteRow]) -> RehearsedCode {
    RehearsedCode {
        ours: ours.to_owned(),
        code: Some(code.to_owned()).filter(|code| !code.is_empty()),
        name: theirs.iter().find(|row| row.code == code).map(|row| row.name.clone()),
        rule: None,
    }
}

/// Adds the request as it would be sent, or why there would be none.
async fn compose(
    office: &Office,
    connection: &ConnectionRow,
    document: ExportDocument,
    shown: &mut RehearsalView,
) -> Result<(), Fault> {
    let question = Question::to(office, connection).await?;
    // A key is made when a record is taken up; one of noughts tells that this is none.
    let item = PushItem { document, idempotency_key: "0".repeat(32) };
    let answer = question.adapter.compose(&question.session, &item).await;
    match &answer {
        Ok(composed) => {
            shown.path = Some(composed.path.clone());
            shown.body = Some(composed.body.clone());
        }
        Err(error) => {
            let about = [("why", error_word(error).to_owned()), ("text", error_text(error))];
            shown.warnings.push(warning("refused", &about));
        }
    }
    question.noted(office, answer.err().as_ref()).await
}
