//! Reading students and price lists from CSV.

use super::wire;

wire! {
    pub struct ImportCsv {
        /// `students`, `services` or `bookings`.
        pub kind: String,
        /// The file's bytes in base64.
        pub content: String,
        pub file_name: String,
        /// True: only the report, nothing is recorded.
        pub dry_run: bool,
        /// True: record the good rows and leave the refused out. False: record only if none is
        /// refused.
        pub skip_refused: bool,
    }

    pub struct ImportReport {
        pub kind: String,
        pub file_name: String,
        /// `;`, `,` or tab.
        pub delimiter: String,
        /// `utf-8` or `windows-1252`.
        pub encoding: String,
        /// Columns found, by the name we know them by; unknown ones are listed apart.
        pub columns: Vec<String>,
        pub ignored_columns: Vec<String>,
        pub read: u32,
        pub accepted: u32,
        pub refused: u32,
        /// Already there with the same content.
        pub unchanged: u32,
        pub recorded: bool,
        /// Refused rows first, then the first accepted ones; at most 1,000.
        pub rows: Vec<ImportRow>,
    }

    pub struct ImportRow {
        /// Line in the file, from 1.
        pub line: u32,
        /// `accepted`, `refused` or `unchanged`.
        pub outcome: String,
        /// What it is, in words.
        pub label: String,
        /// Code of why it was refused.
        pub code: Option<String>,
        pub column: Option<String>,
        pub value: Option<String>,
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
}
