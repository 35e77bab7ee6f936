//! What was invoiced, less what was credited, by service, department or time.

use super::{EVERY, axis, currencies, parts, period, place};
use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use crate::wire::reports::{PeriodView, RevenuePart, RevenueRequest, RevenueRow, RevenueView};
use finance::period::{Every, Period};
use finance::scale::{Scale, share};
use finance::{Currency, Money};
use std::collections::BTreeMap;
use store::{Among, SaleBy, SaleFilter, SaleSum, View};

/// What the rows are.
#[derive(Clone, Copy)]
enum By {
    Service,
    Department,
    Time(Every),
}

fn by(word: &str) -> Result<By, Fault> {
    match word {
        "service" => Ok(By::Service),
        "department" => Ok(By::Department),
        _ => {
            let times = &EVERY[1..];
            typed::one_of("by", word, times).map(By::Time).map_err(|fault| Fault {
                message: "There are no such rows of revenue.".to_owned(),
                ..fault
            })
        }
    }
}

/// Net, VAT and gross in minor units.
type Sums = [i64; 3];

/// A row before it is compared: its key, and what it comes to now and before.
#[derive(Default)]
struct Row {
    now: Sums,
    before: Sums,
}

/// What was invoiced in a period.
pub async fn revenue(
    office: &Office,
    _: &Actor,
    request: RevenueRequest,
) -> Result<RevenueView, Fault> {
    let now = period(&request.from, &request.to)?;
    let by = by(&request.by)?;
    let compare = [("none", 0), ("before", 1), ("year_before", 2)];
    let before = match typed::one_of("compare", &request.compare, &compare)? {
        0 => None,
        1 => now.before(),
        _ => now.year_before(),
    };
    let department = typed::optional_id("department_id", request.department_id.as_deref())?;
    let filter =
        SaleFilter { department: department.map_or(Among::All, Among::One), ..SaleFilter::of(now) };
    let mut view = office.store.read().await?;
    let mut asked = Asked { now, before, by, names: names(&mut view, by).await?, rows: vec![] };
    asked.add(&mut view, &filter, |row| &mut row.now).await?;
    if let Some(before) = before {
        let earlier = SaleFilter { period: before, ..filter };
        asked.add(&mut view, &earlier, |row| &mut row.before).await?;
    }
    let found = asked.rows.iter().map(|(currency, _)| *currency).collect::<Vec<_>>();
    let shown = currencies(office, found.into_iter());
    let told =
        |period: Period| PeriodView { from: period.from.to_string(), to: period.to.to_string() };
    Ok(RevenueView {
        from: now.from.to_string(),
        to: now.to.to_string(),
        by: request.by,
        before: before.map(told),
        parts: shown.into_iter().map(|of| asked.part(of)).collect::<Result<_, _>>()?,
    })
}

/// Codes and names by id.
type Names = BTreeMap<String, (String, String)>;

async fn names(view: &mut View, by: By) -> Result<Names, Fault> {
    Ok(match by {
        By::Service => {
            let services = view.list_services("", true).await?.into_iter();
            services.map(|item| (item.id.to_string(), (item.code, item.name))).collect()
        }
        By::Department => {
            let departments = view.departments().await?.into_iter();
            departments.map(|of| (of.id.to_string(), (String::new(), of.name))).collect()
        }
        By::Time(_) => Names::new(),
    })
}

/// A question while it is answered.
struct Asked {
    now: Period,
    before: Option<Period>,
    by: By,
    names: Names,
    /// Rows by key, for each currency.
    rows: Vec<(Currency, BTreeMap<String, Row>)>,
}

impl Asked {
    async fn add(
        &mut self,
        view: &mut View,
        filter: &SaleFilter,
        side: fn(&mut Row) -> &mut Sums,
    ) -> Result<(), Fault> {
        let (kind, times) = match self.by {
            By::Service => (SaleBy::Service, None),
            By::Department => (SaleBy::Department, None),
            By::Time(every) => {
                (SaleBy::Day, Some((parts(self.now, every)?, parts(filter.period, every)?)))
            }
        };
        for sum in view.sale_sums(filter, kind).await? {
            let key = match &times {
                None => sum.key.clone(),
                // Of the period compared with, the third month stands beside the third.
                Some((now, own)) => time_key(now, own, &sum)?,
            };
            let row = self.row(sum.sums.net.currency(), key);
            let added = [sum.sums.net, sum.sums.vat, sum.sums.gross];
            for (sum, part) in side(row).iter_mut().zip(added) {
                *sum += part.minor();
            }
        }
        Ok(())
    }

    fn row(&mut self, currency: Currency, key: String) -> &mut Row {
        let found = self.rows.iter().position(|(known, _)| *known == currency);
        let at = found.unwrap_or_else(|| {
            self.rows.push((currency, BTreeMap::new()));
            self.rows.len() - 1
        });
        self.rows[at].1.entry(key).or_default()
    }

    fn part(&self, currency: Currency) -> Result<RevenuePart, Fault> {
        let none = BTreeMap::new();
        let found = self.rows.iter().find(|(known, _)| *known == currency);
        let found = found.map_or(&none, |(_, rows)| rows);
        let money = |minor| Money::from_minor(minor, currency);
        let mut whole = Row::default();
        for row in found.values() {
            for at in 0..3 {
                whole.now[at] += row.now[at];
                whole.before[at] += row.before[at];
            }
        }
        let ordered = self.ordered(found)?;
        let drawn = ordered.iter().flat_map(|(_, _, row)| [row.now[0], row.before[0]]);
        let scale = Scale::over(drawn);
        let compared = self.before.is_some();
        let rows = ordered.iter().map(|(key, of, row)| {
            let (code, name) = self.names.get(key).cloned().unwrap_or_default();
            RevenueRow {
                key: key.clone(),
                code,
                name,
                from: of.from.to_string(),
                to: of.to.to_string(),
                net: money(row.now[0]).into(),
                vat: money(row.now[1]).into(),
                gross: money(row.now[2]).into(),
                share: share(row.now[0], whole.now[0]),
                net_before: compared.then(|| money(row.before[0]).into()),
                change: compared.then(|| money(row.now[0] - row.before[0]).into()),
                growth: growth(compared, row),
                at: scale.at(row.now[0]),
                at_before: compared.then(|| scale.at(row.before[0])),
            }
        });
        Ok(RevenuePart {
            currency: currency.to_string(),
            rows: rows.collect(),
            net: money(whole.now[0]).into(),
            vat: money(whole.now[1]).into(),
            gross: money(whole.now[2]).into(),
            net_before: compared.then(|| money(whole.before[0]).into()),
            change: compared.then(|| money(whole.now[0] - whole.before[0]).into()),
            growth: growth(compared, &whole),
            axis: axis(scale, currency),
        })
    }

    /// Rows as they are read: times in their order, everything else the largest first.
    fn ordered(&self, found: &BTreeMap<String, Row>) -> Result<Vec<(String, Period, Row)>, Fault> {
        let copy = |row: &Row| Row { now: row.now, before: row.before };
        if let By::Time(every) = self.by {
            let rows = parts(self.now, every)?.into_iter().map(|part| {
                let key = part.from.to_string();
                let row = found.get(&key).map(copy).unwrap_or_default();
                (key, part, row)
            });
            return Ok(rows.collect());
        }
        let mut rows: Vec<(String, Period, Row)> =
            found.iter().map(|(key, row)| (key.clone(), self.now, copy(row))).collect();
        rows.sort_by_key(|(_, _, row)| std::cmp::Reverse((row.now[0], row.before[0])));
        Ok(rows)
    }
}

/// The first day, in the period itself, of the part that a day of a period lies in.
fn time_key(now: &[Period], own: &[Period], sum: &SaleSum) -> Result<String, Fault> {
    let day = typed::date("day", &sum.key)?;
    let at = place(own, day).unwrap_or(0);
    let beside = now
        .get(at)
        .or(now.last())
        .ok_or_else(|| Fault::new(Code::Internal, "A period has no parts."))?;
    Ok(beside.from.to_string())
}

fn growth(compared: bool, row: &Row) -> Option<i32> {
    let before = row.before[0];
    (compared && before != 0).then(|| share(row.now[0] - before, before.abs()))
}
