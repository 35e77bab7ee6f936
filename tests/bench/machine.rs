//! What the figures were taken on, and the processor time they took.

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

/// Processor time of this process so far, in milliseconds: user and system (proc(5), fields 14 and
/// 15 of `stat`, a hundred ticks a second on Linux). Nothing where the system does not say.
pub fn processor_ms() -> Option<u64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(11).map_while(|field| field.parse::<u64>().ok());
    Some((times.next()? + times.next()?) * 10)
}
