//! An open book with everything its use cases need.
//!
//! Never decides who may do what (the router does) and holds no state of its own but the desk's
//! logical clock.

use crate::actor::Actor;
use crate::clock::{Clock, IdSource};
use crate::connecting::Outside;
use crate::desk::DeskSetup;
use crate::erasing::{begins_with, demand_not_erased};
use crate::events::Events;
use crate::export::Engine;
use crate::fault::Fault;
use crate::mailing::Outbox;
use crate::secrets::SecretStore;
use chrono::NaiveDate;
use finance::fact::{FACT_VERSION, Fact, FactBody};
use finance::hlc::Hlc;
use finance::ids::FactId;
use finance::party::School;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Store, Tx};

/// An open book and its surroundings. Use cases are functions of this, an actor and a request.
#[derive(Clone)]
pub struct Office {
    /// The book.
    pub store: Store,
    /// Sends what the book holds to accounting systems.
    pub engine: Arc<Engine>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New identities.
    pub ids: Arc<dyn IdSource>,
    /// Where this book's secrets lie: tokens of accounting systems.
    pub secrets: Arc<dyn SecretStore>,
    /// Who is told what went stale.
    pub events: Events,
    /// The desk's folder for papers and files.
    pub papers: PathBuf,
    /// The school whose book this is.
    pub school: School,
    /// This desk's letter.
    pub desk: String,
    /// The way out to accounting systems.
    pub(crate) outside: Arc<Outside>,
    /// E-mails on their way.
    pub(crate) outbox: Arc<Outbox>,
    pub(crate) last_clock: Arc<Mutex<Hlc>>,
    pub(crate) made: Arc<Mutex<BTreeSet<PathBuf>>>,
}

/// What a book says of itself when it is opened.
pub struct Begun {
    /// The school.
    pub school: School,
    /// The desk's letter.
    pub desk: String,
    /// The last moment of the desk's logical clock.
    pub last_clock: Hlc,
    /// Where papers and files go.
    pub papers: PathBuf,
}

impl Office {
    /// An office over an open book, with its secrets where the desk keeps them.
    ///
    /// # Errors
    /// [`crate::Code::Internal`] where the system's TLS cannot be used.
    pub fn over(
        store: Store,
        setup: &DeskSetup,
        begun: Begun,
        events: Events,
    ) -> Result<Self, Fault> {
        let engine =
            Engine::new(store.clone(), setup.clock.clone(), events.clone(), setup.engine.clone());
        let outside = Outside::new(setup.elsewhere.clone(), setup.xero_client_id.clone())?;
        Ok(Self {
            store,
            engine: Arc::new(engine),
            clock: setup.clock.clone(),
            ids: setup.ids.clone(),
            secrets: setup.keychain.clone(),
            events,
            papers: begun.papers,
            school: begun.school,
            desk: begun.desk,
            outside: Arc::new(outside),
            outbox: Arc::default(),
            last_clock: Arc::new(Mutex::new(begun.last_clock)),
            made: Arc::default(),
        })
    }

    /// Today by the desk's calendar.
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    /// The office as an actor sees it: who is limited to departments finds nothing of others in
    /// the book, whichever question is asked, and records nothing about them.
    #[must_use]
    pub fn seen_by(&self, actor: &Actor) -> Self {
        let mut seen = self.clone();
        if !actor.departments.is_empty() {
            seen.store = self.store.seen_from(&actor.departments);
        }
        seen
    }

    /// The office over the whole book: for what comes from outside and is about anybody.
    pub(crate) fn whole(&self) -> Self {
        Self { store: self.engine.store().clone(), ..self.clone() }
    }

    /// A new fact by an actor, later than every earlier one of this desk.
    pub fn fact(&self, actor: &Actor, body: FactBody) -> Fact {
        let clock = {
            let mut last = self.last_clock.lock().unwrap_or_else(PoisonError::into_inner);
            *last = last.next(self.clock.now().timestamp_millis());
            last.clone()
        };
        Fact {
            id: FactId(self.ids.new_id()),
            school_id: self.school.id,
            actor: actor.name.clone(),
            clock,
            version: FACT_VERSION,
            body,
        }
    }

    /// Records facts in a transaction that is already open.
    ///
    /// # Errors
    /// What the book refuses, and what would begin anew with a person who was erased.
    pub async fn record(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        bodies: impl IntoIterator<Item = FactBody>,
    ) -> Result<usize, Fault> {
        let facts: Vec<Fact> = bodies.into_iter().map(|body| self.fact(actor, body)).collect();
        self.record_facts(tx, &facts).await
    }

    /// Records facts that were made before, so that their clocks are known.
    ///
    /// # Errors
    /// As [`Office::record`].
    pub async fn record_facts(&self, tx: &mut Tx, facts: &[Fact]) -> Result<usize, Fault> {
        demand_not_erased(tx, facts.iter().filter_map(|fact| begins_with(&fact.body))).await?;
        Ok(tx.record(facts).await?)
    }

    /// Records facts in a transaction of their own.
    ///
    /// # Errors
    /// What the book refuses; nothing is kept then.
    pub async fn record_alone(
        &self,
        actor: &Actor,
        bodies: impl IntoIterator<Item = FactBody>,
    ) -> Result<usize, Fault> {
        let mut tx = self.store.begin().await?;
        let new = self.record(&mut tx, actor, bodies).await?;
        tx.commit().await?;
        Ok(new)
    }

    /// Remembers a file as made by the desk, so that the window may open it.
    pub fn note_made(&self, path: &Path) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
    }
}
