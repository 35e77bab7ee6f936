//! What was seen beside the bar it is held to.

use support::scene::Comparison;

/// The most memory a program that exports may take (MiB).
const MEMORY_MIB: u64 = 200;

struct Row {
    name: String,
    figure: String,
    bar: String,
    held: bool,
}

/// All figures, in the order they were taken.
#[derive(Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Keeps a figure, and says it at once.
    pub fn add(&mut self, name: &str, figure: String, bar: &str, held: bool) {
        let verdict = if held { "ok" } else { "MISSED" };
        println!("  {verdict:<7}{name}: {figure}");
        let (name, bar) = (name.to_owned(), bar.to_owned());
        self.0.push(Row { name, figure, bar, held });
    }

    /// Keeps what is there against the book, with what led to it in words.
    pub fn compare(&mut self, name: &str, led: &str, comparison: &Comparison) {
        let Comparison { records, duplicates, lost, unsent, differing, seen } = comparison;
        let figure = format!(
            "{records} records, {led}: {duplicates} twice, {lost} lost, {unsent} not known as sent, \
             {differing} other totals"
        );
        self.add(name, figure, "none twice, lost or different", comparison.is_clean());
        if !comparison.is_clean() {
            seen.iter().take(8).for_each(|what| println!("    {what}"));
        }
    }

    /// Keeps the most memory a worker held.
    pub fn memory(&mut self, name: &str, peak_kib: u64) {
        let figure = match peak_kib {
            0 => "not told by this system".to_owned(),
            peak_kib => format!("{} MiB", peak_kib / 1_024),
        };
        let bar = format!("<= {MEMORY_MIB} MiB");
        self.add(name, figure, &bar, peak_kib <= MEMORY_MIB * 1_024);
    }

    /// Whether every bar is held.
    pub fn is_held(&self) -> bool {
        self.0.iter().all(|row| row.held)
    }

    /// All of them, one to a line.
    pub fn print(&self) {
        println!();
        for Row { name, figure, bar, held } in &self.0 {
            let verdict = if *held { "ok" } else { "MISSED" };
            println!("{verdict:<7}{name:<36}{bar:<32}{figure}");
        }
    }
}
