//! The figures the product is held to: `cargo xtask bench`.
//!
//! Builds a book of 100,000 invoices through `office` and asks it what screens ask. Speed is
//! printed, never asserted: a slow machine fails no test.

mod book;
mod clocked;
mod engine;
mod machine;
mod many;
mod paper;
mod questions;
mod quota;

use clocked::{Report, Result};

/// How large the book is.
#[derive(Clone, Copy)]
pub struct Size {
    pub students: usize,
    pub invoices: usize,
    pub lines_each: usize,
    pub payments: usize,
}

impl Size {
    const FULL: Self =
        Self { students: 10_000, invoices: 100_000, lines_each: 3, payments: 80_000 };
    /// For a quick look that the benchmark itself works: `cargo xtask bench --small`.
    const SMALL: Self = Self { students: 500, invoices: 2_000, lines_each: 3, payments: 1_600 };
}

/// What follows a word on the command line.
fn argument_of(word: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != word).nth(1)
}

#[tokio::main]
async fn main() -> Result<()> {
    let small = std::env::args().any(|argument| argument == "--small");
    let size = if small { Size::SMALL } else { Size::FULL };
    if let Some(folder) = argument_of("--book") {
        return book::keep(size, std::path::Path::new(&folder)).await;
    }
    let mut report = Report::default();
    report.only = argument_of("--only");
    if let Some(folder) = argument_of("--of") {
        let desk = book::kept(std::path::Path::new(&folder)).await?;
        questions::ask(&desk, &mut report).await?;
        desk.desk.close().await;
        return Ok(());
    }
    if std::env::args().any(|argument| argument == "--engine") {
        machine::print(None);
        engine::all(&mut report, small).await?;
        print!("{report}");
        return Ok(());
    }
    machine::print(Some(size));
    let desk = book::build(size, &mut report).await?;
    questions::ask(&desk, &mut report).await?;
    paper::print(&desk, &mut report).await?;
    desk.desk.close().await;
    engine::send(&mut report, small).await?;
    print!("{report}");
    Ok(())
}
