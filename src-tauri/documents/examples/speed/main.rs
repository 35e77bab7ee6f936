//! Measures how fast documents are written, on one core:
//! `cargo run --release -p documents --example speed [directory]` also writes samples there.

mod sample;

// The samples are shared with the tests of the crate, which reach it by this name.
use documents::{self};

use documents::{Fonts, Language, Paper, render, render_merged};
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout();
    let begin = Instant::now();
    let fonts = Fonts::load()?;
    writeln!(out, "fonts parsed once: {} ms", begin.elapsed().as_millis())?;
    if let Some(directory) = std::env::args().nth(1) {
        samples(Path::new(&directory), &fonts)?;
    }
    let papers: Vec<Paper> = (0..1_000).map(|n| sample::paper(1 + n % 6, Language::Nb)).collect();
    let begin = Instant::now();
    let mut bytes = 0;
    for paper in &papers {
        bytes += render(paper, &fonts)?.len();
    }
    let micros = begin.elapsed().as_micros().max(1);
    writeln!(
        out,
        "one file each: {} invoices/s, {} bytes each",
        1_000_000_000 / micros,
        bytes / 1_000
    )?;
    for count in [500, 2_000] {
        let papers = (0..count).map(|n| sample::paper(1 + n % 6, Language::Nb));
        let begin = Instant::now();
        let mut file = Vec::new();
        let pages = render_merged(papers, &fonts, &mut file)?;
        let millis = begin.elapsed().as_millis();
        writeln!(out, "merged {pages} pages: {millis} ms, {} bytes", file.len())?;
    }
    Ok(())
}

fn samples(directory: &Path, fonts: &Fonts) -> Result<(), Box<dyn Error>> {
    let mut draft = Paper::draft(&sample::draft((0..4).map(sample::item).collect()), Language::Nb)?;
    draft.department = "Sentrum".into();
    for (name, paper) in [
        ("one", sample::paper(1, Language::Nb)),
        ("twelve", sample::paper(12, Language::Nb)),
        ("twelve-en", sample::paper(12, Language::En)),
        ("sixty", sample::paper(60, Language::Nb)),
        ("many", sample::paper(300, Language::En)),
        ("credit", sample::credit_note(Language::Nb)),
        ("long", sample::long_names(Language::Nb)),
        ("draft", draft),
    ] {
        std::fs::write(directory.join(name).with_extension("pdf"), render(&paper, fonts)?)?;
    }
    Ok(())
}
