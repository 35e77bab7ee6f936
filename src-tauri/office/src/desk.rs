//! The workplace: a folder for each school with its book and key, and the state of the one in use.
//!
//! Never leaves half a book: it is made under other names and renamed when it is whole.

mod folder;
mod sessions;
mod setup;
mod shelf;

pub(crate) use sessions::Seated;
pub use setup::DeskSetup;

use crate::connecting::{runs, tokens};
use crate::daily;
use crate::events::{Event, Events};
use crate::fault::{Code, Fault};
use crate::files;
use crate::keyfile::KeyFile;
use crate::mailing;
use crate::notices::{self, Notice};
use crate::office::{Begun, Office};
use crate::sealing::Key;
use crate::secrets::{SealedFile, SecretStore};
use crate::wire::desk::{DeskState, Protection};
use finance::hlc::Hlc;
use folder::{Folder, Lock};
use sessions::Sessions;
use shelf::Shelf;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use store::Store;
use tokio::sync::{RwLock, broadcast};

/// The setting under which a desk keeps its letter.
pub(crate) const DESK_SETTING: &str = "desk";

/// An open book, and the lock that keeps other programs away from it.
struct Opened {
    office: Arc<Office>,
    _lock: Lock,
}

/// The workplace.
pub struct Desk {
    pub(crate) setup: DeskSetup,
    /// The folder of the school in use; it changes only while `opened` is held for writing.
    folder: Mutex<Folder>,
    events: Events,
    /// One guess at a time, so that wrong ones are counted before the next.
    guessing: tokio::sync::Mutex<()>,
    sessions: Sessions,
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
        let folder = Shelf::read(&setup.folder)?.folder(&setup.folder);
        Ok(Arc::new(Self {
            folder: Mutex::new(folder),
            guessing: tokio::sync::Mutex::new(()),
            setup,
            events: Events::default(),
            sessions: Sessions::default(),
            opened: RwLock::new(None),
            made: Arc::default(),
        }))
    }

    fn folder(&self) -> Folder {
        self.folder.lock().unwrap_or_else(PoisonError::into_inner).clone()
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

    /// The open book; a book whose key lies in the keychain opens by itself.
    ///
    /// # Errors
    /// [`Code::NoBook`], [`Code::Locked`], or what keeps the book from opening.
    pub async fn office(&self) -> Result<Arc<Office>, Fault> {
        if let Some(opened) = self.opened.read().await.as_ref() {
            return Ok(opened.office.clone());
        }
        let folder = self.folder();
        if !folder.has_book() {
            return Err(Fault::new(Code::NoBook, "There is no book yet."));
        }
        match key_of_book(&folder)? {
            KeyFile::Keychain { entry } => {
                let key = self
                    .at_keychain(move |keychain| KeyFile::from_keychain(&entry, keychain))
                    .await??;
                self.open(&folder, &key, true).await
            }
            KeyFile::Passphrase { .. } => Err(Fault::new(Code::Locked, "The book is locked.")),
        }
    }

    /// The desk's state, opening the book where it opens by itself.
    pub(crate) async fn standing(&self) -> Standing {
        let folder = self.folder();
        let protection = match KeyFile::read(&folder.key_file()) {
            Ok(Some(KeyFile::Keychain { .. })) => Some(Protection::Keychain),
            Ok(Some(KeyFile::Passphrase { .. })) => Some(Protection::Passphrase),
            Ok(None) | Err(_) => None,
        };
        let protection = protection.filter(|_| folder.has_book());
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
        let folder = self.folder();
        if !folder.has_book() {
            return Err(Fault::new(Code::NoBook, "There is no book yet."));
        }
        let _turn = self.guessing.lock().await;
        let file = key_of_book(&folder)?;
        let tries = folder.tries();
        tries.demand_patience(self.setup.clock.now())?;
        let key = tokio::task::spawn_blocking(move || file.unlock(&passphrase)).await;
        match key.map_err(|lost| Fault::new(Code::Internal, lost.to_string()))? {
            Ok(key) => {
                tries.forget()?;
                self.open(&folder, &key, false).await
            }
            Err(fault) => {
                if fault.code == Code::WrongPassphrase {
                    tries.count_wrong(self.setup.clock.now())?;
                }
                Err(fault)
            }
        }
    }

    async fn open(
        &self,
        folder: &Folder,
        key: &Key,
        in_keychain: bool,
    ) -> Result<Arc<Office>, Fault> {
        let mut opened = self.opened.write().await;
        if let Some(opened) = opened.as_ref() {
            return Ok(opened.office.clone());
        }
        if *folder != self.folder() {
            return Err(Fault::new(Code::Locked, "The desk turned to another school meanwhile."));
        }
        let lock = folder.lock()?;
        let store = Store::open(&folder.book(), &store::Key::new(*key.bytes())).await?;
        let office = Arc::new(self.seat(store, key, in_keychain).await?);
        self.note_name(&office)?;
        *opened = Some(Opened { office: office.clone(), _lock: lock });
        Ok(office)
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
            Arc::new(SealedFile::new(self.folder().secrets(), key))
        };
        let begun = Begun { school, desk, last_clock, papers: self.folder().papers() };
        let office = Office::over(store, &self.setup, begun, self.events.clone())?;
        Ok(Office { secrets, made: self.made.clone(), ..office })
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
        let folder = self.folder();
        if opened.is_some() || folder.has_book() {
            return Err(Fault::new(Code::AlreadyExists, "There is a book already."));
        }
        let lock = folder.lock()?;
        let key = Key::random()?;
        let key_file = self.protect(&key, &protection).await?;
        let growing = folder.growing_book();
        folder.remove_growing_book()?;
        let book_key = store::Key::new(*key.bytes());
        let store = Store::create(&growing, &book_key).await?;
        let filled = fill(&store).await;
        store.close().await;
        if let Err(fault) = filled.and_then(|()| key_file.write(&folder.key_file())) {
            if let KeyFile::Keychain { entry } = key_file {
                self.forget_key(entry).await?;
            }
            return Err(fault);
        }
        std::fs::rename(&growing, folder.book())
            .and_then(|()| files::sync_folder(&folder.book()))
            .map_err(|error| files::fault(&error))?;
        let store = Store::open(&folder.book(), &book_key).await?;
        let in_keychain = matches!(protection, Wish::Keychain);
        let office = Arc::new(self.seat(store, &key, in_keychain).await?);
        self.note_name(&office)?;
        *opened = Some(Opened { office: office.clone(), _lock: lock });
        Ok(office)
    }

    async fn protect(&self, key: &Key, wish: &Wish) -> Result<KeyFile, Fault> {
        match wish {
            Wish::Keychain => {
                let (id, key) = (self.setup.ids.new_id(), key.clone());
                self.at_keychain(move |keychain| KeyFile::in_keychain(&key, id, keychain)).await?
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

    /// Does something with the keychain where waiting for it holds nobody up: it may ask the
    /// person first.
    async fn at_keychain<T: Send + 'static>(
        &self,
        act: impl FnOnce(&dyn SecretStore) -> T + Send + 'static,
    ) -> Result<T, Fault> {
        let keychain = self.setup.keychain.clone();
        tokio::task::spawn_blocking(move || act(keychain.as_ref()))
            .await
            .map_err(|lost| Fault::new(Code::Internal, lost.to_string()))
    }

    async fn forget_key(&self, entry: String) -> Result<(), Fault> {
        self.at_keychain(move |keychain| keychain.forget(&entry)).await?
    }

    /// Whether the keychain works on this machine now.
    pub(crate) async fn has_keychain(&self) -> bool {
        self.at_keychain(|keychain| keychain.available()).await.unwrap_or(false)
    }

    /// Lets the office do what is due: exports that wait for their time, e-mails that wait.
    pub async fn tick(&self) {
        let office = self.opened.read().await.as_ref().map(|opened| opened.office.clone());
        let Some(office) = office else { return };
        if runs::start_due(&office).await.is_err() {
            self.events.stopped("export", 0, 0);
        }
        match daily::begin(&office).await {
            Ok(true) => {
                self.events.changed(&["recurring", "invoices", "students", "exports", "audit"]);
            }
            Ok(false) => {}
            Err(_) => self.events.stopped("day", 0, 0),
        }
        if mailing::send_due(&office).await.is_err() {
            self.events.stopped("mail", 0, 0);
        }
    }

    /// What is to be shown on the desktop now: that something needs a person. Where the window is in
    /// front (`watched`), it is seen there and not told again.
    pub async fn notices(&self, watched: bool) -> Vec<Notice> {
        let office = self.opened.read().await.as_ref().map(|opened| opened.office.clone());
        let Some(office) = office else { return Vec::new() };
        notices::due(&office, watched).await.unwrap_or_else(|_| {
            self.events.stopped("notice", 0, 0);
            Vec::new()
        })
    }

    /// Closes the book; what is under way ends first.
    pub async fn close(&self) {
        let opened = self.opened.write().await.take();
        self.shut(opened).await;
    }

    async fn shut(&self, opened: Option<Opened>) {
        self.sessions.end_all();
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
        mailing::forget_password(office.secrets.as_ref(), office.school.id)?;
        mailing::forget_secret(office.secrets.as_ref(), office.school.id)?;
        Ok(())
    }

    /// Removes the book, its key and what was made from it; another school of the desk comes into use.
    ///
    /// # Errors
    /// What the disk reports.
    pub(crate) async fn remove(&self) -> Result<(), Fault> {
        self.forget_tokens().await?;
        self.close().await;
        let folder = self.folder();
        // The book goes first: cut short after it, there is a key that opens nothing.
        let key_file = KeyFile::read(&folder.key_file())?;
        folder.remove_book()?;
        if let Some(KeyFile::Keychain { entry }) = key_file {
            self.forget_key(entry).await?;
        }
        folder.remove_rest()?;
        self.leave_place().await
    }
}

fn key_of_book(folder: &Folder) -> Result<KeyFile, Fault> {
    KeyFile::read(&folder.key_file())?.ok_or_else(|| {
        Fault::new(Code::BookForeign, "There is a book, but no key file beside it.")
            .rule("no_key_file")
    })
}

/// How a new book is to be protected.
pub(crate) enum Wish {
    Keychain,
    Passphrase(String),
}
