//! What this desk says on the desktop when something at an accounting system needs a person.
//!
//! Never says what it is about: a notification may stand on a locked screen, so it holds the name of
//! the system and a count, and no student, number or amount. Never shows anything itself.

mod rule;

use crate::actor::Actor;
use crate::connecting::system_name;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::desk::NoticeSettings;
use finance::ids::ConnectionId;
use rule::{Heard, Told};
use store::exports::OpenNeed;

/// The setting of this desk that keeps it quiet, with the value `off`.
const SETTING: &str = "notices";
/// The setting that keeps what was told when, so that a new start tells nothing twice.
const TOLD: &str = "notices_told";

/// One notification, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Who speaks.
    pub title: String,
    /// What it says, in the language of the school.
    pub body: String,
    /// The screen where it is mended.
    pub path: &'static str,
}

/// Whether this desk tells.
pub async fn notice_settings(
    office: &Office,
    _: &Actor,
    _: Nothing,
) -> Result<NoticeSettings, Fault> {
    Ok(NoticeSettings { on: is_on(office).await? })
}

/// Sets whether this desk tells.
pub async fn save_notice_settings(
    office: &Office,
    _: &Actor,
    request: NoticeSettings,
) -> Result<NoticeSettings, Fault> {
    let mut tx = office.store.begin().await?;
    tx.set_setting(SETTING, if request.on { "on" } else { "off" }).await?;
    tx.commit().await?;
    Ok(request)
}

async fn is_on(office: &Office) -> Result<bool, Fault> {
    Ok(office.store.read().await?.setting(SETTING).await?.as_deref() != Some("off"))
}

/// What is to be told now, one notification for each connection at most. What is seen in the window
/// (`watched`) or kept quiet by the setting counts as told.
///
/// # Errors
/// What the database reports; then nothing counts as told.
pub(crate) async fn due(office: &Office, watched: bool) -> Result<Vec<Notice>, Fault> {
    let mut view = office.store.read().await?;
    let needs = view.open_needs().await?;
    let kept = view.setting(TOLD).await?.unwrap_or_default();
    drop(view);
    // What another version of the program kept and this one cannot read was told to nobody.
    let before: Told = serde_json::from_str(&kept).unwrap_or_default();
    if needs.is_empty() && before.is_empty() {
        return Ok(Vec::new());
    }
    let running = |connection: ConnectionId| office.engine.running(connection).is_some();
    let now_ms = office.clock.now().timestamp_millis();
    let Heard { news, told } = rule::hear(&needs, &before, running, now_ms);
    if told != before {
        let text = serde_json::to_string(&told)
            .map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        let mut tx = office.store.begin().await?;
        tx.set_setting(TOLD, &text).await?;
        tx.commit().await?;
    }
    if watched || !is_on(office).await? {
        return Ok(Vec::new());
    }
    Ok(news.iter().map(|of_one| notice(office, of_one)).collect())
}

fn notice(office: &Office, news: &[OpenNeed]) -> Notice {
    let system = news.first().map_or("", |need| need.provider.as_str());
    let norwegian = office.school.language == "nb";
    Notice {
        title: "Kontor".to_owned(),
        body: format!("{}: {}", system_name(office, system), rule::words(news, norwegian)),
        path: rule::path(news),
    }
}
