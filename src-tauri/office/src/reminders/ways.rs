//! The ways a reminder may go to who is asked.
//!
//! Never sends by a way that the schedule does not allow at a level, or that cannot reach them; a
//! letter always can.

use super::{CHANNELS, Due, Wanted};
use crate::fault::{Code, Fault};
use crate::mailing;
use crate::office::Office;
use crate::show::name_of;
use crate::typed;
use finance::reminder::{Channel, Level, Message, Schedule};
use providers::sms;
use store::{DebtRow, View};

/// Which ways have been set up.
#[derive(Clone, Copy)]
pub(super) struct Ready {
    pub email: bool,
    pub sms: bool,
}

impl Ready {
    pub async fn read(view: &mut View) -> Result<Self, Fault> {
        let email = mailing::account(view).await?.is_some();
        Ok(Self { email, sms: mailing::gateway(view).await?.is_some() })
    }
}

/// The ways a message may go: what the payer wishes first, then as the schedule says, then by letter.
pub(super) fn open_to(office: &Office, due: &Due, message: &Message, ready: Ready) -> Vec<Channel> {
    let row = first(due, message);
    let reaches = |channel: &Channel| match channel {
        Channel::Letter => false,
        Channel::Email => ready.email && row.is_some_and(|row| !row.email.trim().is_empty()),
        Channel::Sms => ready.sms && row.is_some_and(|row| has_phone(office, row)),
    };
    let allowed = allowed(&due.schedule, message.level);
    let mut ways: Vec<Channel> = allowed.iter().copied().filter(reaches).collect();
    ways.push(Channel::Letter);
    // What the payer wishes comes first, where that way is open.
    let wished = row.and_then(|row| row.reach_by);
    ways.sort_by_key(|way| Some(*way) != wished);
    ways
}

fn allowed(schedule: &Schedule, level: Level) -> &[Channel] {
    schedule.step(level).map_or(&[], |step| &step.ways)
}

fn first<'a>(due: &'a Due, message: &Message) -> Option<&'a DebtRow> {
    message.debts.first().and_then(|debt| due.rows.get(&debt.key()))
}

fn has_phone(office: &Office, row: &DebtRow) -> bool {
    sms::international(&row.phone, &office.school.country).is_some()
}

/// Refuses a way that a message cannot go.
///
/// # Errors
/// [`Code::Invalid`] with the reason.
pub(super) fn demand(
    office: &Office,
    due: &Due,
    (wanted, message): (&Wanted, &Message),
    ready: Ready,
) -> Result<(), Fault> {
    let channel = wanted.channel;
    if open_to(office, due, message, ready).contains(&channel) {
        return Ok(());
    }
    let fault = |text: String, rule: &str| {
        Err(Fault::new(Code::Invalid, text).at("messages.channel").rule(rule))
    };
    match channel {
        Channel::Email if !ready.email => fault("E-mail has not been set up.".into(), "no_mail"),
        Channel::Sms if !ready.sms => fault("SMS has not been set up.".into(), "no_sms"),
        _ if !allowed(&due.schedule, message.level).contains(&channel) => {
            fault("The schedule does not send this level that way.".into(), "way_not_allowed")
        }
        _ => {
            let row = first(due, message);
            let name = row.map(|row| if row.payer.is_empty() { &row.student } else { &row.payer });
            let name = name.cloned().unwrap_or_default();
            let (lacks, rule) = match channel {
                Channel::Sms => ("no telephone number that can be reached", "no_phone"),
                _ => ("no e-mail address", "no_address"),
            };
            let refused = fault(format!("{name} has {lacks}."), rule);
            refused.map_err(|fault| fault.with("student", name))
        }
    }
}

/// Ways as they are told.
pub(super) fn names(ways: &[Channel]) -> Vec<String> {
    ways.iter().map(|way| name_of(way, CHANNELS)).collect()
}

/// Ways as they are set, each once.
///
/// # Errors
/// [`Code::Invalid`] for one that is none.
pub(super) fn read(ways: &[String]) -> Result<Vec<Channel>, Fault> {
    let mut read = Vec::new();
    for way in ways {
        let way = typed::one_of("steps.ways", way, CHANNELS)?;
        if !read.contains(&way) {
            read.push(way);
        }
    }
    Ok(read)
}
