//! Proof that the book is sound.
//!
//! Never mends anything.

use crate::answer::Answer;
use crate::ask::Asker;
use crate::exit::Exit;
use crate::show;
use office::Fault;
use office::wire::desk::VerifyReport;
use serde_json::json;

/// Replays every fact and compares.
///
/// # Errors
/// What keeps the book from opening.
pub async fn verify(asker: &Asker) -> Result<Answer, Fault> {
    let report: VerifyReport = asker.ask("verify_book", json!({})).await?;
    let sound = report.chain_holds && report.tables_agree && report.file_sound;
    let word = |holds: bool| if holds { "yes" } else { "NO" }.to_owned();
    let mut text = show::facts(&[
        ("Facts", report.facts.to_string()),
        ("Hash chain holds", word(report.chain_holds)),
        ("Tables agree with the facts", word(report.tables_agree)),
        ("File is sound", word(report.file_sound)),
    ]);
    for finding in &report.findings {
        text += &format!("\n{}", show::tame(finding));
    }
    let exit = if sound { Exit::Done } else { Exit::Book };
    Ok(Answer::new(&report, text)?.ending(exit))
}
