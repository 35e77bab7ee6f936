//! What was open and overdue at the end of each part of a period.

use super::{EVERY, axis, currencies, parts, period};
use crate::actor::Actor;
use crate::fault::Fault;
use crate::office::Office;
use crate::typed;
use crate::wire::reports::{DebtPart, DebtPoint, DebtRequest, DebtView};
use finance::period::Period;
use finance::scale::Scale;
use finance::{Currency, Money};
use store::DebtChange;

/// Debt over time. Nobody knows what will be paid: days after today are left out.
pub async fn debt_over_time(
    office: &Office,
    _: &Actor,
    request: DebtRequest,
) -> Result<DebtView, Fault> {
    let asked = period(&request.from, &request.to)?;
    let every = typed::one_of("every", &request.every, &EVERY[1..])?;
    let known = Period { to: asked.to.min(office.today()), ..asked };
    let days: Vec<Period> = if known.from <= known.to { parts(known, every)? } else { vec![] };
    let mut view = office.store.read().await?;
    let changes = view.debt_changes(known.to).await?;
    let mut moved = Vec::with_capacity(days.len());
    for part in &days {
        moved.push(view.overdue_moved(part.to).await?);
    }
    let shown = currencies(office, changes.iter().map(|change| change.open.currency()));
    Ok(DebtView {
        from: asked.from.to_string(),
        to: known.to.to_string(),
        every: request.every,
        parts: shown.into_iter().map(|of| part(of, (&days, &moved), &changes)).collect(),
    })
}

/// `moved` is what payment plans make of what is overdue on each day.
fn part(
    currency: Currency,
    (days, moved): (&[Period], &[Money]),
    changes: &[DebtChange],
) -> DebtPart {
    let mut left = changes.iter().filter(|change| change.open.currency() == currency).peekable();
    let (mut open, mut overdue) = (0, 0);
    let mut sums = Vec::with_capacity(days.len());
    for (part, moved) in days.iter().zip(moved) {
        while let Some(change) = left.next_if(|change| change.day <= part.to) {
            open += change.open.minor();
            overdue += change.overdue.minor();
        }
        let moved = if moved.currency() == currency { moved.minor() } else { 0 };
        sums.push((part.to, open, overdue + moved));
    }
    let scale = Scale::over(sums.iter().map(|(_, open, _)| *open));
    let money = |minor| Money::from_minor(minor, currency).into();
    let points = sums.into_iter().map(|(day, open, overdue)| DebtPoint {
        day: day.to_string(),
        open: money(open),
        overdue: money(overdue),
        open_at: scale.at(open),
        overdue_at: scale.at(overdue),
    });
    DebtPart {
        currency: currency.to_string(),
        points: points.collect(),
        axis: axis(scale, currency),
    }
}
