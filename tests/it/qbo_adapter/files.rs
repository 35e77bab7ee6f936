//! Files beside documents in QuickBooks: one body of two parts, and an outcome inside a good answer.

use super::desk::{Desk, credit, customer, desk, invoice};
use providers::document::{AttachedTo, AttachmentDocument, ExportDocument};
use providers::error::ReferenceKind;
use providers::{Found, ItemOutcome, ProviderError};
use serde_json::json;
use simulators::faults::{Fault, Rule};
use simulators::qbo::Entity;
use simulators::xsd::Schema;
use std::path::Path;

/// A PDF, in whose bytes a line of the body may stand.
const PDF: &[u8] = b"%PDF-1.7\r\n--kontor\r\n\r\n\x00\xff\r\n";

fn file(attached_to: AttachedTo, document: &str, name: &str) -> ExportDocument {
    ExportDocument::Attachment(AttachmentDocument {
        reference: format!("K-{name}"),
        attached_to,
        document: document.to_owned(),
        file_name: name.to_owned(),
        content: PDF.to_vec(),
    })
}

async fn outcome(desk: &Desk, document: &ExportDocument) -> ItemOutcome {
    desk.push(std::slice::from_ref(document)).await.remove(0)
}

#[tokio::test]
async fn a_file_goes_beside_its_document_whole_and_is_found_there_and_nowhere_else() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let note = desk.create(&credit("C-1", &ann)).await;
    let ours = file(AttachedTo::Invoice, &bill, "A-1.pdf");
    assert_eq!(desk.find(&ours).await, Found::Absent);
    let there = outcome(&desk, &ours).await.expect("uploaded");
    assert_eq!((there.number.as_str(), there.gross), ("A-1.pdf", None));
    assert_eq!(desk.find(&ours).await, Found::Ours(there));
    assert_eq!(desk.sim.files(), [("A-1.pdf".to_owned(), PDF.to_vec())]);
    for other in [
        file(AttachedTo::Invoice, &bill, "A-2.pdf"),
        file(AttachedTo::Invoice, &note, "A-1.pdf"),
        file(AttachedTo::CreditNote, &note, "A-1.pdf"),
    ] {
        assert_eq!(desk.find(&other).await, Found::Absent, "{other:?}");
    }
    outcome(&desk, &file(AttachedTo::CreditNote, &note, "C-1.pdf")).await.expect("uploaded");
    let row = desk.sim.living(Entity::Attachable).remove(1);
    let entity = json!([{"EntityRef": {"type": "CreditMemo", "value": note}}]);
    assert_eq!(row.body["AttachableRef"], entity);
}

#[tokio::test]
async fn a_refusal_inside_a_good_answer_is_one() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let row = desk.sim.living(Entity::Invoice).remove(0);
    let named = json!({"Id": row.id, "SyncToken": row.sync_token.to_string()});
    desk.raw("invoice?operation=delete", &named).await;
    let ours = file(AttachedTo::Invoice, &bill, "A-1.pdf");
    let refused = outcome(&desk, &ours).await;
    let Err(ProviderError::MissingReference { kind, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(kind, ReferenceKind::Document);
    let last = desk.sim.requests().pop().expect("a call");
    assert_eq!((last.path.ends_with("/upload"), last.status), (true, 200));
    assert_eq!(desk.find(&ours).await, Found::Absent);
}

#[tokio::test]
async fn after_a_spoilt_reply_the_look_up_says_whether_the_file_is_there() {
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    let faults = [
        Rule::always(Fault::ConnectionLost).after_commit(),
        Rule::always(Fault::ConnectionLost),
        Rule::always(Fault::ServerError),
        Rule::always(Fault::BadGateway).after_commit(),
        Rule::always(Fault::SignInPage).after_commit(),
        Rule::always(Fault::TruncatedJson),
        Rule::always(Fault::EmptyOk),
    ];
    for (index, rule) in faults.into_iter().enumerate() {
        let ours = file(AttachedTo::Invoice, &bill, &format!("F-{index}.pdf"));
        let before = desk.sim.files().len();
        desk.strike(rule.clone().on("POST", &desk.path("upload")));
        let lost = outcome(&desk, &ours).await;
        assert!(matches!(lost, Err(ProviderError::OutcomeUnknown { .. })), "{rule:?} {lost:?}");
        desk.calm();
        let is_there = desk.sim.files().len() > before;
        assert_eq!(matches!(desk.find(&ours).await, Found::Ours(_)), is_there, "{rule:?}");
    }
}

#[tokio::test]
async fn what_is_said_of_a_file_fits_the_official_schema() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/specs/qbo");
    if !Path::new(folder).exists() {
        eprintln!("skipped: {folder} is not there");
        return;
    }
    let schema = Schema::read(Path::new(folder)).expect("a schema");
    let desk = desk().await;
    let ann = desk.create(&customer("1", "Ann")).await;
    let bill = desk.create(&invoice("A-1", &ann)).await;
    outcome(&desk, &file(AttachedTo::Invoice, &bill, "A-1.pdf")).await.expect("uploaded");
    let sent = desk.sim.requests().pop().expect("a call").body;
    let text = sent.as_str().expect("a body of parts");
    let described = text.lines().find(|line| line.starts_with('{')).expect("a description");
    let described = serde_json::from_str(described).expect("json");
    assert_eq!(schema.breaches("Attachable", &described), [""; 0], "{described}");
}
