//! The lines of a draft, one by one: complete, empty, or wrong in a way that has a name.
//!
//! Never prices more than one line: sums belong to the whole document.

use super::tables::Tables;
use crate::wire::invoices::{IssueCheck, LineInput};
use crate::{services, show, typed};
use chrono::NaiveDate;
use finance::Currency;
use finance::ids::ServiceId;
use finance::line::{LineItem, LineRejection};
use finance::tax::{PriceBasis, TaxCode, VatCategory};
use rust_decimal::Decimal;

use super::checks;

/// What became of one typed line.
pub(super) enum Line {
    /// Nothing was typed: it is left out.
    Empty,
    /// It can be priced.
    Complete(Box<LineItem>),
    /// Something is missing or wrong.
    Wrong(IssueCheck),
}

/// What lines are read against.
pub(super) struct Page<'a> {
    pub tables: &'a Tables,
    pub date: NaiveDate,
    pub basis: PriceBasis,
    pub currency: Currency,
}

impl Page<'_> {
    /// Reads the line at `place`, from 0.
    pub(super) fn read(&self, place: usize, typed: &LineInput) -> Line {
        if is_empty(typed) {
            return Line::Empty;
        }
        let wrong = |code: &str, field: &str| Line::Wrong(checks::line(place, code, field));
        let item = match self.item(typed) {
            Ok(item) => item,
            Err((code, field)) => return wrong(code, field),
        };
        match finance::pricing::price(vec![item.clone()], self.basis, self.currency) {
            Ok(_) => Line::Complete(Box::new(item)),
            Err(rejection) => {
                let (code, field) = named(&rejection);
                wrong(code, field)
            }
        }
    }

    fn item(&self, line: &LineInput) -> Result<LineItem, (&'static str, &'static str)> {
        let id = line.service_id.as_deref().and_then(|id| id.parse::<ServiceId>().ok());
        let service = id.and_then(|id| self.tables.services.get(&id));
        let tax = TaxCode::in_force(&self.tables.taxes, &line.tax_code, self.date)
            .ok_or(("line_tax_code", "tax_code"))?;
        let quantity = number(&line.quantity).ok_or(("line_quantity", "quantity"))?;
        let unit_price = services::unit_price("unit_price", &line.unit_price)
            .map_err(|_| ("line_price", "unit_price"))?;
        let discount_percent = match line.discount_percent.trim() {
            "" => Decimal::ZERO,
            typed => number(typed).ok_or(("line_discount", "discount_percent"))?,
        };
        let kind = typed::one_of("kind", &line.kind, show::SERVICE_KINDS)
            .map_err(|_| ("line_kind", "kind"))?;
        Ok(LineItem {
            service_id: service.map(|service| service.id),
            service_code: service.map_or_else(String::new, |service| service.code.clone()),
            kind,
            description: line.description.trim().to_owned(),
            quantity,
            unit_price,
            discount_percent,
            tax: tax.clone(),
            income_account: line.income_account.trim().to_owned(),
        })
    }
}

/// True where the document's amount is passed on but VAT would be added to it.
pub(super) fn taxes_an_outlay(item: &LineItem) -> bool {
    item.kind == finance::catalogue::ServiceKind::PassThrough && item.tax.category == VatCategory::S
}

fn number(text: &str) -> Option<Decimal> {
    typed::decimal("number", text).ok()
}

fn is_empty(line: &LineInput) -> bool {
    line.service_id.as_deref().unwrap_or_default().is_empty()
        && line.description.trim().is_empty()
        && line.unit_price.trim().is_empty()
}

/// The code and the field of what the rules of money refuse.
pub(super) fn named(rejection: &LineRejection) -> (&'static str, &'static str) {
    match rejection {
        LineRejection::QuantityOutOfRange { .. } => ("line_quantity", "quantity"),
        LineRejection::TooManyDecimals { .. } => ("line_decimals", "quantity"),
        LineRejection::DiscountOutOfRange { .. } => ("line_discount", "discount_percent"),
        LineRejection::TooLarge { .. } => ("line_too_large", "unit_price"),
        LineRejection::NoDescription { .. } => ("line_description", "description"),
        LineRejection::NoExemptionReason { .. } => ("line_exemption_reason", "tax_code"),
        LineRejection::VatRateOutOfRange { .. } => ("line_vat_rate", "tax_code"),
        LineRejection::OutOfScopeNotAlone => ("out_of_scope_not_alone", "tax_code"),
        LineRejection::DocumentDiscount => ("document_discount", "discount"),
        LineRejection::LineCount => ("no_lines", "lines"),
    }
}
