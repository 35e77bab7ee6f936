//! Sign-ins that are going on: from the address for the browser to the companies it can reach.
//!
//! Never outlives the open book, and never shows a token or a code to anyone.

use super::renewal::Renewal;
use super::tokens::Signed;
use crate::clock::Clock;
use crate::events::Events;
use crate::export::FixedToken;
use crate::export::cause::error_word;
use crate::export::pacer::Watch;
use crate::fault::{Code, Fault};
use crate::office::Office;
use finance::ids::ConnectionId;
use providers::ProviderError;
use providers::document::RemoteCompany;
use providers::http::HttpClient;
use providers::oauth::{
    Application, Direct, Landing, SIGN_IN_LIMIT, SignIn, SignInError, TokenBroker as _, TokenSet,
};
use providers::registry::{Entry, Provider};
use providers::session::Session;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::task::AbortHandle;
use uuid::Uuid;

/// How a sign-in stands.
#[derive(Clone)]
pub(crate) enum Stage {
    /// The browser has not come back.
    Waiting,
    /// A person chooses among the companies.
    Choosing(TokenSet, Vec<RemoteCompany>),
    /// Done.
    Connected(ConnectionId),
    /// Nothing came of it; the code says why.
    Refused(String),
    /// Nobody signed in within the time.
    Expired,
}

/// What a person chose.
pub(crate) struct Chosen {
    /// Where.
    pub provider: Provider,
    /// The company.
    pub company: RemoteCompany,
    /// What to call it with.
    pub signed: Signed,
}

struct Pending {
    provider: Provider,
    application: Application,
    landing: Landing,
    stage: Stage,
    task: Option<AbortHandle>,
}

impl Pending {
    fn end(&self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}

/// The sign-ins of an open book.
#[derive(Default)]
pub(crate) struct SignIns {
    open: Mutex<HashMap<Uuid, Pending>>,
    /// Held while a choice is carried out, so that two clicks make one connection.
    pub turn: tokio::sync::Mutex<()>,
}

/// What a sign-in is to be for.
pub(crate) struct Wish {
    /// Where.
    pub provider: Provider,
    /// As which application.
    pub application: Application,
    /// The connection that is signed in to again.
    pub renewal: Option<Renewal>,
}

/// A sign-in that has begun.
pub(crate) struct Begun {
    /// Its identity.
    pub id: Uuid,
    /// For the browser.
    pub address: String,
    /// A person brings the address that the browser lands on.
    pub is_by_hand: bool,
}

impl SignIns {
    fn open(&self) -> MutexGuard<'_, HashMap<Uuid, Pending>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How a sign-in stands.
    ///
    /// # Errors
    /// [`Code::NotFound`] where there is none, or it was cancelled.
    pub fn stage(&self, id: Uuid) -> Result<Stage, Fault> {
        self.open().get(&id).map(|pending| pending.stage.clone()).ok_or_else(unknown)
    }

    /// What a choice means; nothing where the sign-in has led to a connection already.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::WrongState`], or [`Code::Invalid`] for a company the sign-in
    /// does not reach.
    pub fn chosen(&self, id: Uuid, company_id: &str) -> Result<Option<Chosen>, Fault> {
        let open = self.open();
        let pending = open.get(&id).ok_or_else(unknown)?;
        let (tokens, companies) = match &pending.stage {
            Stage::Connected(_) => return Ok(None),
            Stage::Choosing(tokens, companies) => (tokens, companies),
            Stage::Waiting | Stage::Refused(_) | Stage::Expired => {
                return Err(Fault::new(Code::WrongState, "There is no company to choose."));
            }
        };
        let company = companies.iter().find(|company| company.id == company_id);
        let company = company.ok_or_else(|| {
            Fault::new(Code::Invalid, "The sign-in does not reach this company.")
                .at("company_id")
                .rule("choice")
        })?;
        Ok(Some(Chosen {
            provider: pending.provider,
            company: company.clone(),
            signed: Signed { application: pending.application.clone(), tokens: tokens.clone() },
        }))
    }

    /// Takes the address that the browser landed on.
    ///
    /// # Errors
    /// [`Code::NotFound`]; [`Code::Invalid`] at `address` for another address: the sign-in goes on
    /// waiting.
    pub fn landed(&self, id: Uuid, address: &str) -> Result<(), Fault> {
        let landing = self.open().get(&id).ok_or_else(unknown)?.landing.clone();
        landing.take(address).map_err(|odd| {
            Fault::new(Code::Invalid, odd.to_string()).at("address").rule("not_the_landing")
        })
    }

    /// Says how a sign-in went on.
    pub fn settle(&self, id: Uuid, stage: Stage) {
        if let Some(pending) = self.open().get_mut(&id) {
            pending.stage = stage;
        }
    }

    /// Ends a sign-in and closes its port. One that is not there is ended already.
    pub fn cancel(&self, id: Uuid) {
        if let Some(pending) = self.open().remove(&id) {
            pending.end();
        }
    }

    /// Ends every sign-in.
    pub fn cancel_all(&self) {
        for (_, pending) in self.open().drain() {
            pending.end();
        }
    }
}

fn unknown() -> Fault {
    Fault::new(Code::NotFound, "There is no such sign-in.")
}

/// Opens the port and waits for the browser in the background. One sign-in at a time: an earlier
/// one is cancelled.
///
/// # Errors
/// [`Code::WrongState`] where no port is free, [`Code::Internal`] where it cannot be prepared.
pub(crate) async fn begin(office: &Office, wish: Wish) -> Result<Begun, Fault> {
    let sign_ins = &office.outside.sign_ins;
    sign_ins.cancel_all();
    let entry = office.outside.entry(wish.provider);
    let connections = office.store.read().await?.connections().await?;
    let attaches = connections
        .iter()
        .any(|row| !row.closed && row.attach_pdf && row.provider == wish.provider.key());
    let (registration, endpoints) = (entry.registration, &entry.endpoints);
    let begun = SignIn::begin(registration, &wish.application, endpoints, attaches).await;
    let sign_in = begun.map_err(|error| {
        let code = match error {
            SignInError::NoPort => Code::WrongState,
            _ => Code::Internal,
        };
        Fault::new(code, error.to_string()).rule("no_port")
    })?;
    let id = office.ids.new_id();
    let landing = sign_in.landing.clone();
    let is_by_hand = landing.is_by_hand();
    let begun = Begun { id, address: sign_in.address.to_string(), is_by_hand };
    let pending = Pending {
        provider: wish.provider,
        application: wish.application.clone(),
        landing,
        stage: Stage::Waiting,
        task: None,
    };
    sign_ins.open().insert(id, pending);
    let attempt = Attempt {
        watch: office.engine.sign_in(entry.adapter.capabilities().limits),
        entry,
        http: office.outside.http.clone(),
        application: wish.application,
        clock: office.clock.clone(),
        renewal: wish.renewal,
    };
    let (told, events) = (sign_ins.clone(), office.events.clone());
    let task = tokio::spawn(async move { attempt.carry_out(sign_in, id, &told, &events).await });
    if let Some(pending) = sign_ins.open().get_mut(&id) {
        pending.task = Some(task.abort_handle());
    }
    Ok(begun)
}

struct Attempt {
    entry: Entry,
    watch: Arc<Watch>,
    http: HttpClient,
    application: Application,
    clock: Arc<dyn Clock>,
    renewal: Option<Renewal>,
}

impl Attempt {
    async fn carry_out(self, sign_in: SignIn, id: Uuid, told: &SignIns, events: &Events) {
        let stage = match self.signed(sign_in).await {
            Ok(stage) => stage,
            Err(SignInError::TimedOut) => Stage::Expired,
            Err(error) => Stage::Refused(problem(&error)),
        };
        told.settle(id, stage);
        events.changed(&["connections"]);
    }

    async fn signed(&self, sign_in: SignIn) -> Result<Stage, SignInError> {
        let code = sign_in.wait(SIGN_IN_LIMIT).await?;
        let endpoints = &self.entry.endpoints;
        let now = self.clock.now();
        let broker = Direct {
            http: &self.http,
            endpoints,
            registration: self.entry.registration,
            application: &self.application,
        };
        let company = code.company.clone().unwrap_or_default();
        let tokens = broker.exchange(code, now).await?;
        let session = Session {
            endpoints: endpoints.clone(),
            company,
            tokens: Arc::new(FixedToken(tokens.access.clone())),
            watch: self.watch.clone(),
        };
        let companies = self.entry.adapter.companies(&session).await?;
        if companies.is_empty() {
            return Ok(Stage::Refused("no_company".to_owned()));
        }
        let Some(renewal) = &self.renewal else { return Ok(Stage::Choosing(tokens, companies)) };
        let company = &renewal.connection.remote_company_id;
        if companies.iter().all(|it| it.id != *company) {
            return Ok(Stage::Refused("other_company".to_owned()));
        }
        let signed = Signed { application: self.application.clone(), tokens };
        match renewal.carry_out(&signed, now).await {
            Ok(()) => Ok(Stage::Connected(renewal.connection.id)),
            Err(fault) => Ok(Stage::Refused(fault_word(&fault))),
        }
    }
}

fn fault_word(fault: &Fault) -> String {
    match fault.code {
        Code::KeychainUnavailable => "keychain_unavailable",
        Code::DiskFull => "disk_full",
        _ => "internal",
    }
    .to_owned()
}

/// The code under which the screens have words for it.
fn problem(error: &SignInError) -> String {
    match error {
        SignInError::Declined { code } => code.clone(),
        SignInError::WrongIssuer => "wrong_issuer".to_owned(),
        SignInError::NoCompany => "no_company".to_owned(),
        SignInError::ApplicationRefused => "application_refused".to_owned(),
        SignInError::Provider(ProviderError::SignInNeeded) => "code_refused".to_owned(),
        SignInError::Provider(error) => error_word(error).to_owned(),
        SignInError::NoPort | SignInError::NotPrepared | SignInError::TimedOut => {
            "not_prepared".to_owned()
        }
    }
}
