//! Journal and trial balance as CSV files.
//!
//! Never another figure than the screens show: both ask the same use cases.

use super::{list_journal, trial_balance};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::{MadeFile, Money, Window};
use crate::wire::ledger::{
    ExportLedger, JournalEntry, JournalRequest, TrialBalanceRequest, TrialRow,
};
use crate::{papers, typed};
use documents::csv_out::{self, Cell};
use rust_decimal::Decimal;

#[derive(Clone, Copy)]
enum What {
    Journal,
    TrialBalance,
}

const JOURNAL: &[&str] = &[
    "date",
    "entry",
    "cause",
    "label",
    "student",
    "account",
    "account_name",
    "tax_code",
    "debit",
    "credit",
    "currency",
];
const BALANCE: &[&str] =
    &["account", "name", "kind", "opening", "debit", "credit", "closing", "currency"];

/// Writes one of them for a period.
pub async fn export_ledger(
    office: &Office,
    actor: &Actor,
    request: ExportLedger,
) -> Result<MadeFile, Fault> {
    let choices = &[("journal", What::Journal), ("trial_balance", What::TrialBalance)];
    let (header, rows) = match typed::one_of("what", &request.what, choices)? {
        What::Journal => (JOURNAL, journal(office, actor, &request).await?),
        What::TrialBalance => {
            let (from, to) = (request.from.clone(), request.to.clone());
            let answer = trial_balance(office, actor, TrialBalanceRequest { from, to }).await?;
            (BALANCE, answer.rows.into_iter().map(balance_row).collect())
        }
    };
    let made = csv_out::table(header, rows, true)
        .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let name = format!("Kontor-{}-{}.csv", request.what.replace('_', "-"), office.today());
    papers::give(office, &request.wish, &name, &made.bytes)
}

async fn journal(
    office: &Office,
    actor: &Actor,
    request: &ExportLedger,
) -> Result<Vec<Vec<Cell<'static>>>, Fault> {
    let (mut rows, mut offset) = (Vec::new(), 0);
    loop {
        let ExportLedger { from, to, account, .. } = request.clone();
        let window = Window { offset, limit: 500 };
        let wish = JournalRequest { from, to, account, window };
        let page = list_journal(office, actor, wish).await?;
        let read = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
        for (place, entry) in (offset + 1..).zip(page.rows) {
            rows.extend(entry_rows(place, &entry));
        }
        offset += read;
        office.events.progress("ledger", offset, page.total);
        if read == 0 || offset >= page.total {
            return Ok(rows);
        }
    }
}

fn text(text: &str) -> Cell<'static> {
    Cell::Text(text.to_owned().into())
}

fn amount(amount: Option<Money>) -> Cell<'static> {
    Cell::Amount(amount.map_or(Decimal::ZERO, |Money(money)| money.amount()))
}

fn entry_rows(place: u32, entry: &JournalEntry) -> Vec<Vec<Cell<'static>>> {
    let Money(total) = entry.total;
    entry
        .postings
        .iter()
        .map(|posting| {
            vec![
                text(&entry.on),
                Cell::Number(place.into()),
                text(&entry.cause),
                text(&entry.label),
                text(&entry.student),
                text(&posting.account),
                text(&posting.account_name),
                text(posting.tax_code.as_deref().unwrap_or_default()),
                amount(posting.debit),
                amount(posting.credit),
                text(total.currency().code()),
            ]
        })
        .collect()
}

fn balance_row(row: TrialRow) -> Vec<Cell<'static>> {
    let Money(closing) = row.closing;
    vec![
        text(&row.account),
        text(&row.name),
        text(&row.kind),
        amount(Some(row.opening)),
        amount(Some(row.debit)),
        amount(Some(row.credit)),
        amount(Some(row.closing)),
        text(closing.currency().code()),
    ]
}
