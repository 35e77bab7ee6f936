//! A price list from rows.
//!
//! Never guesses a price or a VAT code: what can be read in two ways is refused.

use super::cells::Cells;
use super::report::{Outcome, Refusal};
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::typed;
use documents::csv_in::{self, Field, Table};
use finance::catalogue::{ServiceItem, ServiceKind};
use finance::fact::FactBody;
use finance::ids::ServiceId;
use finance::tax::TaxCode;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use store::View;

/// What offices call the kinds, in lower case.
const KINDS: &[(&str, ServiceKind)] = &[
    ("", ServiceKind::Lesson),
    ("lesson", ServiceKind::Lesson),
    ("time", ServiceKind::Lesson),
    ("kjøretime", ServiceKind::Lesson),
    ("kurs", ServiceKind::Lesson),
    ("course", ServiceKind::Lesson),
    ("service", ServiceKind::Lesson),
    ("tjeneste", ServiceKind::Lesson),
    ("dienstleistung", ServiceKind::Lesson),
    ("fahrstunde", ServiceKind::Lesson),
    ("product", ServiceKind::Material),
    ("produkt", ServiceKind::Material),
    ("package", ServiceKind::Package),
    ("pakke", ServiceKind::Package),
    ("material", ServiceKind::Material),
    ("materiell", ServiceKind::Material),
    ("bok", ServiceKind::Material),
    ("book", ServiceKind::Material),
    ("fee", ServiceKind::Fee),
    ("gebyr", ServiceKind::Fee),
    ("pass_through", ServiceKind::PassThrough),
    ("pass-through", ServiceKind::PassThrough),
    ("utlegg", ServiceKind::PassThrough),
    ("outlay", ServiceKind::PassThrough),
];

/// Reads every row.
///
/// # Errors
/// What the book reports, and [`crate::Code::Invalid`] at `vat` where there is no such code.
pub(super) async fn read(
    view: &mut View,
    office: &Office,
    table: &Table,
    vat: Option<&str>,
) -> Result<Vec<Outcome>, Fault> {
    let today = office.today();
    let all = view.tax_codes().await?;
    let codes: BTreeSet<&str> = all.iter().map(|tax| tax.code.as_str()).collect();
    let in_force = codes.into_iter().filter_map(|code| TaxCode::in_force(&all, code, today));
    let taxes: Vec<TaxCode> = in_force.cloned().collect();
    let vat = vat.filter(|code| !code.is_empty());
    if let Some(vat) = vat
        && !taxes.iter().any(|tax| tax.code == vat)
    {
        let fault = Fault::new(Code::Invalid, "There is no such VAT code.");
        return Err(fault.at("vat").rule("tax_code"));
    }
    let mut reader = Reader {
        office,
        taxes,
        vat,
        known: view
            .list_services("", true)
            .await?
            .into_iter()
            .map(|item| (item.code.clone(), item))
            .collect(),
        seen: BTreeSet::new(),
    };
    Ok(table.rows.iter().map(|row| reader.outcome(&Cells { table, row })).collect())
}

struct Reader<'a> {
    office: &'a Office,
    /// The entries in force today.
    taxes: Vec<TaxCode>,
    /// The code where the file names none.
    vat: Option<&'a str>,
    known: BTreeMap<String, ServiceItem>,
    /// Codes of earlier rows.
    seen: BTreeSet<String>,
}

impl Reader<'_> {
    fn outcome(&mut self, cells: &Cells<'_>) -> Outcome {
        let line = cells.row.line;
        let label = format!("{} {}", cells.raw(Field::Code), cells.raw(Field::Name));
        match self.accepted(cells) {
            Ok(Some(body)) => Outcome::Accepted { line, label, bodies: vec![body] },
            Ok(None) => Outcome::Unchanged { line, label },
            Err(refusal) => Outcome::Refused { line, label, refusal },
        }
    }

    /// The fact of a row; nothing where the entry is as it says.
    fn accepted(&mut self, cells: &Cells<'_>) -> Result<Option<FactBody>, Refusal> {
        let code = cells.required(Field::Code, 40)?;
        if !self.seen.insert(code.clone()) {
            return Err(cells.refusal("twice_in_file", Field::Code));
        }
        let there = self.known.get(&code);
        let kind = cells.raw(Field::Kind).trim().to_lowercase();
        let kind = KINDS.iter().find(|(name, _)| *name == kind).map(|(_, kind)| *kind);
        let account = cells.text(Field::Account, 20)?;
        let item = ServiceItem {
            id: there.map_or_else(|| ServiceId(self.office.ids.new_id()), |item| item.id),
            school_id: self.office.school.id,
            name: match cells.text(Field::Name, typed::LINE)? {
                name if name.is_empty() => code.clone(),
                name => name,
            },
            kind: kind.ok_or_else(|| cells.refusal("kind", Field::Kind))?,
            unit_price: price(cells)?,
            tax_code: self.tax_code(cells)?,
            income_account: match (there, account.is_empty()) {
                (Some(there), true) => there.income_account.clone(),
                _ => account,
            },
            active: true,
            package: there.and_then(|item| item.package.clone()),
            code,
        };
        let item = ServiceItem {
            package: item.package.filter(|_| item.kind == ServiceKind::Package),
            ..item
        };
        Ok((there != Some(&item)).then_some(FactBody::ServiceSet(item)))
    }

    /// A VAT code by its code, its name or, where only one has it, its rate.
    fn tax_code(&self, cells: &Cells<'_>) -> Result<String, Refusal> {
        if let Some(vat) = self.vat.filter(|_| cells.raw(Field::Vat).is_empty()) {
            return Ok(vat.to_owned());
        }
        let typed_code = cells.required(Field::Vat, 40)?;
        let lower = typed_code.to_lowercase();
        let named = self
            .taxes
            .iter()
            .find(|tax| tax.code.to_lowercase() == lower || tax.name.to_lowercase() == lower);
        if let Some(tax) = named {
            return Ok(tax.code.clone());
        }
        let unknown = || cells.refusal("tax_code", Field::Vat);
        let rate = lower.strip_suffix('%').unwrap_or(&lower);
        let rate = csv_in::decimal(rate, cells.table.decimal).map_err(|_| unknown())?;
        let mut with_rate = self.taxes.iter().filter(|tax| tax.rate == rate);
        match (with_rate.next(), with_rate.next()) {
            (Some(tax), None) => Ok(tax.code.clone()),
            (Some(_), Some(_)) => Err(cells.refusal("tax_code_ambiguous", Field::Vat)),
            (None, _) => Err(unknown()),
        }
    }
}

fn price(cells: &Cells<'_>) -> Result<Decimal, Refusal> {
    let refused = |code| cells.refusal(code, Field::Price);
    let price = cells.number(Field::Price)?;
    if price.is_sign_negative() && !price.is_zero() {
        return Err(refused("negative"));
    }
    if price.normalize().scale() > 4 {
        return Err(refused("too_many_decimals"));
    }
    if price > Decimal::from(100_000_000) {
        return Err(refused("too_large"));
    }
    Ok(price)
}
