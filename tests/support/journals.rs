//! Simulated systems that are sent journal entries: which accounts these name, and what arrived.

use crate::system::System;
use chrono::NaiveDate;
use providers::registry::Provider;
use rust_decimal::Decimal;
use serde_json::Value;
use simulators::qbo::{Entity, QboSimulator, Row};
use simulators::sage::{SageSimulator, fixed_id};
use simulators::xero::XeroSimulator;

/// A journal entry over there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalThere {
    /// What it is called; holds our reference.
    pub name: String,
    /// The day it counts.
    pub date: NaiveDate,
    /// Account and amount of each line; credits are below nothing.
    pub lines: Vec<(String, Decimal)>,
}

/// Our accounts, and those of theirs that journal entries name for them; none where no journal entries
/// are sent there. Xero takes no line on a bank account nor on one that it posts to itself, QuickBooks
/// none on receivables without their customer.
pub fn accounts(provider: Provider) -> Vec<(&'static str, String)> {
    let theirs = match provider {
        Provider::Xero => ["400", "970", "449", "310", "200"].map(str::to_owned),
        Provider::Qbo => ["8", "4", "9", "2", "1"].map(|id| format!("account:{id}")),
        Provider::Sage => [1100, 1200, 2200, 2250, 4000].map(sage_account),
    };
    ["1100", "1920", "2102", "2200", "3000"].into_iter().zip(theirs).collect()
}

fn sage_account(number: u32) -> String {
    format!("ledger:{}", fixed_id(1, number))
}

/// A system that is sent journal entries.
pub trait Journals: System {
    /// The entries that are there and count.
    fn journals(&self) -> Vec<JournalThere>;
}

impl Journals for XeroSimulator {
    fn journals(&self) -> Vec<JournalThere> {
        let posted = self.manual_journals().into_iter().filter(|it| it.status == "POSTED");
        let entry = |it: simulators::xero::ManualJournal| JournalThere {
            name: it.narration,
            date: it.date,
            lines: it
                .lines
                .into_iter()
                .map(|line| (line.account_code.unwrap_or_default(), line.line_amount))
                .collect(),
        };
        posted.map(entry).collect()
    }
}

impl Journals for QboSimulator {
    fn journals(&self) -> Vec<JournalThere> {
        let entry = |row: Row| JournalThere {
            name: format!("{} {}", row.text("DocNumber"), row.text("PrivateNote")),
            date: row.day().expect("a day"),
            lines: row.body["Line"].as_array().into_iter().flatten().map(qbo_line).collect(),
        };
        self.living(Entity::JournalEntry).into_iter().map(entry).collect()
    }
}

fn qbo_line(line: &Value) -> (String, Decimal) {
    let posting = &line["JournalEntryLineDetail"];
    let account = posting["AccountRef"]["value"].as_str().unwrap_or_default();
    let amount: Decimal = line["Amount"].to_string().parse().expect("an amount");
    let amount = if posting["PostingType"] == "Credit" { -amount } else { amount };
    (format!("account:{account}"), amount)
}

impl Journals for SageSimulator {
    fn journals(&self) -> Vec<JournalThere> {
        let living = self.journals().into_iter().filter(|it| it.deleted_at.is_none());
        let entry = |it: simulators::sage::Journal| JournalThere {
            name: format!("{} {}", it.reference, it.description.unwrap_or_default()),
            date: it.date,
            lines: it
                .lines
                .into_iter()
                .map(|line| {
                    (format!("ledger:{}", line.ledger_account_id), line.debit - line.credit)
                })
                .collect(),
        };
        living.map(entry).collect()
    }
}
