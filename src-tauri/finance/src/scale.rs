//! Where amounts stand on an axis, in thousandths, so that a picture needs no arithmetic on money.
//!
//! Never a figure of the book: what is drawn is also written as an amount.

/// The whole length of an axis.
pub const WHOLE: i64 = 1_000;

/// The most steps of an axis.
const MOST_STEPS: i128 = 5;

/// An axis from a round amount to a round amount in round steps, in minor units; nothing lies on
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    low: i128,
    high: i128,
    step: i128,
}

impl Scale {
    /// The axis on which nothing and all of these amounts find room.
    pub fn over(amounts: impl IntoIterator<Item = i64>) -> Self {
        let (mut lowest, mut highest) = (0_i128, 0_i128);
        for amount in amounts {
            lowest = lowest.min(amount.into());
            highest = highest.max(amount.into());
        }
        let step = round_step((highest - lowest).max(1));
        Self {
            low: lowest.div_euclid(step) * step,
            high: ((highest + step - 1).div_euclid(step) * step).max(step),
            step,
        }
    }

    /// The amounts that are written beside the axis, from the lowest.
    pub fn ticks(self) -> Vec<i64> {
        let mut ticks = Vec::new();
        let mut at = self.low;
        while at <= self.high {
            ticks.extend(i64::try_from(at));
            at += self.step;
        }
        ticks
    }

    /// Where an amount stands: 0 at the low end, [`WHOLE`] at the high end.
    pub fn at(self, amount: i64) -> i32 {
        let length = self.high - self.low;
        let at = (i128::from(amount) - self.low) * i128::from(WHOLE);
        let rounded = (at + length / 2).div_euclid(length);
        i32::try_from(rounded.clamp(0, WHOLE.into())).unwrap_or(0)
    }
}

/// The smallest 1, 2 or 5 times a power of ten that takes at most [`MOST_STEPS`] steps to get over
/// `length`, but for what the ends are rounded by.
fn round_step(length: i128) -> i128 {
    let mut power = 1_i128;
    loop {
        for times in [1, 2, 5] {
            if power * times * MOST_STEPS >= length {
                return power * times;
            }
        }
        power *= 10;
    }
}

/// A part of a whole in thousandths, rounded half away from nothing; nothing of nothing is 0.
pub fn share(part: i64, whole: i64) -> i32 {
    if whole == 0 {
        return 0;
    }
    let (part, whole) = (i128::from(part) * i128::from(WHOLE), i128::from(whole));
    let (times, rest) = (part / whole, part % whole);
    let away = if (part < 0) == (whole < 0) { 1 } else { -1 };
    let rounded = if rest.abs() * 2 >= whole.abs() { times + away } else { times };
    i32::try_from(rounded).unwrap_or(if rounded < 0 { i32::MIN } else { i32::MAX })
}
