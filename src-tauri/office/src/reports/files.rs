//! Reports on paper and as CSV files.

use super::{debt_over_time, revenue, takings, vat_summary};
use crate::actor::Actor;
use crate::ageing;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::balances::{AgeingByPayer, AgeingDepartment, AgeingStudent, AgeingView};
use crate::wire::common::{MadeFile, Money};
use crate::wire::reports::{
    DebtView, ReportFile, ReportWish, RevenueView, TakingsSums, TakingsView, VatCodeRow, VatReport,
};
use crate::{files, papers, typed};
use chrono::NaiveDate;
use documents::{Age, Heading, Report, ReportCell, ReportKind, ReportTable};
use rust_decimal::Decimal;

/// One report as a file.
pub async fn report_file(
    office: &Office,
    actor: &Actor,
    request: ReportFile,
) -> Result<MadeFile, Fault> {
    let is_pdf = typed::one_of("format", &request.format, &[("csv", false), ("pdf", true)])?;
    let department = narrowed(office, &request.report).await?;
    let made = match request.report {
        ReportWish::Revenue(wish) => of_revenue(&revenue(office, actor, wish).await?),
        ReportWish::Debt(wish) => of_debt(debt_over_time(office, actor, wish).await?),
        ReportWish::Vat(wish) => of_vat(vat_summary(office, actor, wish).await?)?,
        ReportWish::Takings(wish) => of_takings(takings(office, actor, wish).await?),
        ReportWish::Ageing(wish) => {
            let groups = [("student", 0), ("department", 1), ("payer", 2)];
            match typed::one_of("group", &wish.group, &groups)? {
                2 => of_asked(&ageing::ageing_by_payer(office, actor, wish.asked).await?),
                group => of_ageing(&ageing::ageing(office, actor, wish.asked).await?, group == 1),
            }
        }
    };
    let period = (typed::date("from", &made.from)?, typed::date("to", &made.to)?);
    let report = made.report(office, period, department);
    let name = match period.0 == period.1 {
        true => format!("{}-{}", report.title(), period.0),
        false => format!("{}-{}-{}", report.title(), period.0, period.1),
    };
    if is_pdf {
        return papers::give_all(office, &request.wish, &name, vec![report]).await;
    }
    let file = report.csv().map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
    let name = format!("{}.csv", files::safe_name(&name));
    papers::give(office, &request.wish, &name, &file.bytes)
}

/// The name of the department a report was narrowed to.
async fn narrowed(office: &Office, wish: &ReportWish) -> Result<String, Fault> {
    let id = match wish {
        ReportWish::Revenue(wish) => wish.department_id.as_deref(),
        ReportWish::Vat(wish) => wish.department_id.as_deref(),
        ReportWish::Ageing(wish) => wish.asked.department_id.as_deref(),
        ReportWish::Debt(_) | ReportWish::Takings(_) => None,
    };
    let Some(id) = id else { return Ok(String::new()) };
    let departments = office.store.read().await?.departments().await?;
    let found = departments.into_iter().find(|known| known.id.to_string() == id);
    Ok(found.map_or_else(String::new, |known| known.name))
}

/// A report without what is the same for all.
struct Made {
    kind: ReportKind,
    from: String,
    to: String,
    columns: Vec<Heading>,
    tables: Vec<ReportTable>,
}

impl Made {
    fn report(self, office: &Office, period: (NaiveDate, NaiveDate), narrowed: String) -> Report {
        Report {
            kind: self.kind,
            language: papers::language(office),
            seller: office.school.seller.clone(),
            made_on: office.today(),
            period,
            narrowed,
            columns: self.columns,
            tables: self.tables,
        }
    }
}

fn amount(money: &Money) -> ReportCell {
    ReportCell::Amount(money.0)
}

fn text(text: &str) -> ReportCell {
    ReportCell::Text(text.to_owned())
}

/// A name, or that these belong to none.
fn named(name: &str, heading: Heading) -> ReportCell {
    if name.is_empty() { ReportCell::Without(heading) } else { text(name) }
}

/// Days of a part, which CSV sorts by.
fn span(from: &str, to: &str) -> ReportCell {
    ReportCell::Text(if from == to { from.to_owned() } else { format!("{from}/{to}") })
}

fn of_revenue(view: &RevenueView) -> Made {
    let first = match view.by.as_str() {
        "service" => Heading::Service,
        "department" => Heading::Department,
        _ => Heading::Period,
    };
    let mut columns = vec![first, Heading::Net, Heading::Vat, Heading::Gross];
    if view.before.is_some() {
        columns.extend([Heading::Before, Heading::Change]);
    }
    let compared = |before: &Option<Money>, change: &Option<Money>| {
        before.iter().chain(change).map(amount).collect::<Vec<_>>()
    };
    let tables = view.parts.iter().map(|part| ReportTable {
        currency: part.currency.clone(),
        rows: part
            .rows
            .iter()
            .map(|row| {
                let name = match first {
                    Heading::Period => span(&row.from, &row.to),
                    _ if row.code.is_empty() => named(&row.name, first),
                    _ => ReportCell::Text(format!("{} {}", row.code, row.name)),
                };
                let sums = [&row.net, &row.vat, &row.gross].map(amount).to_vec();
                [vec![name], sums, compared(&row.net_before, &row.change)].concat()
            })
            .collect(),
        sums: [
            vec![ReportCell::Empty],
            [&part.net, &part.vat, &part.gross].map(amount).to_vec(),
            compared(&part.net_before, &part.change),
        ]
        .concat(),
    });
    let tables = tables.collect();
    let (from, to) = (view.from.clone(), view.to.clone());
    Made { kind: ReportKind::Revenue, from, to, columns, tables }
}

fn of_debt(view: DebtView) -> Made {
    let tables = view.parts.iter().map(|part| ReportTable {
        currency: part.currency.clone(),
        rows: part
            .points
            .iter()
            .map(|point| vec![text(&point.day), amount(&point.open), amount(&point.overdue)])
            .collect(),
        // What was open on several days is not added.
        sums: vec![],
    });
    let columns = vec![Heading::Day, Heading::Open, Heading::Overdue];
    let tables = tables.collect();
    Made { kind: ReportKind::Debt, from: view.from, to: view.to, columns, tables }
}

fn of_vat(view: VatReport) -> Result<Made, Fault> {
    let mut tables = Vec::with_capacity(view.parts.len());
    for part in &view.parts {
        let mut rows = Vec::new();
        for period in &part.periods {
            for code in &period.codes {
                rows.push(vat_row(span(&period.from, &period.to), code)?);
            }
        }
        let mut sums = vec![ReportCell::Empty; 4];
        sums.extend([&part.net, &part.vat, &part.gross].map(amount));
        tables.push(ReportTable { currency: part.currency.clone(), rows, sums });
    }
    let columns = vec![
        Heading::Period,
        Heading::Code,
        Heading::Name,
        Heading::Rate,
        Heading::Net,
        Heading::Vat,
        Heading::Gross,
    ];
    Ok(Made { kind: ReportKind::Vat, from: view.from, to: view.to, columns, tables })
}

fn vat_row(period: ReportCell, row: &VatCodeRow) -> Result<Vec<ReportCell>, Fault> {
    let rate: Decimal = typed::decimal("rate", &row.rate)?;
    let sums = [&row.net, &row.vat, &row.gross].map(amount);
    let mut cells = vec![period, text(&row.code), text(&row.name), ReportCell::Percent(rate)];
    cells.extend(sums);
    Ok(cells)
}

fn of_takings(view: TakingsView) -> Made {
    let mut columns = vec![Heading::Period, Heading::Method];
    columns.extend(view.by_desk.then_some(Heading::Desk));
    columns.extend([
        Heading::Count,
        Heading::Received,
        Heading::Reversed,
        Heading::Refunded,
        Heading::Taken,
    ]);
    let tables = view.parts.iter().map(|part| {
        let rows = part.periods.iter().flat_map(|period| {
            period.rows.iter().map(|row| {
                let mut cells = vec![span(&period.from, &period.to), text(&row.name)];
                cells.extend(row.desk.as_deref().map(text));
                cells.extend(taken(&row.sums));
                cells
            })
        });
        let rows = rows.collect();
        let mut sums = vec![ReportCell::Empty; if view.by_desk { 3 } else { 2 }];
        sums.extend(taken(&part.sums));
        ReportTable { currency: part.currency.clone(), rows, sums }
    });
    let tables = tables.collect();
    Made { kind: ReportKind::Takings, from: view.from, to: view.to, columns, tables }
}

fn taken(sums: &TakingsSums) -> [ReportCell; 5] {
    [
        ReportCell::Count(sums.count.into()),
        amount(&sums.received),
        amount(&sums.reversed),
        amount(&sums.refunded),
        amount(&sums.taken),
    ]
}

type Ages<'a> = (&'a [Money], &'a Money, &'a Money);

fn ages((columns, credit, balance): Ages<'_>) -> Vec<ReportCell> {
    columns.iter().chain([credit, balance]).map(amount).collect()
}

/// The ageing on a day: two leading cells and the amounts of each row.
fn aged(
    (as_of, buckets): (&str, &[u16]),
    lead: [Heading; 2],
    rows: Vec<Vec<ReportCell>>,
    all: Ages<'_>,
) -> Made {
    let columns = Age::columns(buckets).into_iter().map(Heading::Aged);
    let columns = lead.into_iter().chain(columns).chain([Heading::Credit, Heading::Balance]);
    let sums = [vec![ReportCell::Empty; 2], ages(all)].concat();
    let currency = all.2.0.currency().to_string();
    Made {
        kind: ReportKind::Ageing,
        from: as_of.to_owned(),
        to: as_of.to_owned(),
        columns: columns.collect(),
        tables: vec![ReportTable { currency, rows, sums }],
    }
}

/// Who owes how long, by student or added up by department.
fn of_ageing(view: &AgeingView, by_department: bool) -> Made {
    let departments = view.departments.iter().map(|row: &AgeingDepartment| {
        let lead =
            vec![named(&row.name, Heading::Department), ReportCell::Count(row.students.into())];
        [lead, ages((&row.columns, &row.credit, &row.balance))].concat()
    });
    let students = view.rows.iter().map(|row: &AgeingStudent| {
        let lead = vec![text(&row.number), text(&row.name)];
        [lead, ages((&row.columns, &row.credit, &row.balance))].concat()
    });
    let day = (view.as_of.as_str(), view.buckets.as_slice());
    let all = (view.columns.as_slice(), &view.credit, &view.balance);
    if by_department {
        aged(day, [Heading::Department, Heading::Students], departments.collect(), all)
    } else {
        aged(day, [Heading::Number, Heading::Student], students.collect(), all)
    }
}

/// Who is asked for what how long.
fn of_asked(view: &AgeingByPayer) -> Made {
    let rows = view.rows.iter().map(|row| {
        let lead = vec![text(&row.number), text(&row.name)];
        [lead, ages((&row.columns, &row.credit, &row.balance))].concat()
    });
    let day = (view.as_of.as_str(), view.buckets.as_slice());
    let all = (view.columns.as_slice(), &view.credit, &view.balance);
    aged(day, [Heading::Number, Heading::Payer], rows.collect(), all)
}
