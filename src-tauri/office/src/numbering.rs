//! Numbers of documents: which series gives the next one, and the proof that none is missing.
//!
//! Never leaves a hole: a number is taken in the transaction that records its document.

use crate::actor::Actor;
use crate::clock::IdSource;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::{MadeFile, Nothing};
use crate::wire::series::{
    ExportSeries, MissingNumbers, SaveSeriesRule, SeriesRow, SeriesRuleView, SeriesView,
};
use crate::{papers, typed};
use chrono::{Datelike, NaiveDate};
use documents::csv_out::{self, Cell};
use finance::fact::FactBody;
use finance::ids::SeriesId;
use finance::numbering::{
    Choice, DocumentKind, DocumentNumber, NumberSeries, SeriesRejection, SeriesRule, Standing,
    choose,
};
use std::sync::Arc;
use store::{SeriesProof, View};

const KINDS: &[(&str, DocumentKind)] =
    &[("invoice", DocumentKind::Invoice), ("credit_note", DocumentKind::CreditNote)];

fn kind_word(kind: DocumentKind) -> String {
    crate::show::name_of(&kind, KINDS)
}

/// The numbers of one kind of document at this desk, as a transaction or a preview sees them.
pub(crate) struct Numbers {
    rule: Option<SeriesRule>,
    open: Vec<Standing>,
    opened: Vec<FactBody>,
    ids: Arc<dyn IdSource>,
}

impl Numbers {
    /// Reads the desk's series and its rule.
    ///
    /// # Errors
    /// What the database reports.
    pub async fn read(view: &mut View, office: &Office, kind: DocumentKind) -> Result<Self, Fault> {
        let (rule, open) = view.series_of(kind, &office.desk).await?;
        Ok(Self { rule, open, opened: Vec::new(), ids: office.ids.clone() })
    }

    /// The number a document of a day would bear; nothing where the desk has no series.
    pub fn peek(&self, day: NaiveDate) -> Option<DocumentNumber> {
        self.peek_several(day, 1).pop()
    }

    /// The numbers several documents of a day would bear; none where the desk has no series.
    pub fn peek_several(&self, day: NaiveDate, count: usize) -> Vec<DocumentNumber> {
        let nobody = SeriesId(uuid::Uuid::nil());
        let (series, next) = match choose(self.rule.as_ref(), &self.open, day.year(), nobody) {
            Some(Choice::Open(place)) => match self.open.get(place) {
                Some(standing) => (standing.series.clone(), standing.next),
                None => return Vec::new(),
            },
            Some(Choice::New(series)) => (series.clone(), series.first),
            None => return Vec::new(),
        };
        (next..).take(count).map(|sequence| series.number(sequence)).collect()
    }

    /// Takes that number; a series that a new year needs is opened.
    pub fn take(&mut self, day: NaiveDate) -> Option<DocumentNumber> {
        let id = SeriesId(self.ids.new_id());
        let place = match choose(self.rule.as_ref(), &self.open, day.year(), id)? {
            Choice::Open(place) => place,
            Choice::New(series) => {
                self.opened.push(FactBody::SeriesOpened(series.clone()));
                self.open.push(Standing { next: series.first, series });
                self.open.len() - 1
            }
        };
        let standing = self.open.get_mut(place)?;
        let number = standing.series.number(standing.next);
        standing.next += 1;
        Some(number)
    }

    /// The series that were opened, to be recorded before their documents.
    pub fn opened(self) -> Vec<FactBody> {
        self.opened
    }
}

/// Every series with what was issued from it, and the rules.
pub async fn number_series(office: &Office, _: &Actor, _: Nothing) -> Result<SeriesView, Fault> {
    let mut view = office.store.read().await?;
    let rules = view.series_rules().await?;
    let mut rows = Vec::new();
    for proof in view.series_proofs().await? {
        let rule = rules
            .iter()
            .find(|rule| rule.kind == proof.series.kind && rule.desk == proof.series.desk);
        rows.push(row(&mut view, office, proof, rule).await?);
    }
    // Of each kind and desk only the last one is numbered from, unless years begin again.
    for place in 0..rows.len() {
        let SeriesRow { kind, desk, .. } = rows[place].clone();
        let later = rows[place + 1..].iter().any(|row| row.kind == kind && row.desk == desk);
        rows[place].current = !later;
    }
    Ok(SeriesView {
        gapless: rows.iter().all(|row| row.missing.is_empty()),
        series: rows,
        in_kid: office.school.kid.is_some(),
        desk: office.desk.clone(),
        rules: rules
            .into_iter()
            .map(|rule| SeriesRuleView {
                kind: kind_word(rule.kind),
                desk: rule.desk,
                prefix: rule.prefix,
                yearly: rule.yearly,
                restart: rule.restart,
            })
            .collect(),
    })
}

async fn row(
    view: &mut View,
    office: &Office,
    proof: SeriesProof,
    rule: Option<&SeriesRule>,
) -> Result<SeriesRow, Fault> {
    let mut missing = Vec::new();
    for (first, last) in &proof.missing {
        missing.push(MissingNumbers {
            first: proof.series.number(*first).text,
            last: proof.series.number(*last).text,
            count: (last - first + 1).to_string(),
            why: why(view, office, &proof.series, *first).await?.to_owned(),
        });
    }
    let text = |number| proof.series.number(number).text;
    Ok(SeriesRow {
        id: proof.series.id.to_string(),
        kind: kind_word(proof.series.kind),
        desk: proof.series.desk.clone(),
        year: proof.series.year,
        prefix: proof.series.prefix.clone(),
        first: text(proof.series.first),
        last: proof.last.map(text),
        next: text(proof.next),
        issued: proof.issued,
        taken_back: proof.taken_back,
        yearly: rule.is_some_and(|rule| rule.yearly),
        current: false,
        missing,
    })
}

/// Why a number is missing: the other desk's facts have not all come, a document stands in the log
/// and in no table, or nothing is known of it.
async fn why(
    view: &mut View,
    office: &Office,
    series: &NumberSeries,
    sequence: u64,
) -> Result<&'static str, Fault> {
    if view.is_number_in_log(&series.number(sequence).text).await? {
        return Ok("not_applied");
    }
    Ok(if series.desk == office.desk { "unknown" } else { "not_arrived" })
}

/// Sets how this desk numbers a kind of document. A prefix that changes opens a series at once;
/// years open theirs with their first document.
pub async fn save_series_rule(
    office: &Office,
    actor: &Actor,
    request: SaveSeriesRule,
) -> Result<SeriesView, Fault> {
    let kind = typed::one_of("kind", &request.kind, KINDS)?;
    let rule = SeriesRule {
        school_id: office.school.id,
        kind,
        desk: office.desk.clone(),
        prefix: typed::required("prefix", &request.prefix, 24)?,
        yearly: request.yearly,
        restart: request.restart && request.yearly,
    };
    let in_kid = office.school.kid.is_some() && kind == DocumentKind::Invoice;
    rule.check(in_kid).map_err(refused)?;
    let mut tx = office.store.begin().await?;
    let (set, open) = tx.series_of(kind, &office.desk).await?;
    let taken = tx.series_proofs().await?;
    let prefix = rule.prefix_of(office.today().year());
    let other = |it: &SeriesProof| it.series.desk != office.desk || it.series.kind != kind;
    if taken.iter().any(|it| it.series.prefix == prefix && other(it)) {
        let fault = Fault::new(Code::AlreadyExists, "Another series has this prefix.");
        return Err(fault.at("prefix").rule("series_prefix"));
    }
    let mut bodies = Vec::new();
    if set.as_ref() != Some(&rule) {
        bodies.push(FactBody::SeriesRuleSet(rule.clone()));
    }
    let last = open.last();
    if !rule.yearly && last.is_none_or(|it| it.series.prefix != rule.prefix) {
        bodies.push(FactBody::SeriesOpened(anew(office, &rule, &open)?));
    }
    if bodies.is_empty() {
        drop(tx);
    } else {
        office.record(&mut tx, actor, bodies).await?;
        tx.commit().await?;
    }
    number_series(office, actor, Nothing {}).await
}

/// A series that goes on counting under another prefix. One that was used before is not opened a
/// second time: its numbers would come twice.
fn anew(office: &Office, rule: &SeriesRule, open: &[Standing]) -> Result<NumberSeries, Fault> {
    if open.iter().any(|it| it.series.prefix == rule.prefix) {
        let fault = Fault::new(Code::AlreadyExists, "An earlier series has this prefix.");
        return Err(fault.at("prefix").rule("series_prefix"));
    }
    Ok(NumberSeries {
        id: SeriesId(office.ids.new_id()),
        school_id: office.school.id,
        kind: rule.kind,
        desk: rule.desk.clone(),
        prefix: rule.prefix.clone(),
        first: open.iter().map(|it| it.next).max().unwrap_or(1),
        year: None,
    })
}

fn refused(rejection: SeriesRejection) -> Fault {
    let (field, rule) = match rejection {
        SeriesRejection::Prefix => ("prefix", "prefix"),
        SeriesRejection::Reserved => ("prefix", "prefix_reserved"),
        SeriesRejection::NoYear => ("prefix", "prefix_without_year"),
        SeriesRejection::RestartWithoutYear | SeriesRejection::RestartWithKid => {
            ("restart", "restart_with_kid")
        }
    };
    Fault::new(Code::Invalid, rejection.to_string()).at(field).rule(rule)
}

const HEADER: &[&str] = &[
    "desk",
    "kind",
    "year",
    "prefix",
    "first",
    "last",
    "next",
    "issued",
    "taken_back",
    "missing",
    "missing_first",
    "missing_last",
    "why",
];

/// The proof as a CSV file: a row for each series, and one more for each further run of missing
/// numbers.
pub async fn export_series(
    office: &Office,
    actor: &Actor,
    request: ExportSeries,
) -> Result<MadeFile, Fault> {
    let proof = number_series(office, actor, Nothing {}).await?;
    let rows = proof.series.iter().flat_map(cells).collect();
    let made = csv_out::table(HEADER, rows, true)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let name = format!("Kontor-number-series-{}.csv", office.today());
    papers::give(office, &request.wish, &name, &made.bytes)
}

fn cells(row: &SeriesRow) -> Vec<Vec<Cell<'static>>> {
    let text = |text: &str| Cell::Text(text.to_owned().into());
    let whole = |missing: Option<&MissingNumbers>| {
        vec![
            text(&row.desk),
            text(&row.kind),
            text(&row.year.map(|year| year.to_string()).unwrap_or_default()),
            text(&row.prefix),
            text(&row.first),
            text(row.last.as_deref().unwrap_or_default()),
            text(&row.next),
            Cell::Number(row.issued.into()),
            Cell::Number(row.taken_back.into()),
            text(missing.map_or("0", |missing| &missing.count)),
            text(missing.map_or("", |missing| &missing.first)),
            text(missing.map_or("", |missing| &missing.last)),
            text(missing.map_or("", |missing| &missing.why)),
        ]
    };
    if row.missing.is_empty() {
        return vec![whole(None)];
    }
    row.missing.iter().map(|missing| whole(Some(missing))).collect()
}
