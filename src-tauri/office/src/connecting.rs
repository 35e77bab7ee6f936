//! Connecting accounting systems: signing in, choosing the company, looking after the connection.
//!
//! Never opens a browser, never lets a token out, and never records a connection whose tokens are
//! not kept yet.

mod applications;
mod asking;
mod attachments;
mod booking;
mod folders;
mod outside;
mod renewal;
pub(crate) mod runs;
pub(crate) mod schedules;
pub(crate) mod sign_ins;
pub(crate) mod tokens;

pub use attachments::{connection_attachments, save_connection_attachments};
pub use booking::choose_booking;
pub use folders::connect_folder;
pub use outside::Outside;
pub use schedules::{connection_schedule, save_connection_schedule};

use applications::Remembered;
pub(crate) use asking::Question;
use asking::note_sign_in;
pub(crate) use outside::provider;

use crate::actor::Actor;
use crate::export::files;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::connections::{
    ChooseCompany, CompanyView, ConnectionRequest, ConnectionView, ConnectionsView, FinishSignIn,
    SignInRequest, SignInStarted, SignInView, StartSignIn, SystemView,
};
use crate::{mapping, show, typed};
use finance::fact::FactBody;
use finance::ids::ConnectionId;
use providers::oauth::SIGN_IN_LIMIT;
use providers::registry::Provider;
use renewal::Renewal;
use sign_ins::{Chosen, Stage, Wish};
use store::ConnectionRow;
use store::View;
use store::exports::{ConnectionRun, Schedule};
use uuid::Uuid;

/// The systems there are, and the connections to them, closed ones too.
pub async fn connections(office: &Office, _: &Actor, _: Nothing) -> Result<ConnectionsView, Fault> {
    let mut view = office.store.read().await?;
    all(office, &mut view).await
}

async fn all(office: &Office, view: &mut View) -> Result<ConnectionsView, Fault> {
    let mut systems = Vec::new();
    for provider in Provider::ALL {
        systems.push(system(office, view, *provider).await?);
    }
    systems.push(SystemView {
        key: files::PROVIDER.to_owned(),
        name: system_name(office, files::PROVIDER),
        needs: needs(files::PROVIDER).to_owned(),
        configured: true,
        needs_secret: false,
        client_id: String::new(),
        redirect: String::new(),
    });
    let mut connections = Vec::new();
    for row in view.connections().await? {
        connections.push(connection(office, view, &row).await?);
    }
    Ok(ConnectionsView { systems, connections })
}

async fn system(office: &Office, view: &mut View, provider: Provider) -> Result<SystemView, Fault> {
    let registration = provider.registration();
    let own = Remembered::of(view, provider).await?;
    let port = registration.ports.first().filter(|_| registration.needs_secret());
    let usual = port.map(|port| format!("http://localhost:{port}{}", registration.path));
    let redirect = if own.redirect.is_empty() { usual.unwrap_or_default() } else { own.redirect };
    Ok(SystemView {
        key: provider.key().to_owned(),
        name: system_name(office, provider.key()),
        needs: needs(provider.key()).to_owned(),
        configured: applications::is_known(office, view, provider).await?,
        needs_secret: registration.needs_secret(),
        client_id: own.client_id,
        redirect,
    })
}

/// What connecting a system takes.
fn needs(key: &str) -> &'static str {
    if key == files::PROVIDER { "folder" } else { "sign_in" }
}

/// A system's own name; its key where this program no longer knows it.
pub(crate) fn system_name(office: &Office, key: &str) -> String {
    if key == files::PROVIDER {
        let name = if office.school.language == "nb" { "CSV-filer" } else { "CSV files" };
        return name.to_owned();
    }
    let known = Provider::from_key(key).map(|provider| provider.capabilities().name);
    known.unwrap_or(key).to_owned()
}

/// How a connection stands, as screens show it.
///
/// # Errors
/// What the database reports.
pub(crate) async fn connection(
    office: &Office,
    view: &mut View,
    row: &ConnectionRow,
) -> Result<ConnectionView, Fault> {
    let run = view.connection_run(row.id).await?;
    let by_hand = view.connection_schedule(row.id).await? == Schedule::ByHand;
    let counts = view.export_counts(Some(row.id)).await?;
    let is_mapped = !row.closed && row.provider != files::PROVIDER;
    let unmapped = if !is_mapped { 0 } else { mapping::unmapped(office, view, row.id).await? };
    let now_ms = office.clock.now().timestamp_millis();
    let limits = Provider::from_key(&row.provider).map(|it| it.capabilities().limits);
    let per_day = limits.map(|it| it.per_day).filter(|per_day| *per_day != u32::MAX).unwrap_or(0);
    Ok(ConnectionView {
        id: row.id.to_string(),
        system: row.provider.clone(),
        system_name: system_name(office, &row.provider),
        needs: needs(&row.provider).to_owned(),
        company: row.remote_company_name.clone(),
        state: state(row, &run).to_owned(),
        last_success: run.last_success_ms.map(show::moment),
        next_run: run.next_run_ms.filter(|_| !row.closed).map(show::moment),
        by_hand,
        waiting: counts.waiting,
        sending: counts.sending,
        checking: counts.checking,
        sent: counts.sent,
        attention: counts.attention,
        unmapped,
        calls_left: run.calls_left.filter(|_| per_day > 0),
        calls_per_day: per_day,
        resting_until: run.resting_until_ms.filter(|until| *until > now_ms).map(show::moment),
        reference_data_at: run.reference_data_at_ms.map(show::moment),
        booking: row.booking.word().to_owned(),
        bookings: booking::open(row, &run),
    })
}

/// How a connection stands, in the word that screens know.
fn state(row: &ConnectionRow, run: &ConnectionRun) -> &'static str {
    match (row.closed, run.state.as_str(), run.started_at_ms) {
        (true, ..) => "closed",
        (_, "sign_in_needed", _) => "sign_in_needed",
        (.., None) => "to_map",
        (.., Some(_)) => "ready",
    }
}

/// A connection that is there.
///
/// # Errors
/// [`Code::Invalid`] at `field` for no id, [`Code::NotFound`].
pub(crate) async fn find(view: &mut View, field: &str, id: &str) -> Result<ConnectionRow, Fault> {
    let id: ConnectionId = typed::id(field, id)?;
    view.find_connection(id)
        .await?
        .ok_or_else(|| Fault::new(Code::NotFound, "There is no such connection."))
}

/// A connection that is in use.
///
/// # Errors
/// As [`find`], and [`Code::WrongState`] for a closed one.
pub(crate) async fn find_open(
    view: &mut View,
    field: &str,
    id: &str,
) -> Result<ConnectionRow, Fault> {
    let row = find(view, field, id).await?;
    if row.closed {
        let fault = Fault::new(Code::WrongState, "This connection is closed.");
        return Err(fault.rule("connection_closed"));
    }
    Ok(row)
}

/// Begins a sign-in: the port, where there is one, is open; the address is for the system's browser.
pub async fn start_sign_in(
    office: &Office,
    _: &Actor,
    request: StartSignIn,
) -> Result<SignInStarted, Fault> {
    let provider = provider(&request.system)?;
    let renewal = match request.connection_id.as_deref().filter(|id| !id.is_empty()) {
        Some(id) => {
            let row = find_open(&mut office.store.read().await?, "connection_id", id).await?;
            Some(Renewal::of(office, row))
        }
        None => None,
    };
    let application = applications::wanted(office, provider, &request, renewal.as_ref()).await?;
    let begun = sign_ins::begin(office, Wish { provider, application, renewal }).await?;
    Ok(SignInStarted {
        sign_in_id: begun.id.to_string(),
        address: begun.address,
        lasts_s: u32::try_from(SIGN_IN_LIMIT.as_secs()).unwrap_or(u32::MAX),
        by_hand: begun.is_by_hand,
    })
}

/// Takes the address that the browser landed on, where no port of this computer could.
pub async fn finish_sign_in(
    office: &Office,
    _: &Actor,
    request: FinishSignIn,
) -> Result<SignInView, Fault> {
    let id: Uuid = typed::id("sign_in_id", &request.sign_in_id)?;
    office.outside.sign_ins.landed(id, &request.address)?;
    Ok(sign_in(office.outside.sign_ins.stage(id)?))
}

/// How a sign-in stands.
pub async fn sign_in_status(
    office: &Office,
    _: &Actor,
    request: SignInRequest,
) -> Result<SignInView, Fault> {
    let id: Uuid = typed::id("sign_in_id", &request.sign_in_id)?;
    Ok(sign_in(office.outside.sign_ins.stage(id)?))
}

fn sign_in(stage: Stage) -> SignInView {
    let mut view = SignInView {
        state: "waiting".to_owned(),
        companies: Vec::new(),
        problem: None,
        connection_id: None,
    };
    let state = match stage {
        Stage::Waiting => "waiting",
        Stage::Choosing(_, companies) => {
            let companies = companies.into_iter();
            view.companies = companies.map(|it| CompanyView { id: it.id, name: it.name }).collect();
            "choose_company"
        }
        Stage::Connected(id) => {
            view.connection_id = Some(id.to_string());
            "connected"
        }
        Stage::Refused(code) => {
            view.problem = Some(code);
            "refused"
        }
        Stage::Expired => "expired",
    };
    state.clone_into(&mut view.state);
    view
}

/// Connects the company that a sign-in reached. Chosen twice, the second changes nothing; a
/// company that is connected already is signed in to again.
pub async fn choose_company(
    office: &Office,
    actor: &Actor,
    request: ChooseCompany,
) -> Result<SignInView, Fault> {
    let id: Uuid = typed::id("sign_in_id", &request.sign_in_id)?;
    let export_from = typed::optional_date("export_from", request.export_from.as_deref())?;
    let sign_ins = &office.outside.sign_ins;
    let _turn = sign_ins.turn.lock().await;
    let Some(chosen) = sign_ins.chosen(id, &request.company_id)? else {
        return Ok(sign_in(sign_ins.stage(id)?));
    };
    let known = office.store.read().await?.connections().await?.into_iter().find(|row| {
        !row.closed
            && row.provider == chosen.provider.key()
            && row.remote_company_id == chosen.company.id
    });
    let connection = match known {
        Some(row) => {
            let renewal = Renewal::of(office, row);
            renewal.carry_out(&chosen.signed, office.clock.now()).await?;
            renewal.connection.id
        }
        None => open(office, actor, &chosen, export_from).await?,
    };
    sign_ins.settle(id, Stage::Connected(connection));
    Ok(sign_in(Stage::Connected(connection)))
}

/// Keeps the tokens first: a connection without tokens would stand there broken, tokens without a
/// connection are forgotten again.
async fn open(
    office: &Office,
    actor: &Actor,
    chosen: &Chosen,
    export_from: Option<chrono::NaiveDate>,
) -> Result<ConnectionId, Fault> {
    let id = ConnectionId(office.ids.new_id());
    tokens::keep(office.secrets.as_ref(), id, &chosen.signed)?;
    let opened = FactBody::ConnectionOpened {
        connection_id: id,
        provider: chosen.provider.key().to_owned(),
        remote_company_id: chosen.company.id.clone(),
        remote_company_name: chosen.company.name.clone(),
        export_from,
    };
    let recorded = record_opened(office, actor, chosen, (id, opened)).await;
    if let Err(fault) = recorded {
        tokens::forget(office.secrets.as_ref(), id)?;
        return Err(fault);
    }
    Ok(id)
}

async fn record_opened(
    office: &Office,
    actor: &Actor,
    chosen: &Chosen,
    (id, opened): (ConnectionId, FactBody),
) -> Result<(), Fault> {
    let mut tx = office.store.begin().await?;
    let mut facts = vec![opened];
    facts.extend(booking::as_before(&mut tx, chosen, id).await?);
    office.record(&mut tx, actor, facts).await?;
    let (provider, application) = (chosen.provider, &chosen.signed.application);
    applications::remember(&mut tx, office, provider, application).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a sign-in and closes its port.
pub async fn cancel_sign_in(
    office: &Office,
    _: &Actor,
    request: SignInRequest,
) -> Result<Nothing, Fault> {
    office.outside.sign_ins.cancel(typed::id("sign_in_id", &request.sign_in_id)?);
    Ok(Nothing {})
}

/// Asks the system for something small: whether the connection works now.
pub async fn check_connection(
    office: &Office,
    _: &Actor,
    request: ConnectionRequest,
) -> Result<ConnectionView, Fault> {
    let row = find_open(&mut office.store.read().await?, "id", &request.id).await?;
    if row.provider == files::PROVIDER {
        folders::check(&row)?;
    } else {
        let question = Question::to(office, &row).await?;
        let answer = question.adapter.check_connection(&question.session).await;
        match question.heard(office, answer).await {
            Ok(_) => note_sign_in(office, row.id, false).await?,
            // That is what was to be found out.
            Err(fault) if fault.code == Code::SignInNeeded => {}
            Err(fault) => return Err(fault),
        }
    }
    connection(office, &mut office.store.read().await?, &row).await
}

/// Closes a connection and forgets its tokens; what was sent stays on record.
pub async fn disconnect(
    office: &Office,
    actor: &Actor,
    request: ConnectionRequest,
) -> Result<ConnectionsView, Fault> {
    let mut tx = office.store.begin().await?;
    let row = find(&mut tx, "id", &request.id).await?;
    if row.closed {
        drop(tx);
    } else {
        let closed = FactBody::ConnectionClosed { connection_id: row.id };
        office.record(&mut tx, actor, [closed]).await?;
        tx.commit().await?;
    }
    tokens::forget(office.secrets.as_ref(), row.id)?;
    office.outside.forget_turn(row.id);
    all(office, &mut office.store.read().await?).await
}

#[cfg(test)]
mod tests;
