//! What was taken by each method: over time, or at the end of a day at each desk.

use super::{EVERY, axis, currencies, parts, period, place};
use crate::actor::Actor;
use crate::fault::Fault;
use crate::office::Office;
use crate::wire::reports::{
    TakingsMethod, TakingsPart, TakingsPeriod, TakingsRequest, TakingsRow, TakingsSums, TakingsView,
};
use crate::{invoices, typed};
use finance::payment::PaymentMethod;
use finance::period::Period;
use finance::scale::Scale;
use finance::{Currency, Money};
use std::collections::BTreeMap;
use store::TakingSum;

/// What a row comes to, in minor units.
#[derive(Clone, Copy, Default)]
struct Sums {
    count: i64,
    received: i64,
    reversed: i64,
    refunded: i64,
}

impl Sums {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.received += other.received;
        self.reversed += other.reversed;
        self.refunded += other.refunded;
    }

    fn told(self, currency: Currency) -> TakingsSums {
        let money = |minor| Money::from_minor(minor, currency).into();
        TakingsSums {
            count: u32::try_from(self.count).unwrap_or(0),
            received: money(self.received),
            reversed: money(self.reversed),
            refunded: money(self.refunded),
            taken: money(self.received - self.reversed - self.refunded),
        }
    }
}

/// Place of the method in the school's table, its code, and the desk where desks are kept apart.
type Key = (usize, String, Option<String>);
type Rows = BTreeMap<Key, Sums>;

/// What was taken in a period.
pub async fn takings(
    office: &Office,
    _: &Actor,
    request: TakingsRequest,
) -> Result<TakingsView, Fault> {
    let asked = period(&request.from, &request.to)?;
    let parts = parts(asked, typed::one_of("every", &request.every, EVERY)?)?;
    let mut view = office.store.read().await?;
    let sums = view.taking_sums(asked).await?;
    let methods = view.payment_methods().await?;
    let shown = currencies(office, sums.iter().map(|sum| sum.received.currency()));
    let asking = Asking { parts, methods, by_desk: request.by_desk };
    Ok(TakingsView {
        from: asked.from.to_string(),
        to: asked.to.to_string(),
        every: request.every,
        by_desk: request.by_desk,
        parts: shown.into_iter().map(|currency| asking.part(currency, &sums)).collect(),
    })
}

struct Asking {
    parts: Vec<Period>,
    methods: Vec<PaymentMethod>,
    by_desk: bool,
}

impl Asking {
    fn key(&self, sum: &TakingSum) -> Key {
        let place = self.methods.iter().position(|known| known.code == sum.method);
        let desk = self.by_desk.then(|| sum.desk.clone());
        (place.unwrap_or(self.methods.len()), sum.method.clone(), desk)
    }

    fn part(&self, currency: Currency, sums: &[TakingSum]) -> TakingsPart {
        let mut periods = vec![Rows::new(); self.parts.len()];
        let mut methods = Rows::new();
        let mut whole = Sums::default();
        for sum in sums.iter().filter(|sum| sum.received.currency() == currency) {
            let Some(at) = place(&self.parts, sum.day) else { continue };
            let added = Sums {
                count: sum.count,
                received: sum.received.minor(),
                reversed: sum.reversed.minor(),
                refunded: sum.refunded.minor(),
            };
            let key = self.key(sum);
            methods.entry((key.0, key.1.clone(), None)).or_default().add(added);
            periods[at].entry(key).or_default().add(added);
            whole.add(added);
        }
        let received = |rows: &Rows| rows.values().map(|sums| sums.received).sum::<i64>();
        let scale = Scale::over(periods.iter().map(received));
        let told = self.parts.iter().zip(&periods);
        TakingsPart {
            currency: currency.to_string(),
            methods: methods
                .iter()
                .map(|((_, method, _), sums)| TakingsMethod {
                    method: method.clone(),
                    name: invoices::method_name(method, &self.methods),
                    sums: sums.told(currency),
                })
                .collect(),
            periods: told.map(|(part, rows)| self.period(*part, rows, (scale, currency))).collect(),
            sums: whole.told(currency),
            axis: axis(scale, currency),
        }
    }

    fn period(
        &self,
        part: Period,
        rows: &Rows,
        (scale, currency): (Scale, Currency),
    ) -> TakingsPeriod {
        let (mut below, mut whole) = (0, Sums::default());
        let mut told = Vec::with_capacity(rows.len());
        for ((_, method, desk), sums) in rows {
            told.push(TakingsRow {
                method: method.clone(),
                name: invoices::method_name(method, &self.methods),
                desk: desk.clone(),
                sums: sums.told(currency),
                from_at: scale.at(below),
                to_at: scale.at(below + sums.received),
            });
            below += sums.received;
            whole.add(*sums);
        }
        TakingsPeriod {
            from: part.from.to_string(),
            to: part.to.to_string(),
            rows: told,
            sums: whole.told(currency),
        }
    }
}
