//! The words by which charts of accounts call what a driving school sells and is paid with, in the
//! languages whose charts are known: English, Norwegian, Swedish, German and French.
//!
//! Never a rule of its own: `suggest` says what follows from a word.
//!
//! Sources: NS 4102, BAS, DATEV SKR03 and SKR04, the French plan comptable général, and the charts
//! that Xero, Sage and QuickBooks give a new company.

use super::similar::normalised;
use finance::tax::VatCategory;
use rust_decimal::Decimal;
use store::exports::RemoteRow;

/// A way to pay: how ours may call it, and the accounts that take it.
pub struct Way {
    pub ours: &'static [&'static str],
    pub theirs: &'static [&'static str],
    /// An account with its words is for nothing else.
    pub is_strong: bool,
}

/// From the closest to the widest: a bank holds everything in the end.
pub const WAYS: &[Way] = &[
    Way { ours: &["vipps"], theirs: &["vipps"], is_strong: true },
    Way { ours: &["mobilepay"], theirs: &["mobilepay"], is_strong: true },
    Way { ours: &["swish"], theirs: &["swish"], is_strong: true },
    Way { ours: &["stripe"], theirs: &["stripe"], is_strong: true },
    Way { ours: &["paypal"], theirs: &["paypal"], is_strong: true },
    Way {
        ours: &["card*", "kort*", "karte*", "carte*"],
        theirs: &[
            "kort*",
            "*terminal",
            "card*",
            "eftpos",
            "geldtransit",
            "cartes",
            "kontokort",
            "undeposited",
        ],
        is_strong: true,
    },
    Way {
        ours: &["cash", "kontant*", "bar", "especes"],
        theirs: &["cash", "kontant*", "kasse", "kassa", "caisse", "till"],
        is_strong: true,
    },
    Way {
        ours: &["bank*", "transfer", "virement"],
        theirs: &[
            "bank*",
            "drift*",
            "checking",
            "current",
            "cheque",
            "giro*",
            "foretagskonto",
            "företagskonto",
            "banque",
            "checkkonto",
        ],
        is_strong: false,
    },
];

/// Accounts at a bank that take no customer's money.
pub const NO_TAKINGS: &[&str] = &[
    "spar*",
    "saving*",
    "deposit",
    "building",
    "skattetrekk*",
    "credit card",
    "kassekreditt",
    "loan",
    "reserve",
    "depot",
];

/// Income that is no sale of a school.
pub const NO_SALE: &[&str] = &[
    "interest",
    "rente*",
    "ränte*",
    "zins*",
    "financiers",
    "discount*",
    "skonti",
    "skonto",
    "rabais",
    "rabatt*",
    "erlösschmälerung*",
    "shipping",
    "carriage",
    "freight",
    "frakt*",
    "ports",
    "rent",
    "rental",
    "leieinntekt*",
    "miet*",
    "tilskudd",
    "grant*",
    "subvention*",
    "gain*",
    "gevinst*",
    "vinst*",
    "cessions",
    "anlegg*",
    "sachanlage*",
    "agio*",
    "valuta*",
    "entnahme*",
    "uttak",
    "kronutjämning",
    "rounding",
    "avrunding",
    "other",
    "andre",
    "annen",
    "sonstige*",
    "divers*",
    "versicherung*",
    "late fee",
    "insurance",
];

/// Trade across a border.
pub const ABROAD: &[&str] = &[
    "eksport*",
    "utførsel",
    "ausfuhr*",
    "export*",
    "innergemeinschaftlich*",
    "intracommunautaire",
    "eu",
    "ec",
    "ecg",
    "ecs",
    "1a",
    "1b",
    "land",
];

/// VAT that the buyer owes.
pub const BUYER_OWES: &[&str] = &["13b", "reverse", "rc", "omvendt", "cis"];

/// What is paid for a customer and asked back.
pub const PASSED_ON: &[&str] = &[
    "utlegg*",
    "disbursement*",
    "durchlaufende*",
    "débours",
    "reimburse*",
    "billable expense",
    "viderefaktur*",
    "recharge*",
];

/// Sales as such.
pub const SALES: &[&str] = &[
    "sales",
    "salg",
    "salgsinntekt*",
    "försäljning",
    "erlöse",
    "umsätze",
    "ventes",
    "revenue",
    "omsetning",
];

/// What is done for a student.
pub const SERVICES: &[&str] = &[
    "service*",
    "tjeneste*",
    "leistung*",
    "prestations",
    "lesson*",
    "driving",
    "driver*",
    "kjøring",
    "kjøretime*",
    "kurs*",
    "course*",
    "training",
    "tuition",
    "undervisning*",
    "teaching",
];

/// What is handed over.
pub const GOODS: &[&str] = &[
    "product*",
    "goods",
    "*varer",
    "varor",
    "waren",
    "marchandises",
    "book*",
    "textbook*",
    "lærebøker",
    "material*",
    "materiell",
];

/// Nothing charged, whatever the reason.
pub const FREE: &[&str] = &["avgiftsfri*", "avgiftsfritt", "momsfri*", "steuerfrei*", "gst free"];

/// Words by which accounting systems call a rate of nothing, by its reason (Xero's own tax types,
/// the terms of Skatteetaten, § 4 UStG).
pub const fn of_category(category: VatCategory) -> &'static [&'static str] {
    match category {
        VatCategory::S | VatCategory::AE => &[],
        VatCategory::Z => {
            &["zero", "zero*", "0 0 z", "avgiftsfri*", "fritatt", "nullsats", "gst free"]
        }
        VatCategory::E => &[
            "exempt*",
            "unntatt",
            "utenfor avgiftsområdet",
            "utenfor",
            "steuerfrei*",
            "exonéré",
            "momsfri*",
        ],
        VatCategory::O => &[
            "no vat",
            "no gst",
            "no tax",
            "none",
            "non",
            "ingen",
            "out of scope",
            "outside",
            "excluded",
        ],
    }
}

/// Code and name of one of theirs, as words.
pub struct Says(String);

impl Says {
    /// What a row says.
    pub fn of(row: &RemoteRow) -> Self {
        Self(format!("{} {}", normalised(&row.code), normalised(&row.name)))
    }

    /// Whether it says one of these.
    pub fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.has(word))
    }

    /// Whether it says this.
    pub fn has(&self, word: &str) -> bool {
        has(&self.0, word)
    }
}

/// Whether a text holds a word or several in a row. A star stands for the rest of a word, because
/// these languages join them.
pub fn has(text: &str, wanted: &str) -> bool {
    if let Some(end) = wanted.strip_prefix('*') {
        return text.split(' ').any(|word| word.ends_with(end));
    }
    match wanted.strip_suffix('*') {
        Some(start) => format!(" {text}").contains(&format!(" {start}")),
        None => format!(" {text} ").contains(&format!(" {wanted} ")),
    }
}

/// The percent that a name speaks of: `Erlöse 19 % USt`, `TVA collectée 5,5 %`.
pub fn percent_in(name: &str) -> Option<Decimal> {
    let before = name.split('%').next().filter(|before| before.len() < name.len())?;
    let before = before.trim_end();
    let digits = |c: char| c.is_ascii_digit() || c == ',' || c == '.';
    let from = before.rfind(|c: char| !digits(c)).map_or(0, |at| at + 1);
    // What is cut off ends at a letter or space, so the place is one of a character.
    before.get(from..)?.replace(',', ".").parse().ok()
}
