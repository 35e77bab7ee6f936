//! Whom a draft goes to: the student, one payer, or several with a share each.
//!
//! Never guesses who pays: a draft names its payers, or the student does.

use super::checks::{error, fine, warning, with};
use super::tables::Tables;
use crate::payers::{self, split_refused};
use crate::wire::common::Money;
use crate::wire::invoices::{DiscountInput, DraftPart as PartView, IssueCheck};
use crate::wire::payers::PayerPart;
use crate::{show, typed};
use finance::Currency;
use finance::discount::DocumentDiscount;
use finance::invoice::{DraftInvoice, DraftPart, Party};
use finance::numbering::DocumentNumber;
use finance::party::Student;
use finance::payer::Payer;
use finance::split::Part;
use rust_decimal::Decimal;

/// Somebody's share, understood.
pub(super) struct Share {
    /// Nothing: the student.
    payer: Option<Payer>,
    part: Part,
    reference: String,
}

impl Share {
    /// What stands on the document as the buyer's reference.
    fn reference(&self, of_document: &str) -> String {
        let own = self.payer.as_ref().map_or("", |payer| payer.reference.as_str());
        let given = [self.reference.as_str(), of_document, own];
        given.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned()
    }

    fn is_whole(&self) -> bool {
        matches!(self.part, Part::Rest) || self.part == Part::Percent(Decimal::ONE_HUNDRED)
    }
}

/// The shares as far as they can be read; what is wrong becomes a check.
pub(super) fn read(
    tables: &Tables,
    typed_shares: &[PayerPart],
    currency: Currency,
    checks: &mut Vec<IssueCheck>,
) -> Vec<Share> {
    let before = checks.len();
    let mut shares: Vec<Share> = Vec::new();
    for (place, share) in typed_shares.iter().enumerate() {
        let field = format!("payers.{place}");
        let mut wrong = |code: &str| {
            let check = error("payers", code, &field);
            checks.push(with(check, "place", place + 1));
        };
        let payer = match share.payer_id.as_deref() {
            None | Some("") => None,
            Some(id) => match id.parse().ok().and_then(|id| tables.payers.get(&id)) {
                Some(payer) => Some(payer.clone()),
                None => {
                    wrong("no_payer");
                    continue;
                }
            },
        };
        let same = |known: &Share| {
            known.payer.as_ref().map(|payer| payer.id) == payer.as_ref().map(|payer| payer.id)
        };
        if shares.iter().any(same) {
            wrong("payer_twice");
            continue;
        }
        match payers::part(&field, share, currency) {
            Ok(part) => {
                let reference = share.reference.trim().to_owned();
                shares.push(Share { payer, part, reference });
            }
            Err(_) => wrong("share_value"),
        }
    }
    for payer in shares.iter().filter_map(|share| share.payer.as_ref()) {
        if payer.person.address.line1.trim().is_empty() {
            let check = warning("payers", "no_payer_address", "payers");
            checks.push(with(check, "name", &payer.person.name));
        }
    }
    if checks.len() == before && !shares.is_empty() {
        checks.push(with(fine("payers", "payers_complete"), "payers", shares.len()));
    }
    shares
}

/// The draft as its only payer gets it, or split between several.
pub(super) fn bill(
    sketch: DraftInvoice,
    shares: &[Share],
    student: Option<&Student>,
    checks: &mut Vec<IssueCheck>,
) -> (DraftInvoice, Vec<DraftPart>) {
    let Some(student) = student else { return (sketch, Vec::new()) };
    let party = |share: &Share| Party {
        person: share.payer.as_ref().map_or(&student.person, |payer| &payer.person).clone(),
        payer: share.payer.as_ref().map(|payer| Box::new(payer.on_invoice(&student.person))),
        reference: share.reference(&sketch.reference),
        due_date: sketch.due_date,
        terms: sketch.terms,
        part: share.part,
    };
    match shares {
        [] => (sketch, Vec::new()),
        [only] if only.is_whole() => {
            let Party { person, payer, reference, .. } = party(only);
            (DraftInvoice { person, payer, reference, ..sketch }, Vec::new())
        }
        several => {
            // Lines that cannot be priced say so themselves.
            if sketch.totals().is_err() {
                return (sketch, Vec::new());
            }
            match sketch.split(several.iter().map(party).collect()) {
                Ok(parts) => (sketch, parts),
                Err(finance::invoice::InvoiceRejection::Split(rejection)) => {
                    let (code, params) = split_refused(&rejection);
                    let check = error("payers", code, "payers");
                    let told = |check, (name, value)| with(check, name, value);
                    checks.push(params.into_iter().fold(check, told));
                    (sketch, Vec::new())
                }
                Err(rejection) => {
                    let code = super::rejection_code(&rejection);
                    checks.push(error("payers", code, "payers"));
                    (sketch, Vec::new())
                }
            }
        }
    }
}

/// The parts as the editor shows them, each with the number it would get now.
pub(super) fn parts(parts: &[DraftPart], numbers: &[DocumentNumber]) -> Vec<PartView> {
    let part = |(at, part): (usize, &DraftPart)| {
        let (share, value) = payers::part_view(part.share().1);
        PartView {
            name: part.draft.person.name.clone(),
            payer_id: part.draft.payer.as_ref().map(|payer| payer.payer_id.to_string()),
            part: share,
            value,
            number: numbers.get(at).map_or_else(String::new, |number| number.text.clone()),
            vat: part.totals.vat.into(),
            gross: Money::from(part.totals.gross),
        }
    };
    (0..).zip(parts).map(part).collect()
}

/// The discount of a document, where one is typed; what cannot be read becomes a check.
pub(super) fn discount(
    given: Option<&DiscountInput>,
    currency: Currency,
    checks: &mut Vec<IssueCheck>,
) -> Option<DocumentDiscount> {
    let given = given.filter(|given| !given.value.trim().is_empty())?;
    let read = match given.kind.as_str() {
        "percent" => typed::decimal("discount", &given.value).ok().map(DocumentDiscount::Percent),
        "amount" => {
            typed::money("discount", &given.value, currency).ok().map(DocumentDiscount::Amount)
        }
        _ => None,
    };
    if read.is_none() {
        checks.push(error("lines", "document_discount", "discount"));
    }
    read
}

/// A discount as screens know it.
pub(crate) fn discount_view(discount: DocumentDiscount) -> DiscountInput {
    let (kind, value) = match discount {
        DocumentDiscount::Percent(percent) => ("percent", show::number(percent)),
        DocumentDiscount::Amount(amount) => ("amount", amount.plain()),
    };
    DiscountInput { kind: kind.to_owned(), value }
}
