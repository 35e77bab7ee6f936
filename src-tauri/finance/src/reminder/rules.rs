//! What the law of a country says about reminders, as dated data.
//!
//! Never a figure without its source. Where none was found there is no fee. Interest for late
//! payment is another claim, see [`super::interest`].
//!
//! Norway: inkassoforskriften chapter 1 (fees) and inkassoloven § 9 (collection notice). A fee
//! may be asked for when the reminder goes out at least 14 days after the due date, for at most
//! two reminders of a claim, the collection notice counted, and without VAT; the payer gets at
//! least 14 days (altinn.no, "Purring og inkasso"; lindorff.no, "Purregebyr"). 70 kroner for
//! invoices due up to 30 September 2020, 35 kroner for those due later (sergel.no, "Endringer i
//! purregebyr og inkassosalær fra 1. oktober 2020"); still 35 kroner on 1 January 2025 (kred.no,
//! "Nye satser fra 1. januar 2025"). No later figure was found.
//!
//! Germany: the first reminder puts the debtor in default and may cost nothing (§ 286 (1) BGB);
//! after that only proven costs may be asked of consumers, and flat fees in standard terms were
//! struck down (BGH, VIII ZR 95/18 of 26 June 2019), hence none. Businesses owe 40 euros for each
//! claim (§ 288 (5) BGB, in force since 29 July 2014).
//!
//! United Kingdom: Late Payment of Commercial Debts (Interest) Act 1998, section 5A: 40 pounds
//! below 1,000, 70 below 10,000, else 100, for each debt, once, between businesses only
//! (Insolvency Service technical manual, 31.1.48 and 31.1.49). Since 7 August 2002 (SI 2002/1674).

use crate::money::{Currency, Money};
use chrono::NaiveDate;

/// Who owes: the law protects consumers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Debtor {
    /// A private person.
    Consumer,
    /// A business.
    Business,
}

/// One figure of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeEntry {
    /// Whom it may be asked of.
    pub debtor: Debtor,
    /// The first due date for which it holds, as year, month, day.
    pub due_from: (i32, u32, u32),
    /// The smallest open amount for which it holds, minor units.
    pub open_from_minor: i64,
    /// The fee, minor units.
    pub fee_minor: i64,
}

impl FeeEntry {
    fn holds(&self, debtor: Debtor, due: NaiveDate, open: Money) -> bool {
        let (year, month, day) = self.due_from;
        let from = NaiveDate::from_ymd_opt(year, month, day);
        self.debtor == debtor
            && from.is_some_and(|from| from <= due)
            && self.open_from_minor <= open.minor()
    }
}

/// What a fee is counted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeePer {
    /// One fee for a message, whatever it reminds of.
    Message,
    /// One for each invoice.
    Invoice,
}

/// A country's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// ISO 3166 alpha-2 code; empty for any other country.
    pub country: &'static str,
    /// ISO 4217 code of its figures.
    pub currency: &'static str,
    /// What a fee is counted for.
    pub fee_per: FeePer,
    /// Days after the due date before a fee may be asked for.
    pub fee_wait_days: u16,
    /// Reminders of one invoice that may carry a fee.
    pub most_fees: usize,
    /// Days a reminded payer must get.
    pub least_deadline_days: u16,
    /// The figures, later and larger ones last.
    pub fees: &'static [FeeEntry],
}

const fn entry(
    debtor: Debtor,
    due_from: (i32, u32, u32),
    open_from_minor: i64,
    fee_minor: i64,
) -> FeeEntry {
    FeeEntry { debtor, due_from, open_from_minor, fee_minor }
}

const NORWAY: Rules = Rules {
    country: "NO",
    currency: "NOK",
    fee_per: FeePer::Message,
    fee_wait_days: 14,
    most_fees: 2,
    least_deadline_days: 14,
    fees: &[
        entry(Debtor::Consumer, (2017, 1, 1), 0, 7_000),
        entry(Debtor::Consumer, (2020, 10, 1), 0, 3_500),
        entry(Debtor::Business, (2017, 1, 1), 0, 7_000),
        entry(Debtor::Business, (2020, 10, 1), 0, 3_500),
    ],
};

const GERMANY: Rules = Rules {
    country: "DE",
    currency: "EUR",
    fee_per: FeePer::Invoice,
    fee_wait_days: 1,
    most_fees: 1,
    least_deadline_days: 1,
    fees: &[entry(Debtor::Business, (2014, 7, 29), 0, 4_000)],
};

const BRITAIN: Rules = Rules {
    country: "GB",
    currency: "GBP",
    fee_per: FeePer::Invoice,
    fee_wait_days: 1,
    most_fees: 1,
    least_deadline_days: 1,
    fees: &[
        entry(Debtor::Business, (2002, 8, 7), 0, 4_000),
        entry(Debtor::Business, (2002, 8, 7), 100_000, 7_000),
        entry(Debtor::Business, (2002, 8, 7), 1_000_000, 10_000),
    ],
};

const ELSEWHERE: Rules = Rules {
    country: "",
    currency: "",
    fee_per: FeePer::Message,
    fee_wait_days: 1,
    most_fees: 0,
    least_deadline_days: 1,
    fees: &[],
};

const COUNTRIES: [Rules; 3] = [NORWAY, GERMANY, BRITAIN];

impl Rules {
    /// The rules of a country; where they are not known, those without any fee.
    pub fn of(country: &str) -> &'static Self {
        COUNTRIES.iter().find(|rules| rules.country == country).unwrap_or(&ELSEWHERE)
    }

    /// The most that may be asked for about one invoice on a day, before counting earlier fees.
    pub fn fee(
        &self,
        debtor: Debtor,
        due: NaiveDate,
        open: Money,
        day: NaiveDate,
    ) -> Option<Money> {
        let currency: Currency = open.currency();
        let late_enough = (day - due).num_days() >= i64::from(self.fee_wait_days);
        if !late_enough || currency.code() != self.currency {
            return None;
        }
        let holding = self.fees.iter().rev().find(|entry| entry.holds(debtor, due, open));
        holding.map(|entry| Money::from_minor(entry.fee_minor, currency))
    }
}
