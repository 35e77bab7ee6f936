//! What the office tells without being asked.
//!
//! Never carries content of the book: a listener hears that something is stale and asks.

use serde::Serialize;
use tokio::sync::broadcast;

/// Something a listener should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Event {
    /// Answers under these tags are stale.
    Changed {
        /// Names that the router's table gives to reads.
        tags: Vec<String>,
    },
    /// How far long work is.
    Progress(Progress),
}

/// How far long work is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// Which work: `import`, `issue`, `paper`, `sample`, `export` …
    pub job: String,
    /// Parts finished.
    pub done: u32,
    /// Parts in all.
    pub total: u32,
    /// `running`, `finished` or `failed`.
    pub state: String,
    /// What it is at, in the office's words, or nothing.
    pub label: Option<String>,
}

impl Event {
    /// The name it is sent under.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "changed",
            Self::Progress(_) => "progress",
        }
    }
}

/// Where events are told.
#[derive(Clone, Debug)]
pub struct Events(broadcast::Sender<Event>);

impl Default for Events {
    fn default() -> Self {
        // A listener this far behind hears nothing of what it missed and asks anew.
        Self(broadcast::Sender::new(1_024))
    }
}

impl Events {
    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }

    /// Tells that answers under these tags are stale.
    pub fn changed(&self, tags: &[&str]) {
        if !tags.is_empty() {
            self.tell(Event::Changed { tags: tags.iter().map(|tag| (*tag).to_owned()).collect() });
        }
    }

    /// Tells how far some work is.
    pub fn progress(&self, job: &str, done: u32, total: u32) {
        let state = if done >= total { "finished" } else { "running" };
        self.tell(Event::Progress(Progress {
            job: job.to_owned(),
            done,
            total,
            state: state.to_owned(),
            label: None,
        }));
    }

    /// Tells that some work stopped before its end.
    pub fn stopped(&self, job: &str, done: u32, total: u32) {
        self.tell(Event::Progress(Progress {
            job: job.to_owned(),
            done,
            total,
            state: "failed".to_owned(),
            label: None,
        }));
    }

    /// Tells an event to whoever listens; nobody listening is fine.
    pub fn tell(&self, event: Event) {
        drop(self.0.send(event));
    }
}
