//! How fast paper is made, one file each and merged.

use crate::clocked::{Report, Result, Wanted};
use documents::{Fonts, Language, Paper, render};
use office::wire::common::MadeFile;
use serde_json::json;
use std::time::Instant;
use support::TestDesk;

const FILES: usize = 1_000;

/// Prints invoices of the book on one core.
pub async fn print(desk: &TestDesk, report: &mut Report) -> Result<()> {
    let office = desk.desk.office().await?;
    let mut tx = office.store.begin().await?;
    let mut papers = Vec::with_capacity(FILES);
    for n in 0..FILES {
        let id = support::id(1_000_000 + n as u128).parse()?;
        let found = tx.find_invoice(id).await?.ok_or("an invoice is missing")?;
        papers.push(Paper::invoice(&found.invoice, Language::Nb));
    }
    drop(tx);
    let fonts = Fonts::load()?;
    let begun = Instant::now();
    let mut bytes = 0;
    for paper in &papers {
        bytes += render(paper, &fonts)?.len();
    }
    report.rate(
        "PDF, one file each, one core",
        (FILES, begun.elapsed()),
        Wanted { least: 500, bar: ">= 500/s" },
    );
    println!("  {} KB a file", bytes / FILES / 1_024);
    merged(desk, report).await
}

/// The same invoices in one file, as the desk prints a bulk run.
async fn merged(desk: &TestDesk, report: &mut Report) -> Result<()> {
    let ids: Vec<String> = (0..FILES).map(|n| support::id(1_000_000 + n as u128)).collect();
    let wish = json!({ "inline": false, "folder": null });
    let request = json!({
        "filter": crate::questions::filter("all", ""), "ids": ids, "except": [], "wish": wish,
    });
    let begun = Instant::now();
    let made: MadeFile = desk.ask("merged_paper", request).await?;
    let took = begun.elapsed();
    println!("  one file of {} KB", made.bytes / 1_024);
    report.rate("PDF, merged into one file", (FILES, took), Wanted { least: 300, bar: ">= 300/s" });
    Ok(())
}
