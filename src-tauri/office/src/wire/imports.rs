//! Reading files of people, and files for the accountant.

use super::common::{FileWish, Money, Window};
use super::wire;
use finance::opening::Opening;

wire! {
    pub struct ImportCsv {
        /// `students`, `services`, `bookings`, `invoices` or `payments`.
        pub kind: String,
        /// The file's bytes in base64.
        pub content: String,
        pub file_name: String,
        /// True: only the report, nothing is recorded.
        pub dry_run: bool,
        /// True: record the good rows and leave the refused out. False: record only if none is
        /// refused.
        pub skip_refused: bool,
        /// How the file is to be read; nothing: as it is found out.
        pub reading: Option<FileReading>,
        /// What each column holds, in the order of the file; nothing: as its headings say.
        pub mapping: Option<Vec<Option<String>>>,
        /// Keep reading and mapping under this name for the next file alike, once it is recorded.
        pub keep_as: Option<String>,
        /// For payments: code of the payment method where the file names none that is known.
        pub method: Option<String>,
        /// For services: VAT code where the file names none.
        pub vat: Option<String>,
    }

    /// How a file is read; what is left open is found out.
    pub struct FileReading {
        /// `utf-8`, `utf-16` or `windows-1252`.
        pub encoding: Option<String>,
        /// `;`, `,` or tab.
        pub delimiter: Option<String>,
        /// `comma` or `point`.
        pub decimal: Option<String>,
        /// `year_first`, `day_first` or `month_first`.
        pub dates: Option<String>,
    }

    /// A look at a file before anything is said about it.
    pub struct LookAtFile {
        pub content: String,
        pub file_name: String,
        /// Nothing: as its headings say.
        pub kind: Option<String>,
        /// Nothing: as it is found out, or as it was kept.
        pub reading: Option<FileReading>,
        /// Corrected columns; nothing: as they were kept, or as their headings say.
        pub mapping: Option<Vec<Option<String>>>,
    }

    pub struct FileLook {
        /// What it seems to hold; nothing where that is not plain.
        pub kind: Option<String>,
        /// The program that exported it: `frappe_books`, `invoice_ninja` or empty.
        pub source: String,
        /// As it is read; open where each cell says it itself.
        pub reading: FileReading,
        pub columns: Vec<ColumnLook>,
        /// What a column can hold; empty while the kind is not known.
        pub choices: Vec<FieldChoice>,
        /// Name of the kept mapping that was taken up, or empty.
        pub recalled: String,
        /// Rows below the headings.
        pub rows: u32,
        /// A field that must be there and is not.
        pub missing: Option<String>,
    }

    pub struct ColumnLook {
        pub heading: String,
        /// Its first cells that are not empty, at most three.
        pub samples: Vec<String>,
        pub field: Option<String>,
    }

    pub struct FieldChoice {
        pub field: String,
        /// Of the fields of one group one must be there; empty: none must.
        pub group: String,
    }

    /// The refused rows as a file, to be mended and read again.
    pub struct RefusedRows {
        pub file: ImportCsv,
        /// What to write for a reason, by its code; a code that is missing stands as it is.
        pub reasons: std::collections::BTreeMap<String, String>,
        pub wish: FileWish,
    }

    pub struct ImportMappings {
        /// The last used first.
        pub rows: Vec<ImportMappingRow>,
    }

    pub struct ImportMappingRow {
        pub kind: String,
        pub name: String,
        pub headings: Vec<String>,
    }

    pub struct ForgetImportMapping {
        pub kind: String,
        pub name: String,
    }

    pub struct ImportReport {
        pub kind: String,
        pub file_name: String,
        /// The program that exported it: `frappe_books`, `invoice_ninja` or empty.
        pub source: String,
        /// `;`, `,` or tab.
        pub delimiter: String,
        /// `utf-8`, `utf-16` or `windows-1252`.
        pub encoding: String,
        /// Columns found, by the name we know them by; unknown ones are listed apart.
        pub columns: Vec<String>,
        pub ignored_columns: Vec<String>,
        pub read: u32,
        pub accepted: u32,
        pub refused: u32,
        /// Already there with the same content.
        pub unchanged: u32,
        /// Nothing to bring in: paid, applied or a draft in the other system, or money that went out.
        pub left_out: u32,
        pub recorded: bool,
        /// The reading of the file, where it brought in or changed anything.
        pub import_id: Option<String>,
        /// Refused rows first, then the first accepted ones; at most 1,000.
        pub rows: Vec<ImportRow>,
    }

    pub struct ImportRow {
        /// Line in the file, from 1.
        pub line: u32,
        /// `accepted`, `refused`, `unchanged` or `left_out`.
        pub outcome: String,
        /// What it is, in words.
        pub label: String,
        /// Code of why it was refused or left out.
        pub code: Option<String>,
        pub column: Option<String>,
        pub value: Option<String>,
    }

    pub struct ImportList {
        /// The newest first, at most 50.
        pub rows: Vec<ImportedFile>,
    }

    /// A file that was read in, and how it stands.
    pub struct ImportedFile {
        pub id: String,
        /// `students`, `services`, `bookings`, `invoices` or `payments`.
        pub kind: String,
        pub file_name: String,
        /// The moment it was read, and who read it.
        pub at: String,
        pub actor: String,
        /// `there`, `taking_back` or `taken_back`.
        pub state: String,
        /// Rows that brought in or changed something.
        pub brought: u32,
        /// Of these, taken back.
        pub taken_back: u32,
        /// Of these, left as they are.
        pub stays: u32,
        pub end: Option<ImportedFileEnd>,
    }

    pub struct ImportedFileEnd {
        pub reason: String,
        pub at: String,
        pub actor: String,
    }

    pub struct ImportRequest {
        pub id: String,
        pub window: Window,
    }

    pub struct ImportDetail {
        pub file: ImportedFile,
        /// What stays before the rest, each in the order of the file.
        pub rows: Vec<ImportedRow>,
    }

    pub struct ImportedRow {
        /// Line in the file, from 1.
        pub line: u32,
        /// `student`, `service`, `invoice`, `payment` or `booking`.
        pub what: String,
        pub id: String,
        pub student_id: Option<String>,
        /// A number, a code, a key, or the day of a payment.
        pub number: String,
        /// Name of the student or the service.
        pub name: String,
        pub amount: Option<Money>,
        /// It was there before, and the file changed it.
        pub changed: bool,
        /// `there`, `taken_back` or `stays`.
        pub outcome: String,
        /// Code of why it stays.
        pub reason: String,
    }

    pub struct PreviewTakingBack {
        pub id: String,
    }

    /// What taking a file back would do as things stand.
    pub struct TakingBack {
        /// Rows that would be taken back.
        pub rows: u32,
        pub stays: Vec<StayingRows>,
        /// Those that stay, in the order of the file; at most 200.
        pub staying: Vec<ImportedRow>,
    }

    pub struct StayingRows {
        /// Code of why.
        pub reason: String,
        pub rows: u32,
    }

    pub struct TakeBackImport {
        pub id: String,
        pub reason: String,
        /// How many rows the person saw would be taken back.
        pub rows: u32,
    }

    /// The accountant's CSV files.
    pub struct ExportCsv {
        pub from: Option<String>,
        pub to: Option<String>,
        /// A folder chosen by the person; nothing means the desk's own folder for papers.
        pub folder: Option<String>,
    }

    pub struct ExportCsvView {
        pub folder: String,
        pub files: Vec<ExportedFile>,
    }

    pub struct ExportedFile {
        pub path: String,
        pub name: String,
        pub rows: u32,
        /// SHA-256 of the content, 64 hex digits.
        pub hash: String,
    }

    /// An invoice of another system that was open when the book began: it has no paper here, no
    /// accounting system is told of it, and it is credited where it was issued.
    pub struct OpeningView {
        /// Its number there.
        pub number: String,
        /// What it came to there, where that is known.
        pub total: Option<Money>,
        /// The VAT in that, where that is known.
        pub vat: Option<Money>,
    }
}

impl From<&Opening> for OpeningView {
    fn from(opening: &Opening) -> Self {
        Self {
            number: opening.number.clone(),
            total: opening.total.map(Into::into),
            vat: opening.vat.map(Into::into),
        }
    }
}
