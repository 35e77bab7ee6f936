//! How long things may be, tests not counted.

use super::project::{Finding, Project, Source};
use super::rust::Function;

const FUNCTION_LINES: usize = 70;
/// What nine functions of ten stay within.
const FUNCTION_LINES_P90: usize = 40;
const FILE_LINES: usize = 400;
const COMPONENT_LINES: usize = 250;

pub fn long_functions(project: &Project) -> Vec<Finding> {
    let long = product_functions(project).filter(|(_, function)| function.lines > FUNCTION_LINES);
    let findings = long.map(|(file, function)| {
        let (name, lines) = (&function.name, function.lines);
        let advice = format!("`{name}` has {lines} lines, {FUNCTION_LINES} are allowed; split it");
        file.finding(function.line, advice)
    });
    findings.collect()
}

pub fn long_functions_are_rare(project: &Project) -> Vec<Finding> {
    let (p90, _) = length_percentiles(project);
    if p90 <= FUNCTION_LINES_P90 {
        return Vec::new();
    }
    let functions = product_functions(project).filter(|(_, function)| function.lines >= p90);
    let mut longest: Vec<_> = functions.collect();
    longest.sort_by_key(|(_, function)| std::cmp::Reverse(function.lines));
    let findings = longest.iter().take(20).map(|(file, function)| {
        let (name, lines) = (&function.name, function.lines);
        file.finding(
            function.line,
            format!("one function of ten is over {FUNCTION_LINES_P90} lines; `{name}` has {lines}"),
        )
    });
    findings.collect()
}

pub fn long_files(project: &Project) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in project.rust().filter(|file| !file.is_test()) {
        let lines = file.text.lines().count() - file.rust.test_lines();
        if lines > FILE_LINES {
            let advice = format!("{lines} lines without tests, {FILE_LINES} are allowed");
            findings.push(file.finding(1, advice));
        }
    }
    findings
}

pub fn long_components(project: &Project) -> Vec<Finding> {
    let components =
        project.typescript().filter(|file| file.path.ends_with(".tsx") && !file.is_test());
    let sized = components.map(|file| (file, file.text.lines().count()));
    let long = sized.filter(|(_, lines)| *lines > COMPONENT_LINES);
    let advice = |lines| format!("{lines} lines, {COMPONENT_LINES} are allowed; split it");
    long.map(|(file, lines)| file.finding(1, advice(lines))).collect()
}

/// The sizes in one line, for whoever wants to watch them.
pub fn summary(project: &Project) -> String {
    let (p90, longest) = length_percentiles(project);
    let count = product_functions(project).count();
    format!("{count} functions: nine of ten within {p90} lines, the longest has {longest}")
}

/// The length nine functions of ten stay within, and the longest.
fn length_percentiles(project: &Project) -> (usize, usize) {
    let mut lengths: Vec<usize> =
        product_functions(project).map(|(_, function)| function.lines).collect();
    lengths.sort_unstable();
    let p90 = lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(0);
    (p90, lengths.last().copied().unwrap_or(0))
}

fn product_functions(project: &Project) -> impl Iterator<Item = (&Source, &Function)> {
    let files = project.rust().filter(|file| !file.is_test());
    let functions =
        files.flat_map(|file| file.rust.functions.iter().map(move |function| (file, function)));
    functions.filter(|(file, function)| !file.rust.is_test_line(function.line))
}
