//! How often suggestions are right, measured on charts of accounts that people have, each with what
//! a bookkeeper would choose. Charts named `held-` were written before the rules were run and are
//! never used to make them.

use super::*;
use crate::mapping::rows::Hint;
use std::fs;
use std::path::Path;

/// A chart, and what is to be mapped onto it.
#[derive(Default)]
struct Chart {
    name: String,
    accounts: Vec<RemoteRow>,
    rates: Vec<RemoteRow>,
    asked: Vec<Asked>,
}

/// One of ours, with the codes that are right; none: nothing there is.
struct Asked {
    ours: Ours,
    right: Vec<String>,
}

fn fields(text: &str) -> Vec<&str> {
    text.split('|').map(str::trim).collect()
}

fn given(text: &str) -> String {
    if text == "-" { String::new() } else { text.to_owned() }
}

fn account(parts: &[&str]) -> RemoteRow {
    RemoteRow {
        remote_id: parts[0].to_owned(),
        code: parts[0].to_owned(),
        name: parts[1].to_owned(),
        class: parts[2].to_owned(),
        rate: None,
        default_tax_code: Some(given(parts[3])).filter(|code| !code.is_empty()),
        currency: None,
        for_sales: parts[2] == "income",
        active: true,
    }
}

fn rate(parts: &[&str]) -> RemoteRow {
    RemoteRow {
        remote_id: parts[0].to_owned(),
        code: parts[0].to_owned(),
        name: parts[1].to_owned(),
        class: String::new(),
        rate: Some(parts[2].parse().expect("a rate")),
        default_tax_code: None,
        currency: None,
        for_sales: parts[3] == "sales",
        active: true,
    }
}

fn vat(text: &str) -> (VatCategory, Decimal) {
    let (category, rate) = text.split_once(' ').expect("a category and a rate");
    let category = match category {
        "S" => VatCategory::S,
        "Z" => VatCategory::Z,
        "E" => VatCategory::E,
        "O" => VatCategory::O,
        other => panic!("{other} is no category here"),
    };
    (category, rate.parse().expect("a rate"))
}

fn sold(text: &str) -> ServiceKind {
    let known = crate::show::SERVICE_KINDS.iter().find(|(name, _)| *name == text);
    known.expect("a kind of service").1
}

fn asked(kind: MappedKind, parts: &[&str]) -> Asked {
    let (label, code, hint) = match kind {
        MappedKind::Service => {
            let hint = Hint {
                account: parts[3].to_owned(),
                sold: Some(sold(parts[1])),
                vat: Some(vat(parts[2])),
            };
            (parts[0], "", hint)
        }
        MappedKind::TaxCode => {
            (parts[0], parts[2], Hint { vat: Some(vat(parts[1])), ..Hint::default() })
        }
        MappedKind::PaymentMethod | MappedKind::Department | MappedKind::LedgerAccount => {
            let (code, label) = parts[0].split_once(' ').expect("a code and a name");
            (label, code, Hint { account: parts[1].to_owned(), ..Hint::default() })
        }
        MappedKind::Customer | MappedKind::Currency | MappedKind::CustomField => {
            panic!("it is in no chart of accounts")
        }
    };
    let right = given(parts.last().expect("what is right"));
    Asked {
        ours: Ours {
            kind,
            local_key: label.to_owned(),
            label: label.to_owned(),
            code: code.to_owned(),
            detail: String::new(),
            hint,
        },
        right: right.split('/').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
    }
}

fn read(path: &Path) -> Chart {
    let text = fs::read_to_string(path).expect("a chart");
    let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
    let mut chart = Chart { name, ..Chart::default() };
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let (word, rest) = line.split_once(' ').expect("a word in front");
        let parts = fields(rest);
        match word {
            "#" => {}
            "account" => chart.accounts.push(account(&parts)),
            "tax" => chart.rates.push(rate(&parts)),
            "service" => chart.asked.push(asked(MappedKind::Service, &parts)),
            "vat" => chart.asked.push(asked(MappedKind::TaxCode, &parts)),
            "method" => chart.asked.push(asked(MappedKind::PaymentMethod, &parts)),
            other => panic!("{other} is no word of a chart"),
        }
    }
    chart
}

fn charts() -> Vec<Chart> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mapping/suggest/charts");
    let files = fs::read_dir(folder).expect("the charts");
    let mut paths: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
    paths.sort();
    paths.iter().map(|path| read(path)).collect()
}

/// What was taken unseen, what of it was right, and what there was to find.
#[derive(Clone, Copy, Default)]
struct Score {
    taken: u32,
    right: u32,
    there: u32,
    covered: u32,
}

fn score(charts: &[Chart]) -> Score {
    let mut score = Score::default();
    for chart in charts {
        for asked in &chart.asked {
            let theirs = match asked.ours.kind {
                MappedKind::TaxCode => &chart.rates,
                _ => &chart.accounts,
            };
            let found = suggest(&asked.ours, theirs, &chart.rates).filter(|it| it.is_sure);
            let code = found.as_ref().map(|it| it.remote_code.as_str());
            let is_right = code.is_some_and(|code| asked.right.iter().any(|it| it == code));
            score.there += u32::from(!asked.right.is_empty());
            score.taken += u32::from(code.is_some());
            score.right += u32::from(is_right);
            score.covered += u32::from(is_right && !asked.right.is_empty());
            if !is_right && (code.is_some() || !asked.right.is_empty()) {
                let because = found.as_ref().map_or("nothing", |it| it.because.as_str());
                let label = &asked.ours.label;
                println!("{}: {label} -> {code:?} ({because}), not {:?}", chart.name, asked.right);
            }
        }
    }
    println!(
        "{} charts: {} of {} taken unseen are right, {} of {} found",
        charts.len(),
        score.right,
        score.taken,
        score.covered,
        score.there
    );
    score
}

#[test]
fn what_is_taken_unseen_is_right_and_most_is_found() {
    let charts = charts();
    assert!(charts.len() >= 10, "{} charts", charts.len());
    let score = score(&charts);
    assert!(score.right * 100 >= score.taken * 99, "{} of {}", score.right, score.taken);
    assert!(score.covered * 100 >= score.there * 80, "{} of {}", score.covered, score.there);
}

#[test]
fn charts_that_made_no_rule_are_read_as_well() {
    let charts: Vec<Chart> =
        charts().into_iter().filter(|chart| chart.name.starts_with("held-")).collect();
    assert!(charts.len() >= 3);
    let score = score(&charts);
    assert_eq!(score.right, score.taken, "none of them may be wrong");
    assert!(score.covered * 100 >= score.there * 70, "{} of {}", score.covered, score.there);
}
