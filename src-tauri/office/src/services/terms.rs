//! What a package of the price list holds.
//!
//! Never mixes VAT: the VAT of a package is charged when it is sold, by its own code, so whatever it
//! holds must bear that code. What bears another is sold in a package of its own.

use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::packages::REFUNDS;
use crate::show::{self, name_of};
use crate::typed;
use crate::wire::packages::{PackageInput, PackageItemView, PackageView};
use finance::catalogue::{ServiceItem, ServiceKind};
use finance::package::{PackageContents, PackageItem, PackageTerms, TermsRejection};

/// Reads what a package holds.
///
/// # Errors
/// [`Code::Invalid`] at the field that breaks a rule.
pub(super) fn read(office: &Office, input: &PackageInput) -> Result<PackageTerms, Fault> {
    let contents = match input.holds.as_str() {
        "lessons" => {
            let items = input.items.iter().enumerate().map(|(place, item)| {
                let field = |name: &str| format!("package.items.{place}.{name}");
                Ok(PackageItem {
                    service_id: typed::id(&field("service_id"), &item.service_id)?,
                    quantity: typed::decimal(&field("quantity"), &item.quantity)?.normalize(),
                })
            });
            PackageContents::Lessons { items: items.collect::<Result<_, Fault>>()? }
        }
        "amount" => {
            let amount = typed::money("package.amount", &input.amount, office.school.currency)?;
            PackageContents::Amount { amount }
        }
        _ => {
            let fault = Fault::new(Code::Invalid, "There is no such choice.");
            return Err(fault.at("package.holds").rule("choice"));
        }
    };
    let refund = typed::one_of("package.refund", &input.refund, REFUNDS)?;
    let terms = PackageTerms { contents, valid_months: input.valid_months, refund };
    terms.check().map_err(refused)?;
    Ok(terms)
}

fn refused(rejection: TermsRejection) -> Fault {
    let fault = Fault::new(Code::Invalid, rejection.to_string());
    let at = |item: usize, name: &str| format!("package.items.{}.{name}", item - 1);
    match rejection {
        TermsRejection::ItemCount => fault.rule("package_items").at("package.items"),
        TermsRejection::Quantity { item } => {
            fault.rule("package_quantity").at(at(item, "quantity"))
        }
        TermsRejection::Twice { item } => fault.rule("package_twice").at(at(item, "service_id")),
        TermsRejection::NotPositive => fault.rule("package_amount").at("package.amount"),
        TermsRejection::Months => fault.rule("package_months").at("package.valid_months"),
    }
}

/// Looks at what a package holds beside the rest of the price list.
///
/// # Errors
/// [`Code::Invalid`] at the field that breaks a rule.
pub(super) fn check(item: &ServiceItem, catalogue: &[ServiceItem]) -> Result<(), Fault> {
    let Some(terms) = &item.package else { return Ok(()) };
    if item.kind != ServiceKind::Package {
        let fault = Fault::new(Code::Invalid, "Only a package holds something.");
        return Err(fault.at("kind").rule("package_kind"));
    }
    let PackageContents::Lessons { items } = &terms.contents else { return Ok(()) };
    for (place, held) in items.iter().enumerate() {
        let at = |fault: Fault| fault.at(format!("package.items.{place}.service_id"));
        let found = catalogue.iter().find(|service| service.id == held.service_id);
        let missing = || Fault::new(Code::NotFound, "There is no such service.").rule("service");
        let service = found.ok_or_else(missing).map_err(at)?;
        if service.kind == ServiceKind::Package || service.id == item.id {
            let fault = Fault::new(Code::Invalid, "A package holds no packages.");
            return Err(at(fault.rule("package_in_package")));
        }
        if service.tax_code != item.tax_code {
            let fault = Fault::new(Code::Invalid, "It bears another VAT code than the package.");
            return Err(at(fault.rule("package_vat").with("service", &service.code)));
        }
    }
    Ok(())
}

/// What a package holds, as a screen shows it.
pub(super) fn view(terms: &PackageTerms, catalogue: &[ServiceItem]) -> PackageView {
    let (holds, items, amount) = match &terms.contents {
        PackageContents::Lessons { items } => ("lessons", items.as_slice(), None),
        PackageContents::Amount { amount } => ("amount", &[][..], Some(*amount)),
    };
    let items = items.iter().map(|held| {
        let service = catalogue.iter().find(|service| service.id == held.service_id);
        PackageItemView {
            service_id: held.service_id.to_string(),
            service: service.map(|s| format!("{} {}", s.code, s.name)).unwrap_or_default(),
            quantity: show::number(held.quantity),
        }
    });
    PackageView {
        holds: holds.to_owned(),
        items: items.collect(),
        amount: amount.map(Into::into),
        valid_months: terms.valid_months,
        refund: name_of(&terms.refund, REFUNDS),
    }
}
