//! What is left of the packages of a student, and what of it an event takes.
//!
//! Never stores what is left: it follows from the draws that were not returned. Never charges what
//! a package has paid, and never takes a package for a fee of the school's rules: half a lesson or a
//! fee for a late cancellation is money, not a lesson.

mod extension;
mod movement;
mod worth;

pub use extension::{Extension, ExtensionRejection};
pub use movement::{Moved, Movement};

use crate::catalogue::ServiceKind;
use crate::charge::{BookingEvent, Charge, ChargeEffect, EventKind, RecordedEvent};
use crate::ids::{DrawId, EventId, ServiceId};
use crate::line::LineRejection;
use crate::money::{Money, MoneyError};
use crate::package::{Closing, Draw, Entitlement, HeldLessons, Holds, SoldShare, Taken};
use crate::pricing;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What packages have to do with an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Packages pay for all of it.
    pub whole: bool,
    /// What it took.
    pub draws: Vec<Draw>,
    /// What earlier draws for the same booking it gave back.
    pub returns: Vec<DrawId>,
}

impl Coverage {
    /// Whether packages have nothing to do with it.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// A draw with what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// What was taken.
    pub draw: Draw,
    /// The day.
    pub on: NaiveDate,
    /// The booking it is for, or empty.
    pub booking: String,
    /// The event that took it; nothing: a person did.
    pub event: Option<EventId>,
    /// A note, or empty.
    pub note: String,
    /// The day on which it was given back, and why; nothing: it counts.
    pub returned: Option<(NaiveDate, String)>,
}

/// An entitlement with everything that happened to it, oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// As it was sold.
    pub entitlement: Entitlement,
    /// What was taken.
    pub draws: Vec<Drawn>,
    /// Its end before its day.
    pub closed: Option<Closing>,
    /// Its later last days.
    pub extensions: Vec<Extension>,
    /// What credit notes took back of its line, on the invoice of each payer; at most what each
    /// bears.
    pub credited: Vec<SoldShare>,
}

/// How an entitlement stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HoldingState {
    /// Something can be drawn.
    Active,
    /// Nothing is left.
    UsedUp,
    /// Its last day is over.
    Expired,
    /// The rest was paid back, or its invoice was taken back, whatever the day of that.
    Closed,
}

/// Why nothing can be drawn so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawRejection {
    /// Nothing, less, or too many decimals.
    #[error("what is drawn must be above 0, with at most two decimals")]
    NotPositive,
    /// It holds no such service.
    #[error("the package does not hold this service")]
    NotHeld,
    /// It bears another VAT code than the package.
    #[error("this service bears another VAT code than the package")]
    OtherVat,
    /// More than is left.
    #[error("only {left} is left")]
    MoreThanLeft { left: String },
    /// After its last day.
    #[error("the package was valid until {until}")]
    Expired { until: NaiveDate },
    /// It was closed.
    #[error("the package is closed")]
    Closed,
}

impl Holding {
    /// As it was sold: nothing happened to it yet.
    pub fn sold(entitlement: Entitlement) -> Self {
        let (draws, extensions, credited) = (Vec::new(), Vec::new(), Vec::new());
        Self { entitlement, draws, closed: None, extensions, credited }
    }

    /// What counts: draws that were not given back.
    pub fn live(&self) -> impl Iterator<Item = &Drawn> {
        self.draws.iter().filter(|drawn| drawn.returned.is_none())
    }

    /// How many of a service were taken.
    fn used(&self, service: ServiceId) -> Decimal {
        let of_it = self.live().filter(|drawn| drawn.draw.service_id == service);
        of_it
            .map(|drawn| match drawn.draw.taken {
                Taken::Lessons { quantity } => quantity,
                Taken::Amount { .. } => Decimal::ZERO,
            })
            .sum()
    }

    /// The amount that was taken.
    fn used_amount(&self) -> Result<Money, MoneyError> {
        let amounts = self.live().filter_map(|drawn| match drawn.draw.taken {
            Taken::Lessons { .. } => None,
            Taken::Amount { amount } => Some(amount),
        });
        Money::sum(self.entitlement.gross.currency(), amounts)
    }

    /// How many are left of held lessons. Below 0 where two desks drew the last one.
    pub fn left_of(&self, held: &HeldLessons) -> Decimal {
        (held.quantity - self.used(held.service_id)).normalize()
    }

    /// What is left of an amount; nothing where it holds lessons.
    ///
    /// # Errors
    /// [`MoneyError`] where a sum does not fit.
    pub fn left_amount(&self) -> Result<Option<Money>, MoneyError> {
        match &self.entitlement.holds {
            Holds::Lessons { .. } => Ok(None),
            Holds::Amount { amount } => amount.minus(self.used_amount()?).map(Some),
        }
    }

    /// Lessons held and left, whichever service.
    pub fn lessons(&self) -> (Decimal, Decimal) {
        match &self.entitlement.holds {
            Holds::Lessons { items } => (
                items.iter().map(|held| held.quantity).sum(),
                items.iter().map(|held| self.left_of(held)).sum(),
            ),
            Holds::Amount { .. } => (Decimal::ZERO, Decimal::ZERO),
        }
    }

    /// Whether something is left of it, whatever its days.
    pub fn has_rest(&self) -> bool {
        match &self.entitlement.holds {
            Holds::Lessons { items } => items.iter().any(|held| self.left_of(held) > Decimal::ZERO),
            Holds::Amount { .. } => {
                self.left_amount().ok().flatten().is_some_and(Money::is_positive)
            }
        }
    }

    /// How it stands on a day.
    pub fn state(&self, on: NaiveDate) -> HoldingState {
        if self.closed.is_some() {
            HoldingState::Closed
        } else if !self.has_rest() {
            HoldingState::UsedUp
        } else if self.valid_until().is_some_and(|until| until < on) {
            HoldingState::Expired
        } else {
            HoldingState::Active
        }
    }

    /// Looks at a draw a person wants to make. `tax_code` is that of the service.
    ///
    /// # Errors
    /// [`DrawRejection`] for the first rule broken.
    pub fn check(&self, draw: &Draw, tax_code: &str, on: NaiveDate) -> Result<(), DrawRejection> {
        if self.closed.is_some() {
            return Err(DrawRejection::Closed);
        }
        if let Some(until) = self.valid_until().filter(|until| *until < on) {
            return Err(DrawRejection::Expired { until });
        }
        let (wanted, left) = match (&draw.taken, &self.entitlement.holds) {
            (Taken::Lessons { quantity }, Holds::Lessons { items }) => {
                let held = items.iter().find(|held| held.service_id == draw.service_id);
                (*quantity, self.left_of(held.ok_or(DrawRejection::NotHeld)?))
            }
            (Taken::Amount { amount }, Holds::Amount { .. }) => {
                if self.entitlement.tax_code != tax_code {
                    return Err(DrawRejection::OtherVat);
                }
                let left = self.left_amount().ok().flatten();
                (amount.amount(), left.map_or(Decimal::ZERO, Money::amount))
            }
            _ => return Err(DrawRejection::NotHeld),
        };
        if wanted <= Decimal::ZERO || wanted.normalize().scale() > 3 {
            return Err(DrawRejection::NotPositive);
        }
        if wanted > left {
            let left = left.max(Decimal::ZERO).normalize().to_string();
            return Err(DrawRejection::MoreThanLeft { left });
        }
        Ok(())
    }

    /// Whether an event of a day can draw on it, also one of a day before its end that is told
    /// after it.
    fn is_open(&self, on: NaiveDate) -> bool {
        self.entitlement.opened_on <= on
            && self.closed.as_ref().is_none_or(|closing| on < closing.on)
            && self.valid_until().is_none_or(|until| on <= until)
            && self.has_rest()
    }

    /// Lessons before money, then what ends first, then what was bought first.
    fn rank(&self) -> impl Ord + use<> {
        let bought = &self.entitlement;
        let is_amount = matches!(bought.holds, Holds::Amount { .. });
        let end = self.valid_until().unwrap_or(NaiveDate::MAX);
        (is_amount, end, bought.opened_on, bought.id)
    }
}

/// An event, what it would be charged with, and the rule that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The event.
    pub event: BookingEvent,
    /// What it comes to without packages.
    pub charge: Option<Charge>,
    /// The rule.
    pub effect: ChargeEffect,
}

/// What an event comes to for a student with packages, which are brought up to date. A service that
/// is charged in full is drawn out of packages that hold it; whatever is charged is taken from an
/// amount; what is left is charged. An event that costs less than its service gives back what was
/// drawn for its booking before. `id` makes the identity of its draws by their place.
///
/// # Errors
/// [`LineRejection`] where what is left to charge leaves the bounds of a line.
pub fn settle(
    holdings: &mut [Holding],
    told: Told,
    id: impl Fn(u32) -> DrawId,
) -> Result<RecordedEvent, LineRejection> {
    let Told { event, mut charge, effect } = told;
    let mut coverage = Coverage::default();
    let is_full = effect == ChargeEffect::Full;
    if give_back(holdings, &event, &mut coverage, is_full) {
        coverage.whole = true;
        return Ok(RecordedEvent { event, charge: None, coverage });
    }
    holdings.sort_by_key(Holding::rank);
    let place = |count: usize| id(u32::try_from(count).unwrap_or(u32::MAX));
    for holding in holdings.iter_mut() {
        let Some(asked) = &charge else { break };
        if event.kind == EventKind::PackageChanged || !holding.is_open(event.happened_on) {
            continue;
        }
        let taken = match &holding.entitlement.holds {
            Holds::Lessons { items } if is_full => {
                let held = items.iter().find(|held| held.service_id == event.service_id);
                let left = held.map_or(Decimal::ZERO, |held| holding.left_of(held));
                let quantity = left.min(asked.quantity);
                (quantity > Decimal::ZERO).then_some(Taken::Lessons { quantity })
            }
            Holds::Amount { .. } if pays(&holding.entitlement, asked) => {
                let left = holding.left_amount().ok().flatten();
                let amount = left.and_then(|left| left.smaller(asked.amount).ok());
                amount.filter(|amount| amount.is_positive()).map(|amount| Taken::Amount { amount })
            }
            Holds::Lessons { .. } | Holds::Amount { .. } => None,
        };
        let Some(taken) = taken else { continue };
        charge = rest(asked, taken)?;
        let draw = Draw {
            id: place(coverage.draws.len()),
            entitlement_id: holding.entitlement.id,
            service_id: event.service_id,
            taken,
        };
        coverage.draws.push(draw.clone());
        holding.draws.push(Drawn {
            draw,
            on: event.happened_on,
            booking: event.about().to_owned(),
            event: Some(event.id),
            note: String::new(),
            returned: None,
        });
    }
    coverage.whole = charge.is_none() && !coverage.draws.is_empty();
    Ok(RecordedEvent { event, charge, coverage })
}

/// What was drawn for the booking before stands for an event that costs the whole service, and is
/// given back by any other. Says whether it stands.
fn give_back(
    holdings: &mut [Holding],
    event: &BookingEvent,
    coverage: &mut Coverage,
    is_full: bool,
) -> bool {
    let mut stands = false;
    for holding in holdings {
        for drawn in &mut holding.draws {
            let is_it = drawn.booking == event.about() && drawn.returned.is_none();
            if is_it && is_full {
                stands = true;
            } else if is_it {
                coverage.returns.push(drawn.draw.id);
                drawn.returned = Some((event.happened_on, String::new()));
            }
        }
    }
    stands
}

/// Whether an amount can pay a charge: it bears the same VAT code, and it is no money laid out.
fn pays(entitlement: &Entitlement, charge: &Charge) -> bool {
    let own = !matches!(charge.service_kind, ServiceKind::Package | ServiceKind::PassThrough);
    own && entitlement.tax_code == charge.tax_code
}

/// What is left of a charge.
fn rest(charge: &Charge, taken: Taken) -> Result<Option<Charge>, LineRejection> {
    let mut rest = charge.clone();
    match taken {
        Taken::Lessons { quantity } => {
            rest.quantity = charge.quantity - quantity;
            if rest.quantity <= Decimal::ZERO {
                return Ok(None);
            }
        }
        Taken::Amount { amount } => {
            let left = charge.amount.minus(amount);
            let left = left.map_err(|_| LineRejection::TooLarge { line: 1 })?;
            if !left.is_positive() {
                return Ok(None);
            }
            rest.quantity = Decimal::ONE;
            rest.unit_price = left.amount();
            rest.discount_percent = Decimal::ZERO;
        }
    }
    let priced = (rest.quantity, rest.unit_price, rest.discount_percent);
    rest.amount = pricing::amount(priced, charge.amount.currency(), 1)?;
    Ok(Some(rest))
}
