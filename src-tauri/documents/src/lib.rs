//! Paper and files: printed documents, and tables in and out.
//!
//! Never opens a database or a connection, never reads a clock: the same input gives the same
//! bytes.

pub mod agreement;
pub mod boxes;
pub mod csv_in;
pub mod csv_out;
pub mod fonts;
pub mod format;
pub mod layout;
pub mod letter;
mod paint;
pub mod paper;
pub mod report;
pub mod statement;
mod words;

pub use agreement::{AgreedInstalment, AgreedInvoice, Agreement};
pub use fonts::Fonts;
pub use letter::{Letter, LetterItem};
pub use paint::{PaperError, Printed, render, render_merged};
pub use paper::{Language, Paper};
pub use report::{Age, Heading, Report, ReportCell, ReportKind, ReportTable};
pub use statement::StatementPaper;

#[cfg(test)]
mod tests;
