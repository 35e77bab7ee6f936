//! The workplace: a folder with one book, its key, and the state it is in.
//!
//! Never leaves half a book: it is made under other names and renamed when it is whole.

use crate::clock::{Clock, IdSource, SystemClock, SystemIds};
use crate::connecting::{Outside, runs, tokens};
use crate::events::{Event, Events};
use crate::export::{Engine, EngineSetup};
use crate::fault::{Code, Fault};
use crate::files;
use crate::keyfile::{KeyFile, Tries};
use crate::office::Office;
use crate::sealing::{Key, Stretch};
use crate::secrets::{Keychain, SealedFile, SecretStore};
use crate::wire::desk::{DeskState, Protection};
use finance::hlc::Hlc;
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use tokio::sync::{RwLock, broadcast};

/// The setting under which a desk keeps its letter.
pub(crate) const DESK_SETTING: &str = "desk";

/// The environment variable that names this program's client id at Xero.
const XERO_CLIENT_ID: &str = "KONTOR_XERO_CLIENT_ID";

/// What a desk is made of.
#[derive(Clone)]
pub struct DeskSetup {
    /// The folder with the book.
    pub folder: PathBuf,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New identities.
    pub ids: Arc<dyn IdSource>,
    /// The system's place for secrets.
    pub keychain: Arc<dyn SecretStore>,
    /// Cost of guessing a passphrase of a new book.
    pub stretch: Stretch,
    /// Another address of Xero, for tests.
    pub xero_at: Option<String>,
    /// This program's client id at Xero; a school may use one of its own.
    pub xero_client_id: Option<String>,
    /// Time, chance and patience of the export engine.
    pub engine: EngineSetup,
}

impl DeskSetup {
    /// A desk as it is used: the machine's clock and keychain.
    pub fn for_this_machine(folder: PathBuf) -> Self {
        Self {
            folder,
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
            keychain: Arc::new(Keychain),
            stretch: Stretch::STRONG,
            xero_at: None,
            xero_client_id: std::env::var(XERO_CLIENT_ID).ok().filter(|id| !id.is_empty()),
            engine: EngineSetup::default(),
        }
    }

    /// Calls Xero at another address: a simulator.
    #[must_use]
    pub fn with_xero_at(mut self, address: &str) -> Self {
        self.xero_at = Some(address.trim_end_matches('/').to_owned());
        // A simulator lets any client in.
        self.xero_client_id.get_or_insert_with(|| "simulator".to_owned());
        self
    }
}

/// An open book, and the lock that keeps other programs away from it.
struct Opened {
    office: Arc<Office>,
    _lock: File,
}

/// The workplace.
pub struct Desk {
    pub(crate) setup: DeskSetup,
    events: Events,
    opened: RwLock<Option<Opened>>,
    made: Arc<Mutex<BTreeSet<PathBuf>>>,
}

/// What the desk looks like from outside.
pub(crate) struct Standing {
    pub state: DeskState,
    pub protection: Option<Protection>,
    pub trouble: Option<Code>,
    pub office: Option<Arc<Office>>,
}

impl Desk {
    /// A desk over a folder; nothing is opened yet.
    ///
    /// # Errors
    /// What the disk reports when the folder cannot be made.
    pub fn new(setup: DeskSetup) -> Result<Arc<Self>, Fault> {
        files::private_folder(&setup.folder)?;
        Ok(Arc::new(Self {
            setup,
            events: Events::default(),
            opened: RwLock::new(None),
            made: Arc::default(),
        }))
    }

    /// Listens to what the office tells.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events.listen()
    }

    pub(crate) fn told(&self) -> &Events {
        &self.events
    }

    /// Whether the desk made this file since it started, so that it may be opened for the person.
    pub fn made(&self, path: &Path) -> bool {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).contains(path)
    }

    fn book(&self) -> PathBuf {
        self.setup.folder.join("book.kontor")
    }

    fn key_file(&self) -> PathBuf {
        self.setup.folder.join("key.json")
    }

    fn tries(&self) -> Tries {
        Tries::at(self.setup.folder.join("tries.json"))
    }

    /// The open book; a book whose key lies in the keychain opens by itself.
    ///
    /// # Errors
    /// [`Code::NoBook`], [`Code::Locked`], or what keeps the book from opening.
    pub async fn office(&self) -> Result<Arc<Office>, Fault> {
        if let Some(opened) = self.opened.read().await.as_ref() {
            return Ok(opened.office.clone());
        }
        if !self.book().exists() {
            return Err(Fault::new(Code::NoBook, "There is no book yet."));
        }
        match self.key_of_book()? {
            KeyFile::Keychain { entry } => {
                let key = KeyFile::from_keychain(&entry, self.setup.keychain.as_ref())?;
                self.open(&key, true).await
            }
            KeyFile::Passphrase { .. } => Err(Fault::new(Code::Locked, "The book is locked.")),
        }
    }

    fn key_of_book(&self) -> Result<KeyFile, Fault> {
        KeyFile::read(&self.key_file())?.ok_or_else(|| {
            Fault::new(Code::BookForeign, "There is a book, but no key file beside it.")
                .rule("no_key_file")
        })
    }

    /// The desk's state, opening the book where it opens by itself.
    pub(crate) async fn standing(&self) -> Standing {
        let protection = match KeyFile::read(&self.key_file()) {
            Ok(Some(KeyFile::Keychain { .. })) => Some(Protection::Keychain),
            Ok(Some(KeyFile::Passphrase { .. })) => Some(Protection::Passphrase),
            Ok(None) | Err(_) => None,
        };
        let protection = protection.filter(|_| self.book().exists());
        let standing = |state, trouble, office| Standing { state, protection, trouble, office };
        match self.office().await {
            Ok(office) => standing(DeskState::Ready, None, Some(office)),
            Err(fault) if fault.code == Code::NoBook => standing(DeskState::Empty, None, None),
            Err(fault) if fault.code == Code::Locked => standing(DeskState::Locked, None, None),
            Err(fault) => standing(DeskState::Broken, Some(fault.code), None),
        }
    }

    /// Opens a book with its passphrase.
    ///
    /// # Errors
    /// [`Code::WrongPassphrase`], [`Code::TooManyTries`], or what keeps the book from opening.
    pub(crate) async fn unlock(&self, passphrase: String) -> Result<Arc<Office>, Fault> {
        if let Some(opened) = self.opened.read().await.as_ref() {
            return Ok(opened.office.clone());
        }
        if !self.book().exists() {
            return Err(Fault::new(Code::NoBook, "There is no book yet."));
        }
        let file = self.key_of_book()?;
        let tries = self.tries();
        tries.demand_patience(self.setup.clock.now())?;
        let key = tokio::task::spawn_blocking(move || file.unlock(&passphrase)).await;
        match key.map_err(|lost| Fault::new(Code::Internal, lost.to_string()))? {
            Ok(key) => {
                tries.forget()?;
                self.open(&key, false).await
            }
            Err(fault) => {
                if fault.code == Code::WrongPassphrase {
                    tries.count_wrong(self.setup.clock.now())?;
                }
                Err(fault)
            }
        }
    }

    async fn open(&self, key: &Key, in_keychain: bool) -> Result<Arc<Office>, Fault> {
        let mut opened = self.opened.write().await;
        if let Some(opened) = opened.as_ref() {
            return Ok(opened.office.clone());
        }
        let lock = self.lock()?;
        let store = Store::open(&self.book(), &store::Key::new(*key.bytes())).await?;
        let office = Arc::new(self.seat(store, key, in_keychain).await?);
        *opened = Some(Opened { office: office.clone(), _lock: lock });
        Ok(office)
    }

    /// Keeps other programs away from the book for as long as the file lives.
    fn lock(&self) -> Result<File, Fault> {
        let path = self.setup.folder.join("desk.lock");
        let lock = File::create(path).map_err(|error| files::fault(&error))?;
        lock.try_lock().map_err(|error| match error {
            std::fs::TryLockError::WouldBlock => {
                Fault::new(Code::BookInUse, "Another window or program holds the book.")
            }
            std::fs::TryLockError::Error(error) => files::fault(&error),
        })?;
        Ok(lock)
    }

    async fn seat(&self, store: Store, key: &Key, in_keychain: bool) -> Result<Office, Fault> {
        let mut view = store.read().await?;
        let unfinished = || Fault::new(Code::BookDamaged, "The book has no school.");
        let school = view.find_school().await?.ok_or_else(unfinished)?;
        let desk = view.setting(DESK_SETTING).await?.unwrap_or_else(|| "A".to_owned());
        let last_clock = view.last_clock(&desk).await?.unwrap_or_else(|| Hlc::start(&desk));
        drop(view);
        let secrets: Arc<dyn SecretStore> = if in_keychain {
            self.setup.keychain.clone()
        } else {
            Arc::new(SealedFile::new(self.setup.folder.join("secrets.kontor"), key))
        };
        let engine = Engine::new(
            store.clone(),
            self.setup.clock.clone(),
            self.events.clone(),
            self.setup.engine.clone(),
        );
        Ok(Office {
            store,
            engine: Arc::new(engine),
            clock: self.setup.clock.clone(),
            ids: self.setup.ids.clone(),
            secrets,
            events: self.events.clone(),
            papers: self.setup.folder.join("papers"),
            school,
            desk,
            outside: Outside::new(self.setup.xero_at.clone(), self.setup.xero_client_id.clone())?,
            last_clock: Mutex::new(last_clock),
            made: self.made.clone(),
        })
    }

    /// Makes a book: `fill` writes its beginning while it still has another name.
    ///
    /// # Errors
    /// [`Code::AlreadyExists`] where there is a book, what protection refuses, or what the disk
    /// reports. Afterwards there is no book, or a whole one.
    pub(crate) async fn create<F>(&self, protection: Wish, fill: F) -> Result<Arc<Office>, Fault>
    where
        F: AsyncFnOnce(&Store) -> Result<(), Fault>,
    {
        let mut opened = self.opened.write().await;
        if opened.is_some() || self.book().exists() {
            return Err(Fault::new(Code::AlreadyExists, "There is a book already."));
        }
        let lock = self.lock()?;
        let key = Key::random()?;
        let key_file = self.protect(&key, &protection).await?;
        let growing = self.setup.folder.join("book.new");
        remove_book(&growing)?;
        let book_key = store::Key::new(*key.bytes());
        let store = Store::create(&growing, &book_key).await?;
        let filled = fill(&store).await;
        store.close().await;
        filled?;
        key_file.write(&self.key_file())?;
        std::fs::rename(&growing, self.book())
            .and_then(|()| files::sync_folder(&self.book()))
            .map_err(|error| files::fault(&error))?;
        let store = Store::open(&self.book(), &book_key).await?;
        let in_keychain = matches!(protection, Wish::Keychain);
        let office = Arc::new(self.seat(store, &key, in_keychain).await?);
        *opened = Some(Opened { office: office.clone(), _lock: lock });
        Ok(office)
    }

    async fn protect(&self, key: &Key, wish: &Wish) -> Result<KeyFile, Fault> {
        match wish {
            Wish::Keychain => {
                let id = self.setup.ids.new_id();
                KeyFile::in_keychain(key, id, self.setup.keychain.as_ref())
            }
            Wish::Passphrase(passphrase) => {
                let (key, passphrase, stretch) =
                    (key.clone(), passphrase.clone(), self.setup.stretch);
                tokio::task::spawn_blocking(move || {
                    KeyFile::under_passphrase(&key, &passphrase, stretch)
                })
                .await
                .map_err(|lost| Fault::new(Code::Internal, lost.to_string()))?
            }
        }
    }

    /// Lets the office do what is due: exports that wait for their time.
    pub async fn tick(&self) {
        let office = self.opened.read().await.as_ref().map(|opened| opened.office.clone());
        let Some(office) = office else { return };
        if runs::start_due(&office).await.is_err() {
            self.events.stopped("export", 0, 0);
        }
    }

    /// Closes the book; what is under way ends first.
    pub async fn close(&self) {
        let opened = self.opened.write().await.take();
        if let Some(opened) = opened {
            opened.office.outside.sign_ins.cancel_all();
            opened.office.engine.stop();
            runs::finish(&opened.office).await;
            opened.office.store.clone().close().await;
        }
    }

    async fn forget_tokens(&self) -> Result<(), Fault> {
        let office = self.office().await?;
        for connection in office.store.read().await?.connections().await? {
            tokens::forget(office.secrets.as_ref(), connection.id)?;
        }
        Ok(())
    }

    /// Removes the book, its key and what was made from it.
    ///
    /// # Errors
    /// What the disk reports.
    pub(crate) async fn remove(&self) -> Result<(), Fault> {
        self.forget_tokens().await?;
        self.close().await;
        if let Ok(Some(KeyFile::Keychain { entry })) = KeyFile::read(&self.key_file()) {
            self.setup.keychain.forget(&entry)?;
        }
        remove_book(&self.book())?;
        for name in ["key.json", "tries.json", "secrets.kontor"] {
            remove_file(&self.setup.folder.join(name))?;
        }
        let papers = self.setup.folder.join("papers");
        if papers.exists() {
            std::fs::remove_dir_all(papers).map_err(|error| files::fault(&error))?;
        }
        Ok(())
    }
}

/// How a new book is to be protected.
pub(crate) enum Wish {
    Keychain,
    Passphrase(String),
}

/// Removes a database file and what SQLite keeps beside it.
fn remove_book(book: &Path) -> Result<(), Fault> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut path = book.as_os_str().to_owned();
        path.push(ending);
        remove_file(Path::new(&path))?;
    }
    Ok(())
}

fn remove_file(path: &Path) -> Result<(), Fault> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(files::fault(&error)),
        _ => Ok(()),
    }
}
