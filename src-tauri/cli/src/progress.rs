//! A bar on standard error for long work, where a person is looking.
//!
//! Never on standard output, and never where standard error is no terminal: indicatif sees to it.

use indicatif::{ProgressBar, ProgressStyle};
use office::Desk;
use office::events::Event;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;

/// Shows the desk's progress for as long as it lives.
pub struct Watching {
    bar: ProgressBar,
    task: JoinHandle<()>,
}

/// Begins to show how far long work is.
pub fn watch(desk: &Desk) -> Watching {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{msg:10} {bar:40} {pos}/{len}") {
        bar.set_style(style);
    }
    let mut events = desk.events();
    let shown = bar.clone();
    let task = tokio::spawn(async move {
        loop {
            match events.recv().await {
                Ok(Event::Progress(progress)) => {
                    shown.set_message(progress.label.unwrap_or(progress.job));
                    shown.set_length(progress.total.into());
                    shown.set_position(progress.done.into());
                }
                Ok(Event::Changed { .. }) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => break,
            }
        }
    });
    Watching { bar, task }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.task.abort();
        self.bar.finish_and_clear();
    }
}
