//! What whoever helps needs to see of what stopped.
//!
//! Never tells who the customers are: what the book knows of them is taken out of every text, and
//! whatever looks like an address or a number of a person.

use super::causes::{self, Meant, meant};
use super::{no_record, record_id};
use crate::actor::Actor;
use crate::fault::Fault;
use crate::office::Office;
use crate::show;
use crate::wire::exports::{SupportReport, SupportReportRequest};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use store::exports::{CauseRow, ExportFilter, ExportKeys, ExportRow};
use store::{View, Window};

/// Records of a cause that are told of; the others failed alike.
const RECORDS: u32 = 5;
/// The last attempts of each.
const ATTEMPTS: usize = 10;
/// Parameters of a cause that are words of the systems, never of a person.
const CODES: [&str; 5] = ["field", "reference", "kind", "code", "text"];

/// A cause, or one record, as a text without personal data.
pub async fn support_report(
    office: &Office,
    _: &Actor,
    request: SupportReportRequest,
) -> Result<SupportReport, Fault> {
    let mut view = office.store.read().await?;
    let (about, records) = match (&request.cause_id, &request.record_id) {
        (Some(id), _) => of_cause(&mut view, id).await?,
        (None, Some(id)) => (About::Record, vec![record_id("record_id", id)?]),
        (None, None) => return Err(no_record()),
    };
    let veil = Veil::of(&view.named_in_exports(&records).await?);
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let mut text = format!("Kontor {} on {os} {arch}\n", env!("CARGO_PKG_VERSION"));
    text.push_str(&about.lines(&veil));
    for id in records {
        let (record, keys) = causes::find(&mut view, id).await?;
        text.push_str(&record_lines(&mut view, (&record, &keys), &veil).await?);
    }
    Ok(SupportReport { text })
}

/// What a report is about, before its records.
enum About {
    Record,
    /// Records of one cause.
    Cause(CauseRow),
    /// How a connection stands: its system and the word for it.
    Connection(String, &'static str),
    /// It was mended meanwhile.
    Nothing,
}

/// A cause with the first of its records; how a connection stands has none that failed.
async fn of_cause(view: &mut View, id: &str) -> Result<(About, Vec<i64>), Fault> {
    let id = match meant("cause_id", id)? {
        Meant::Records(id) => id,
        Meant::Connection(standing, connection) => {
            let found = view.find_connection(connection).await?;
            let about = found
                .map_or(About::Nothing, |found| About::Connection(found.provider, standing.word()));
            return Ok((about, Vec::new()));
        }
    };
    let cause = view.open_causes(None).await?.into_iter().find(|cause| cause.id == id);
    let filter = ExportFilter { cause: Some(id), ..ExportFilter::default() };
    let page = view.list_exports(&filter, None, Window { offset: 0, limit: RECORDS }).await?;
    let about = cause.map_or(About::Nothing, About::Cause);
    Ok((about, page.rows.iter().map(|row| row.id).collect()))
}

impl About {
    fn lines(&self, veil: &Veil) -> String {
        match self {
            Self::Record | Self::Nothing => String::new(),
            Self::Connection(system, word) => format!("{system}: {word}\n"),
            Self::Cause(cause) => cause_lines(cause, veil),
        }
    }
}

fn cause_lines(cause: &CauseRow, veil: &Veil) -> String {
    let params: BTreeMap<String, String> = serde_json::from_str(&cause.params).unwrap_or_default();
    let since = show::moment(cause.opened_at_ms);
    let (system, class) = (&cause.provider, &cause.class);
    let mut lines = format!("{system}: {class}, {} records, since {since}\n", cause.records);
    for name in CODES {
        if let Some(value) = params.get(name) {
            let _ = writeln!(lines, "  {name}: {}", veil.over(value));
        }
    }
    lines
}

async fn record_lines(
    view: &mut View,
    (record, keys): (&ExportRow, &ExportKeys),
    veil: &Veil,
) -> Result<String, Fault> {
    let operation = if record.undo { "removal of " } else { "" };
    let mut lines = format!(
        "\nrecord {} at {}: {operation}{}, {}, revision {}, {} attempts, key {}\n",
        record.id,
        record.provider,
        record.kind.word(),
        record.state.word(),
        keys.revision,
        record.attempts,
        keys.idempotency_key.as_deref().unwrap_or("-"),
    );
    let attempts = view.export_attempts(record.id).await?;
    for attempt in attempts.iter().rev().take(ATTEMPTS).rev() {
        let status = attempt.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
        let _ = writeln!(
            lines,
            "  {} {} {} {status} {} {}: {} | {}",
            show::moment(attempt.began_at_ms),
            attempt.call,
            attempt.outcome,
            attempt.class.as_deref().unwrap_or("-"),
            attempt.request_id.as_deref().unwrap_or("-"),
            veil.over(&attempt.text),
            veil.over(&attempt.excerpt),
        );
    }
    Ok(lines)
}

/// What must not be read: whole texts and the words of them, in small letters, the longest first.
struct Veil(Vec<String>);

/// Words shorter than this are in every text.
const WORD: usize = 3;

impl Veil {
    fn of(named: &[String]) -> Self {
        let whole = named.iter().map(|text| text.trim().to_lowercase());
        let words = named.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
        let words = words.map(str::to_lowercase).filter(|word| word.chars().count() >= WORD);
        let all: BTreeSet<String> = whole.chain(words).filter(|text| !text.is_empty()).collect();
        let mut all: Vec<String> = all.into_iter().collect();
        all.sort_by_key(|text| std::cmp::Reverse(text.len()));
        Self(all)
    }

    /// The text without them, on one line.
    fn over(&self, text: &str) -> String {
        let mut shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for word in &self.0 {
            shown = without(&shown, word);
        }
        let words = shown.split(' ').map(|word| if is_personal(word) { "[…]" } else { word });
        words.collect::<Vec<_>>().join(" ")
    }
}

/// Addresses, and numbers as long as those of telephones, accounts and people.
fn is_personal(word: &str) -> bool {
    let is_hex = word.chars().any(|c| c.is_ascii_alphabetic());
    word.contains('@') || (!is_hex && word.chars().filter(char::is_ascii_digit).count() >= 8)
}

/// A text without another, whose letters are small; where letters stand is found in small letters,
/// character by character, so that none is cut.
fn without(text: &str, word: &str) -> String {
    let wanted: Vec<char> = word.chars().collect();
    let small: Vec<char> = text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
    let all: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < all.len() {
        if small[at..].starts_with(&wanted) {
            shown.push_str("[…]");
            at += wanted.len();
        } else {
            shown.push(all[at]);
            at += 1;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn veil() -> Veil {
        Veil::of(&["Kari Ødegård".to_owned(), "kari@post.no".to_owned(), "912 34 567".to_owned()])
    }

    #[test]
    fn what_the_book_knows_of_a_person_is_taken_out_in_any_letters() {
        let said = "Contact KARI ØDEGÅRD (Kari@Post.no, 912 34 567) is not valid: Ødegård, Kari";
        let shown = veil().over(said);
        for part in ["kari", "ødegård", "post.no", "912"] {
            assert!(!shown.to_lowercase().contains(part), "{part} is in {shown}");
        }
        assert!(shown.contains("is not valid"));
    }

    #[test]
    fn addresses_and_long_numbers_of_strangers_are_taken_out() {
        let shown = Veil::of(&[]).over("ola@skole.no has 01019012345, invoice A-10363, 2 450.00");
        assert_eq!(shown, "[…] has […] invoice A-10363, 2 450.00");
    }

    #[test]
    fn the_ids_of_requests_stay() {
        let id = "5f1c9d1e-3a3b-4b1c-9d1e-3a3b4b1c9d1e";
        assert_eq!(veil().over(id), id);
    }
}
