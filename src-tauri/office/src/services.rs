//! The price list.
//!
//! Never changes what was charged: an issued line keeps its own copy.

mod terms;

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::services::{ListServices, SaveService, ServiceList, ServiceRow};
use crate::{show, typed};
use finance::catalogue::ServiceItem;
use finance::fact::FactBody;
use finance::ids::ServiceId;
use finance::tax::TaxCode;
use rust_decimal::Decimal;

/// Entries whose code or name holds what is typed.
pub async fn list_services(
    office: &Office,
    _: &Actor,
    request: ListServices,
) -> Result<ServiceList, Fault> {
    let query = typed::text("query", &request.query, typed::SHORT)?;
    let mut view = office.store.read().await?;
    let taxes = view.tax_codes().await?;
    let items = view.list_services(&query, request.include_inactive).await?;
    let all = view.list_services("", true).await?;
    let rows = items.into_iter().map(|item| row(office, item, &taxes, &all));
    Ok(ServiceList { rows: rows.collect() })
}

fn row(
    office: &Office,
    item: ServiceItem,
    taxes: &[TaxCode],
    catalogue: &[ServiceItem],
) -> ServiceRow {
    let tax = TaxCode::in_force(taxes, &item.tax_code, office.today());
    ServiceRow {
        id: item.id.to_string(),
        code: item.code,
        name: item.name,
        kind: show::name_of(&item.kind, show::SERVICE_KINDS),
        unit_price: price(item.unit_price, office.school.currency.decimals()),
        currency: office.school.currency.code().to_owned(),
        tax_name: tax.map_or_else(|| item.tax_code.clone(), |tax| tax.name.clone()),
        tax_category: tax.map_or_else(String::new, |tax| show::category(tax.category)),
        tax_rate: tax.map_or_else(String::new, |tax| show::number(tax.rate)),
        tax_code: item.tax_code,
        income_account: item.income_account,
        active: item.active,
        package: item.package.map(|terms| terms::view(&terms, catalogue)),
    }
}

/// A price with at least the decimals of its currency.
pub(crate) fn price(price: Decimal, decimals: u32) -> String {
    let mut price = price.normalize();
    if price.scale() < decimals {
        price.rescale(decimals);
    }
    price.to_string()
}

/// Sets an entry; saved twice as it is, the second changes nothing.
pub async fn save_service(
    office: &Office,
    actor: &Actor,
    request: SaveService,
) -> Result<ServiceRow, Fault> {
    let item = item(office, &request)?;
    let mut tx = office.store.begin().await?;
    let taxes = tx.tax_codes().await?;
    if TaxCode::in_force(&taxes, &item.tax_code, office.today()).is_none() {
        return Err(Fault::new(Code::Invalid, "There is no such VAT code.")
            .at("tax_code")
            .rule("tax_code")
            .with("code", item.tax_code));
    }
    let others = tx.list_services("", true).await?;
    terms::check(&item, &others)?;
    if others.iter().any(|other| other.code == item.code && other.id != item.id) {
        return Err(Fault::new(Code::AlreadyExists, "This code is taken.")
            .at("code")
            .rule("service_code")
            .with("code", item.code));
    }
    if tx.find_service(item.id).await?.as_ref() == Some(&item) {
        drop(tx);
    } else {
        office.record(&mut tx, actor, [FactBody::ServiceSet(item.clone())]).await?;
        tx.commit().await?;
    }
    Ok(row(office, item, &taxes, &others))
}

fn item(office: &Office, request: &SaveService) -> Result<ServiceItem, Fault> {
    let id: ServiceId = typed::id("id", &request.id)?;
    Ok(ServiceItem {
        id,
        school_id: office.school.id,
        code: typed::required("code", &request.code, 40)?,
        name: typed::required("name", &request.name, typed::LINE)?,
        kind: typed::one_of("kind", &request.kind, show::SERVICE_KINDS)?,
        unit_price: unit_price("unit_price", &request.unit_price)?,
        tax_code: typed::required("tax_code", &request.tax_code, 20)?,
        income_account: typed::text("income_account", &request.income_account, 20)?,
        active: request.active,
        package: request.package.as_ref().map(|input| terms::read(office, input)).transpose()?,
    })
}

/// A price of one: at most four decimals, at most a hundred million either way.
///
/// # Errors
/// [`Code::Invalid`] at `field`.
pub(crate) fn unit_price(field: &str, text: &str) -> Result<Decimal, Fault> {
    let price = typed::decimal(field, text)?;
    let refused = |rule, message: &str| Fault::new(Code::Invalid, message).at(field).rule(rule);
    if price.normalize().scale() > 4 {
        return Err(refused("too_many_decimals", "A price has at most four decimals."));
    }
    if price.abs() > Decimal::from(100_000_000) {
        return Err(refused("too_large", "The price is too large."));
    }
    Ok(price)
}
