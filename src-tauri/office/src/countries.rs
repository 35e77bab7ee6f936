//! What countries suggest for a new school, as dated tables.
//!
//! Never decides how a driving lesson is taxed: the school's accountant chooses among the codes,
//! and every entry can be changed. Sources stand beside the entries.

use chrono::NaiveDate;
use finance::ids::SchoolId;
use finance::payment::PaymentMethod;
use finance::tax::{PriceBasis, TaxCode, VatCategory};
use rust_decimal::Decimal;

/// What a country suggests.
pub struct Country {
    /// ISO 3166 alpha-2 code; empty for any other country.
    pub code: &'static str,
    /// ISO 4217 code.
    pub currency: &'static str,
    /// Whether price lists contain VAT.
    pub basis: PriceBasis,
    /// Language of printed documents.
    pub language: &'static str,
    /// Days to pay.
    pub terms_days: u16,
    vat: &'static [Vat],
    methods: &'static [Method],
}

/// A VAT code: code, name in Norwegian and English, category, reason in both, and its rates by
/// from-date (per mille, so that 12.5 % stays whole). Without a name each rate is its own, so that
/// none stands under that of a later one.
struct Vat {
    code: &'static str,
    name: Option<(&'static str, &'static str)>,
    category: VatCategory,
    reason: Option<(&'static str, &'static str)>,
    rates: &'static [(i32, u32, u32, i64)],
}

/// A way to pay: code, name in Norwegian and English, account.
struct Method {
    code: &'static str,
    name: (&'static str, &'static str),
    account: &'static str,
}

const ALWAYS: &[(i32, u32, u32, i64)] = &[(2000, 1, 1, 0)];

const TEACHING: Option<(&str, &str)> =
    Some(("Undervisning, unntatt fra merverdiavgift", "Teaching, exempt from VAT"));
const OUTLAY: Option<(&str, &str)> =
    Some(("Utlegg for eleven, uten avgift", "Paid on the student's behalf, no VAT"));

/// Rates: skatteetaten.no, rates of value added tax by year; the low rate was halved from
/// 1 April 2020 through 30 September 2021. Codes: SAF-T standard tax codes.
const NORWAY_VAT: &[Vat] = &[
    Vat {
        code: "3",
        name: None,
        category: VatCategory::S,
        reason: None,
        rates: &[(2005, 1, 1, 250)],
    },
    Vat {
        code: "31",
        name: None,
        category: VatCategory::S,
        reason: None,
        rates: &[(2007, 1, 1, 140), (2012, 1, 1, 150)],
    },
    Vat {
        code: "33",
        name: None,
        category: VatCategory::S,
        reason: None,
        rates: &[(2016, 1, 1, 100), (2018, 1, 1, 120), (2020, 4, 1, 60), (2021, 10, 1, 120)],
    },
    Vat {
        code: "5",
        name: Some(("0 %", "0 %")),
        category: VatCategory::Z,
        reason: None,
        rates: ALWAYS,
    },
    Vat {
        code: "6",
        name: Some(("Unntatt", "Exempt")),
        category: VatCategory::E,
        reason: TEACHING,
        rates: ALWAYS,
    },
    Vat {
        code: "7",
        name: Some(("Utlegg", "Passed on")),
        category: VatCategory::E,
        reason: OUTLAY,
        rates: ALWAYS,
    },
];

/// Accounts: NS 4102.
const NORWAY_METHODS: &[Method] = &[
    Method { code: "bank", name: ("Bankoverføring", "Bank transfer"), account: "1920" },
    Method { code: "card", name: ("Kortterminal", "Card terminal"), account: "1926" },
    Method { code: "cash", name: ("Kontant", "Cash"), account: "1900" },
    Method { code: "vipps", name: ("Vipps", "Vipps"), account: "1925" },
];

/// Rates: § 12 UStG; both were lowered from 1 July through 31 December 2020 (§ 28 UStG).
const GERMANY_VAT: &[Vat] = &[
    Vat {
        code: "19",
        name: None,
        category: VatCategory::S,
        reason: None,
        rates: &[(2007, 1, 1, 190), (2020, 7, 1, 160), (2021, 1, 1, 190)],
    },
    Vat {
        code: "7",
        name: None,
        category: VatCategory::S,
        reason: None,
        rates: &[(1983, 7, 1, 70), (2020, 7, 1, 50), (2021, 1, 1, 70)],
    },
    Vat {
        code: "E",
        name: Some(("Unntatt", "Exempt")),
        category: VatCategory::E,
        reason: Some(("Unntatt etter § 4 UStG", "Exempt under section 4 UStG")),
        rates: ALWAYS,
    },
    Vat {
        code: "P",
        name: Some(("Utlegg", "Passed on")),
        category: VatCategory::E,
        reason: OUTLAY,
        rates: ALWAYS,
    },
];

/// Accounts: DATEV SKR03.
const GERMANY_METHODS: &[Method] = &[
    Method { code: "bank", name: ("Bankoverføring", "Bank transfer"), account: "1200" },
    Method { code: "card", name: ("Kortterminal", "Card terminal"), account: "1360" },
    Method { code: "cash", name: ("Kontant", "Cash"), account: "1000" },
];

/// Rates: gov.uk, VAT rates; 20 % since 4 January 2011, 5 % since 1 September 1997.
const BRITAIN_VAT: &[Vat] = &[
    Vat {
        code: "S",
        name: None,
        category: VatCategory::S,
        reason: None,
        rates: &[(2011, 1, 4, 200)],
    },
    Vat {
        code: "R",
        name: None,
        category: VatCategory::S,
        reason: None,
        rates: &[(1997, 9, 1, 50)],
    },
    Vat {
        code: "Z",
        name: Some(("0 %", "Zero rated")),
        category: VatCategory::Z,
        reason: None,
        rates: ALWAYS,
    },
    Vat {
        code: "E",
        name: Some(("Unntatt", "Exempt")),
        category: VatCategory::E,
        reason: Some(("Unntatt fra merverdiavgift", "Exempt from VAT")),
        rates: ALWAYS,
    },
    Vat {
        code: "P",
        name: Some(("Utlegg", "Disbursement")),
        category: VatCategory::E,
        reason: OUTLAY,
        rates: ALWAYS,
    },
];

const PLAIN_METHODS: &[Method] = &[
    Method { code: "bank", name: ("Bankoverføring", "Bank transfer"), account: "1200" },
    Method { code: "card", name: ("Kortterminal", "Card terminal"), account: "1210" },
    Method { code: "cash", name: ("Kontant", "Cash"), account: "1230" },
];

/// Any other country: its rates are to be entered by its accountant.
const PLAIN_VAT: &[Vat] = &[
    Vat {
        code: "N",
        name: Some(("Uten avgift", "No VAT")),
        category: VatCategory::E,
        reason: Some(("Uten merverdiavgift", "No VAT")),
        rates: ALWAYS,
    },
    Vat {
        code: "P",
        name: Some(("Utlegg", "Passed on")),
        category: VatCategory::E,
        reason: OUTLAY,
        rates: ALWAYS,
    },
];

const COUNTRIES: &[Country] = &[
    Country {
        code: "NO",
        currency: "NOK",
        basis: PriceBasis::Gross,
        language: "nb",
        terms_days: 14,
        vat: NORWAY_VAT,
        methods: NORWAY_METHODS,
    },
    Country {
        code: "DE",
        currency: "EUR",
        basis: PriceBasis::Gross,
        language: "en",
        terms_days: 14,
        vat: GERMANY_VAT,
        methods: GERMANY_METHODS,
    },
    Country {
        code: "GB",
        currency: "GBP",
        basis: PriceBasis::Gross,
        language: "en",
        terms_days: 14,
        vat: BRITAIN_VAT,
        methods: PLAIN_METHODS,
    },
];

const ELSEWHERE: Country = Country {
    code: "",
    currency: "EUR",
    basis: PriceBasis::Gross,
    language: "en",
    terms_days: 14,
    vat: PLAIN_VAT,
    methods: PLAIN_METHODS,
};

/// What a country suggests.
pub fn country(code: &str) -> &'static Country {
    COUNTRIES.iter().find(|country| country.code == code).unwrap_or(&ELSEWHERE)
}

fn in_language((norwegian, english): (&str, &str), language: &str) -> String {
    if language == "nb" { norwegian } else { english }.to_owned()
}

/// A rate as its own name: `12 %`.
fn rate_name(rate: Decimal, language: &str) -> String {
    let point = if language == "nb" { "," } else { "." };
    format!("{} %", rate.to_string().replace('.', point))
}

impl Country {
    /// The VAT table, its names in a language.
    pub fn tax_codes(&self, language: &str) -> Vec<TaxCode> {
        let entries = self.vat.iter().flat_map(|vat| vat.rates.iter().map(move |rate| (vat, rate)));
        entries
            .map(|(vat, (year, month, day, per_mille))| {
                let rate = Decimal::new(*per_mille, 1).normalize();
                TaxCode {
                    code: vat.code.to_owned(),
                    name: match vat.name {
                        Some(name) => in_language(name, language),
                        None => rate_name(rate, language),
                    },
                    category: vat.category,
                    rate,
                    reason: vat.reason.map(|reason| in_language(reason, language)),
                    valid_from: NaiveDate::from_ymd_opt(*year, *month, *day).unwrap_or_default(),
                }
            })
            .collect()
    }

    /// The ways to pay, their names in a language.
    pub fn payment_methods(&self, school_id: SchoolId, language: &str) -> Vec<PaymentMethod> {
        self.methods
            .iter()
            .map(|method| PaymentMethod {
                school_id,
                code: method.code.to_owned(),
                name: in_language(method.name, language),
                account: method.account.to_owned(),
                active: true,
                surcharge: None,
            })
            .collect()
    }
}
