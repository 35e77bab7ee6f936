//! Charts that countries use, with the accounts a driving school's receivables touch, as data.
//!
//! Never changes a number once it is released: entries follow from it. A school adds accounts and
//! gives them names of its own. Each source was read on the date beside it.

use super::AccountKind::{self, Asset, Equity, Expense, Income, Liability};

/// A chart and the posting rules that go with it.
#[derive(Debug)]
pub struct Template {
    /// ISO 3166 alpha-2 code; empty for any other country.
    pub country: &'static str,
    /// What the chart is called.
    pub name: &'static str,
    /// Where its numbers come from, and when that was read.
    pub source: &'static str,
    /// Number, name in the chart's language, and what it holds.
    pub accounts: &'static [(&'static str, &'static str, AccountKind)],
    pub(super) receivables: &'static str,
    pub(super) credit: &'static str,
    /// Money by a method that names no account.
    pub(super) money: &'static str,
    /// By VAT code; the empty one is for every other code.
    pub(super) sales: &'static [(&'static str, &'static str)],
    pub(super) pass_through: &'static str,
    pub(super) vat: &'static [(&'static str, &'static str)],
    pub(super) bad_debts: &'static str,
    pub(super) small_differences: &'static str,
    pub(super) fees_due: &'static str,
    pub(super) fee_income: &'static str,
    pub(super) exchange_gain: &'static str,
    pub(super) exchange_loss: &'static str,
    /// What another system's open invoices are weighed against.
    pub(super) opening: &'static str,
}

impl Template {
    /// The accounts that the posting rules name.
    pub(crate) fn rules(&self) -> impl Iterator<Item = &'static str> {
        let by_code = self.sales.iter().chain(self.vat).map(|(_, account)| *account);
        let single = [
            self.receivables,
            self.credit,
            self.money,
            self.pass_through,
            self.bad_debts,
            self.small_differences,
            self.fees_due,
            self.fee_income,
            self.exchange_gain,
            self.exchange_loss,
            self.opening,
        ];
        by_code.chain(single)
    }
}

/// The chart of a country, or the generic one.
pub fn template(country: &str) -> &'static Template {
    let found = [&NORWAY, &GERMANY, &BRITAIN].into_iter().find(|it| it.country == country);
    found.unwrap_or(&GENERIC)
}

/// Within the groups of NS 4102 the sub-accounts (2701, 2702, 3010 …) are the usual ones.
static NORWAY: Template = Template {
    country: "NO",
    name: "NS 4102",
    source: "NS 4102; Skatteetaten, SAF-T næringsspesifikasjon codes, read 2026-11-20",
    accounts: &[
        ("1500", "Kundefordringer", Asset),
        ("1570", "Purregebyr til gode", Asset),
        ("1900", "Kontanter", Asset),
        ("1920", "Bankinnskudd", Asset),
        ("1925", "Vipps, oppgjør", Asset),
        ("1926", "Kort, oppgjør", Asset),
        ("2050", "Annen egenkapital", Equity),
        ("2700", "Utgående merverdiavgift, høy sats", Liability),
        ("2701", "Utgående merverdiavgift, middels sats", Liability),
        ("2702", "Utgående merverdiavgift, lav sats", Liability),
        ("2900", "Forskudd fra kunder", Liability),
        ("2960", "Utlegg for elever", Liability),
        ("3000", "Salgsinntekt, avgiftspliktig", Income),
        ("3010", "Sikkerhetskurs, avgiftspliktig", Income),
        ("3040", "Pakker, avgiftspliktig", Income),
        ("3090", "Sen avbestilling, avgiftspliktig", Income),
        ("3100", "Salgsinntekt, avgiftsfri", Income),
        ("3120", "Kurs, unntatt avgift", Income),
        ("3200", "Salgsinntekt, utenfor avgiftsområdet", Income),
        ("3900", "Andre driftsinntekter", Income),
        ("7770", "Øreavrunding og småbeløp", Expense),
        ("7830", "Tap på fordringer", Expense),
        ("8050", "Purregebyr", Income),
        ("8060", "Valutagevinst (agio)", Income),
        ("8160", "Valutatap (disagio)", Expense),
    ],
    receivables: "1500",
    credit: "2900",
    money: "1920",
    sales: &[("", "3000"), ("5", "3100"), ("6", "3200"), ("7", "3200")],
    pass_through: "2960",
    vat: &[("", "2700"), ("31", "2701"), ("33", "2702")],
    bad_debts: "7830",
    small_differences: "7770",
    fees_due: "1570",
    fee_income: "8050",
    exchange_gain: "8060",
    exchange_loss: "8160",
    opening: "2050",
};

static GERMANY: Template = Template {
    country: "DE",
    name: "DATEV SKR03",
    source: "DATEV, Standardkontenrahmen SKR 03, edition 2026, read 2026-11-20",
    accounts: &[
        ("1000", "Kasse", Asset),
        ("1200", "Bank", Asset),
        ("1360", "Geldtransit", Asset),
        ("1400", "Forderungen aus Lieferungen und Leistungen", Asset),
        ("1500", "Sonstige Vermögensgegenstände", Asset),
        ("1590", "Durchlaufende Posten", Asset),
        ("1710", "Erhaltene Anzahlungen", Liability),
        ("1770", "Umsatzsteuer", Liability),
        ("1771", "Umsatzsteuer 7 %", Liability),
        ("1776", "Umsatzsteuer 19 %", Liability),
        ("2150", "Aufwendungen aus der Währungsumrechnung", Expense),
        ("2300", "Sonstige Aufwendungen", Expense),
        ("2400", "Forderungsverluste (übliche Höhe)", Expense),
        ("2660", "Erträge aus der Währungsumrechnung", Income),
        ("2700", "Sonstige Erträge", Income),
        ("8100", "Steuerfreie Umsätze § 4 Nr. 8 ff. UStG", Income),
        ("8200", "Erlöse", Income),
        ("8300", "Erlöse 7 % USt", Income),
        ("8400", "Erlöse 19 % USt", Income),
        ("9008", "Saldenvorträge Debitoren", Equity),
    ],
    receivables: "1400",
    credit: "1710",
    money: "1200",
    sales: &[("", "8200"), ("19", "8400"), ("7", "8300"), ("E", "8100")],
    pass_through: "1590",
    vat: &[("", "1770"), ("19", "1776"), ("7", "1771")],
    bad_debts: "2400",
    small_differences: "2300",
    fees_due: "1500",
    fee_income: "2700",
    exchange_gain: "2660",
    exchange_loss: "2150",
    opening: "9008",
};

/// No law numbers these. The account of exchange differences bears the name Sage gives it ("Exchange
/// Rate Variance", sagefinancialsknowhow.com, read 2026-11-22); no page of Sage that could be read
/// gives its number, so 7906 is our own choice, beside the charges of banks.
static BRITAIN: Template = Template {
    country: "GB",
    name: "United Kingdom nominal codes",
    source: "Sage, default control accounts (gb-kb.sage.com, 200427112605610), read 2026-11-21",
    accounts: &[
        ("1100", "Debtors control account", Asset),
        ("1101", "Sundry debtors", Asset),
        ("1102", "Disbursements recoverable", Asset),
        ("1200", "Bank current account", Asset),
        ("1210", "Card receipts", Asset),
        ("1230", "Petty cash", Asset),
        ("2102", "Customer payments on account", Liability),
        ("2200", "Sales tax control account", Liability),
        ("3200", "Profit and loss account", Equity),
        ("4000", "Sales", Income),
        ("4900", "Miscellaneous income", Income),
        ("7906", "Exchange rate variance", Expense),
        ("8100", "Bad debt write off", Expense),
        ("8250", "Sundry expenses", Expense),
    ],
    receivables: "1100",
    credit: "2102",
    money: "1200",
    sales: &[("", "4000")],
    pass_through: "1102",
    vat: &[("", "2200")],
    bad_debts: "8100",
    small_differences: "8250",
    fees_due: "1101",
    fee_income: "4900",
    exchange_gain: "7906",
    exchange_loss: "7906",
    opening: "3200",
};

static GENERIC: Template = Template {
    country: "",
    name: "Generic",
    source: "Our own: assets 1, liabilities 2, income 4, expenses 8; 2026-11-20",
    accounts: &[
        ("1100", "Receivables", Asset),
        ("1110", "Reminder fees receivable", Asset),
        ("1150", "Amounts laid out for students", Asset),
        ("1200", "Bank", Asset),
        ("1210", "Card receipts", Asset),
        ("1230", "Cash", Asset),
        ("2100", "Customer credit", Liability),
        ("2200", "VAT payable", Liability),
        ("3000", "Opening balances", Equity),
        ("4000", "Sales", Income),
        ("4900", "Reminder fees", Income),
        ("4950", "Exchange gains", Income),
        ("8100", "Bad debts", Expense),
        ("8250", "Small differences", Expense),
        ("8350", "Exchange losses", Expense),
    ],
    receivables: "1100",
    credit: "2100",
    money: "1200",
    sales: &[("", "4000")],
    pass_through: "1150",
    vat: &[("", "2200")],
    bad_debts: "8100",
    small_differences: "8250",
    fees_due: "1110",
    fee_income: "4900",
    exchange_gain: "4950",
    exchange_loss: "8350",
    opening: "3000",
};

/// Every template, for tests.
#[cfg(test)]
pub(crate) static ALL: [&Template; 4] = [&NORWAY, &GERMANY, &BRITAIN, &GENERIC];
