//! What the figures were taken on.

use crate::Size;

/// Prints processor, memory, system and durability, and the book that questions are asked of.
pub fn print(size: Option<Size>) {
    let info = |file: &str, key: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!(
        "{} × {}, {} memory, {} {}",
        cores,
        info("/proc/cpuinfo", "model name"),
        info("/proc/meminfo", "MemTotal"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
    println!("SQLCipher, WAL, synchronous=FULL: a recorded invoice survives a power cut.");
    let Some(size) = size else { return };
    println!(
        "Book of {} invoices with {} lines each, {} payments, {} students, through `office`.",
        size.invoices, size.lines_each, size.payments, size.students
    );
}
