//! What a day begins with: what comes again is made, drafts whose day has come are issued, and what
//! was kept of calls for three years is summed up.
//!
//! Never twice on one day by itself: what is set later on the day waits for a person or for the next
//! day, so that nobody is billed while somebody still looks over what they typed.

use crate::connecting::schedules;
use crate::fault::Fault;
use crate::office::Office;
use crate::{recurring, scheduling};

/// The day on which this desk last began, by its calendar.
const DAY: &str = "day_begun";

/// Begins the day where it has not begun yet; true where something was made.
///
/// # Errors
/// What the book refuses; then it is tried again, and what was made until then stays.
pub(crate) async fn begin(office: &Office) -> Result<bool, Fault> {
    let today = office.today().to_string();
    if office.store.read().await?.setting(DAY).await?.as_ref() == Some(&today) {
        return Ok(false);
    }
    let issued = scheduling::issue_due(office).await?;
    let made = recurring::make_due(office, None).await?;
    schedules::prune(office).await?;
    let mut tx = office.store.begin().await?;
    tx.set_setting(DAY, &today).await?;
    tx.commit().await?;
    Ok(issued > 0 || made.issued + made.drafts + made.kept_back > 0)
}
