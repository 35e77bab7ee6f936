//! Tells a window that has drawn its page from an empty screen.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::workspace::run;

/// An empty screen has one colour, an empty window on it a handful; letters have dozens of shades.
const DRAWN_COLOURS: usize = 40;

/// Waits until the X display shows something drawn that no longer changes.
pub fn wait_until_drawn(patience: Duration, mut alive: impl FnMut() -> Outcome) -> Outcome {
    let begun = Instant::now();
    let mut before = Vec::new();
    while begun.elapsed() < patience {
        alive()?;
        let now = screen()?;
        if is_quiet(&before, &now) && colours(&now) >= DRAWN_COLOURS {
            return Ok(());
        }
        before = now;
        std::thread::sleep(Duration::from_millis(500));
    }
    Err(format!("No window was drawn within {} s.", patience.as_secs()))
}

/// Whether two pictures are the same but for a blinking caret.
fn is_quiet(before: &[u8], now: &[u8]) -> bool {
    let changed = before.iter().zip(now).filter(|(old, new)| old != new).count();
    before.len() == now.len() && changed * 1000 < now.len()
}

/// Saves the whole X display as a picture.
pub fn save(file: &Path) -> Outcome {
    run(Command::new("import").args(["-window", "root"]).arg(file))
}

/// The screen as an uncompressed picture: a short head, then three bytes per point.
fn screen() -> Outcome<Vec<u8>> {
    let mut import = Command::new("import");
    import.args(["-silent", "-window", "root", "-depth", "8", "ppm:-"]).stderr(Stdio::inherit());
    let output = import.output().map_err(|e| format!("`import` did not start: {e}"))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err("`import` could not take a picture of the display.".into())
    }
}

fn colours(picture: &[u8]) -> usize {
    let points = picture.chunks_exact(3);
    points.collect::<std::collections::HashSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_screen_is_not_taken_for_a_drawn_window() {
        let black = [b"P6 100 100 255\n ".as_slice(), &[0; 30_000]].concat();
        assert!(colours(&black) < DRAWN_COLOURS);
    }

    #[test]
    fn a_blinking_caret_is_quiet_and_a_page_that_appears_is_not() {
        let (mut caret, mut page) = (vec![255; 30_000], vec![255; 30_000]);
        caret[..20].fill(0);
        page[..3_000].fill(0);
        assert!(is_quiet(&[255; 30_000], &caret));
        assert!(!is_quiet(&[255; 30_000], &page));
        assert!(!is_quiet(&[], &page));
    }

    #[test]
    fn shaded_letters_are_taken_for_a_drawn_window() {
        let shades: Vec<u8> = (0..=255).flat_map(|shade| [shade; 3]).collect();
        assert!(colours(&shades) >= DRAWN_COLOURS);
    }
}
