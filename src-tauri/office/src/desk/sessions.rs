//! Who sits at which window or terminal.
//!
//! Never written down: a session ends with the program, and with the book. Never tells apart, in
//! what it answers, a name that does not exist from a password that is wrong.

use super::Desk;
use crate::actor::{Act, Actor};
use crate::fault::{Code, Fault};
use crate::sealing;
use finance::ids::UserId;
use finance::user::User;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// One person at one window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    pub user: UserId,
    /// They went away from the desk: the password is asked for before anything is answered.
    pub locked: bool,
}

/// Sessions by the window or terminal.
#[derive(Debug, Default)]
pub(crate) struct Sessions(Mutex<HashMap<String, Session>>);

impl Sessions {
    fn all(&self) -> MutexGuard<'_, HashMap<String, Session>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn at(&self, seat: &str) -> Option<Session> {
        self.all().get(seat).copied()
    }

    pub fn sit(&self, seat: &str, user: UserId) {
        self.all().insert(seat.to_owned(), Session { user, locked: false });
    }

    pub fn lock(&self, seat: &str) {
        if let Some(session) = self.all().get_mut(seat) {
            session.locked = true;
        }
    }

    pub fn leave(&self, seat: &str) {
        self.all().remove(seat);
    }

    /// Ends every session of a user but the one at `seat`.
    pub fn end_others(&self, user: UserId, seat: &str) {
        self.all().retain(|at, session| session.user != user || at == seat);
    }

    pub fn end_all(&self) {
        self.all().clear();
    }
}

impl Desk {
    /// Who acts at a window or terminal. A book without users knows one owner; one with users
    /// lets nobody do anything but sign in until they have.
    ///
    /// # Errors
    /// [`Code::NotSignedIn`], or what keeps the book from opening.
    pub(crate) async fn actor(&self, seat: &str, act: Act) -> Result<Actor, Fault> {
        let nobody = Actor::owner().at(seat);
        if act == Act::Enter {
            return Ok(nobody);
        }
        let office = match self.office().await {
            Ok(office) => office,
            Err(fault) if fault.code == Code::NoBook => return Ok(nobody),
            Err(fault) => return Err(fault),
        };
        let mut view = office.store.read().await?;
        if let Some(session) = self.sessions.at(seat)
            && !session.locked
            && let Some(user) = view.find_user(session.user).await?
            && user.active
        {
            return Ok(actor(user, seat));
        }
        if view.has_users().await? {
            return Err(Fault::new(Code::NotSignedIn, "Sign in first."));
        }
        Ok(nobody)
    }

    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// Signs a person in at a window or terminal, in place of whoever sat there.
    ///
    /// # Errors
    /// [`Code::WrongPassword`], [`Code::TooManyTries`], or what keeps the book from opening.
    pub(crate) async fn sign_in(
        &self,
        seat: &str,
        login: &str,
        password: String,
    ) -> Result<(), Fault> {
        let office = self.office().await?;
        let mut view = office.store.read().await?;
        let user = view.find_user_by_login(login.trim()).await?.filter(|user| user.active);
        let id = user.map(|user| user.id);
        let verifier = match id {
            Some(id) => view.password_verifier(id).await?,
            None => None,
        };
        drop(view);
        self.check_password(id, verifier, password).await?;
        if let Some(id) = id {
            self.sessions.sit(seat, id);
        }
        Ok(())
    }

    /// Checks one guess at a password. Where there is nothing to check against, as much work is
    /// done before it is refused.
    ///
    /// # Errors
    /// [`Code::WrongPassword`], [`Code::TooManyTries`].
    pub(crate) async fn check_password(
        &self,
        user: Option<UserId>,
        verifier: Option<String>,
        password: String,
    ) -> Result<(), Fault> {
        let _turn = self.guessing.lock().await;
        let tries = self.folder().tries_of(user);
        tries.demand_patience(self.setup.clock.now())?;
        let stretch = self.setup.stretch;
        let right = at_work(move || match verifier {
            Some(verifier) => Ok(sealing::matches(&password, &verifier)),
            None => stretch.verifier(&password).map(|_| false),
        })
        .await?;
        if right {
            return tries.forget();
        }
        tries.count_wrong(self.setup.clock.now())?;
        Err(Fault::new(Code::WrongPassword, "No user has this name and password."))
    }

    /// What a new password will be checked against.
    ///
    /// # Errors
    /// [`Code::Internal`] where hashing fails.
    pub(crate) async fn verifier(&self, password: String) -> Result<String, Fault> {
        let stretch = self.setup.stretch;
        at_work(move || stretch.verifier(&password)).await
    }

    /// Forgets wrong guesses at a user's password, once it is another.
    ///
    /// # Errors
    /// What the disk reports.
    pub(crate) fn forget_tries(&self, user: UserId) -> Result<(), Fault> {
        self.folder().tries_of(Some(user)).forget()
    }
}

/// Does slow work where waiting for it holds nobody up.
async fn at_work<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let lost = |lost: tokio::task::JoinError| Fault::new(Code::Internal, lost.to_string());
    tokio::task::spawn_blocking(work).await.map_err(lost)?
}

fn actor(user: User, seat: &str) -> Actor {
    Actor {
        name: user.login,
        role: user.role,
        school: Some(user.school_id),
        departments: user.departments,
        user: Some(user.id),
        seat: seat.to_owned(),
    }
}

/// What the desk tells about a window before anybody signed in there.
pub(crate) struct Seated {
    pub needed: bool,
    pub user: Option<User>,
    pub locked: bool,
}

impl Seated {
    /// Who sits at a window of an open book.
    pub async fn read(
        desk: &Desk,
        office: &Arc<crate::office::Office>,
        seat: &str,
    ) -> Result<Self, Fault> {
        let mut view = office.store.read().await?;
        let needed = view.has_users().await?;
        let Some(session) = desk.sessions.at(seat) else {
            return Ok(Self { needed, user: None, locked: false });
        };
        let user = view.find_user(session.user).await?.filter(|user| user.active);
        Ok(Self { needed, locked: session.locked && user.is_some(), user })
    }
}
