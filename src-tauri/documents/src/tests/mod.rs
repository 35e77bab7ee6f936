//! Cases and properties of paper and tables.

mod agreement;
mod csv_in;
mod csv_out;
mod format;
mod layout;
mod letter;
mod paint;
mod report;
mod statement;

#[path = "../../examples/speed/sample.rs"]
#[allow(dead_code)]
mod sample;

// The samples name this crate as its users do.
use crate as documents;
use crate::Fonts;
use std::sync::LazyLock;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::load().unwrap());
