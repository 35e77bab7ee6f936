//! Simulated systems that are sent journal entries: which accounts these name, and what arrived.

use crate::system::System;
use chrono::NaiveDate;
use providers::registry::Provider;
use rust_decimal::Decimal;
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
/// are sent there. Xero takes no line on a bank account nor on one that it posts to itself.
pub fn accounts(provider: Provider) -> Vec<(&'static str, String)> {
    let pairs: &[(&str, &str)] = match provider {
        Provider::Xero => {
            &[("1100", "400"), ("1920", "970"), ("2102", "449"), ("2200", "310"), ("3000", "200")]
        }
        Provider::Qbo | Provider::Sage => &[],
    };
    pairs.iter().map(|(ours, theirs)| (*ours, (*theirs).to_owned())).collect()
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
