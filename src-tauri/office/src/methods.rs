//! The ways to pay, as the school names them.
//!
//! Never forgets one: money was received by it, so it is hidden and not deleted.

use crate::actor::Actor;
use crate::fault::{Code, Fault};
use crate::office::Office;
use crate::wire::common::Nothing;
use crate::wire::desk::{PaymentMethodView, SchoolTables};
use crate::wire::payments::{SavePaymentMethod, SurchargeRule};
use crate::{school, show, typed};
use finance::Money;
use finance::catalogue::ServiceKind;
use finance::fact::FactBody;
use finance::ids::ServiceId;
use finance::payment::PaymentMethod;
use finance::surcharge::{Surcharge, SurchargeRejection};
use rust_decimal::Decimal;
use store::View;

/// A way to pay as tables show it.
pub(crate) fn view(method: PaymentMethod) -> PaymentMethodView {
    let rule = |surcharge: Surcharge| SurchargeRule {
        percent: some(surcharge.percent, show::number),
        fixed: some(surcharge.fixed.amount(), |_| surcharge.fixed.plain()),
        service_id: surcharge.service_id.to_string(),
    };
    PaymentMethodView {
        code: method.code,
        name: method.name,
        account: method.account,
        active: method.active,
        surcharge: method.surcharge.map(rule),
    }
}

/// A number as text, or nothing where it is nothing.
fn some(number: Decimal, text: impl Fn(Decimal) -> String) -> String {
    if number.is_zero() { String::new() } else { text(number) }
}

/// A way to pay of a code that staff may still use.
///
/// # Errors
/// [`Code::CannotPay`], rule `method`.
pub(crate) async fn active(view: &mut View, code: &str) -> Result<PaymentMethod, Fault> {
    let methods = view.payment_methods().await?;
    let found = methods.into_iter().find(|method| method.code == code && method.active);
    found.ok_or_else(|| {
        let fault = Fault::new(Code::CannotPay, "There is no such payment method.");
        fault.rule("method").at("method")
    })
}

/// Sets a way to pay.
pub async fn save_payment_method(
    office: &Office,
    actor: &Actor,
    request: SavePaymentMethod,
) -> Result<SchoolTables, Fault> {
    let mut tx = office.store.begin().await?;
    let method = read(office, &mut tx, &request).await?;
    let all = tx.payment_methods().await?;
    let before = all.iter().find(|other| other.code == method.code);
    if request.is_new && before.is_some_and(|before| *before != method) {
        let fault = Fault::new(Code::AlreadyExists, "Another way to pay has this code.");
        return Err(fault.at("code").rule("code_taken"));
    }
    let mut others = all.iter().filter(|other| other.code != method.code);
    if !method.active && !others.any(|other| other.active) {
        let fault = Fault::new(Code::Invalid, "One way to pay must be left.");
        return Err(fault.at("active").rule("last_method"));
    }
    if before == Some(&method) {
        drop(tx);
    } else {
        office.record(&mut tx, actor, [FactBody::PaymentMethodSet(method)]).await?;
        tx.commit().await?;
    }
    school::school_tables(office, actor, Nothing {}).await
}

async fn read(
    office: &Office,
    view: &mut View,
    request: &SavePaymentMethod,
) -> Result<PaymentMethod, Fault> {
    let code = typed::required("code", &request.code, 20)?;
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    if !code.chars().all(is_plain) {
        let message = "A code has small letters, digits, hyphens and low lines.";
        return Err(Fault::new(Code::Invalid, message).at("code").rule("plain_code"));
    }
    Ok(PaymentMethod {
        school_id: office.school.id,
        code,
        name: typed::required("name", &request.name, 60)?,
        account: typed::text("account", &request.account, 20)?,
        active: request.active,
        surcharge: match &request.surcharge {
            Some(rule) => Some(surcharge(office, view, rule).await?),
            None => None,
        },
    })
}

async fn surcharge(
    office: &Office,
    view: &mut View,
    rule: &SurchargeRule,
) -> Result<Surcharge, Fault> {
    let refused =
        |field, rule, message: String| Fault::new(Code::Invalid, message).at(field).rule(rule);
    let is_empty = |text: &str| text.trim().is_empty();
    let percent = match rule.percent.as_str() {
        text if is_empty(text) => Decimal::ZERO,
        text => typed::decimal("surcharge.percent", text)?.normalize(),
    };
    let fixed = match rule.fixed.as_str() {
        text if is_empty(text) => Money::zero(office.school.currency),
        text => typed::money("surcharge.fixed", text, office.school.currency)?,
    };
    let service_id: ServiceId = typed::id("surcharge.service_id", &rule.service_id)?;
    let surcharge = Surcharge { percent, fixed, service_id };
    surcharge.check().map_err(|why| match why {
        SurchargeRejection::Percent => refused("surcharge.percent", "percent", why.to_string()),
        SurchargeRejection::Fixed => refused("surcharge.fixed", "negative", why.to_string()),
        SurchargeRejection::Nothing => {
            refused("surcharge.percent", "surcharge_nothing", why.to_string())
        }
    })?;
    let service = view.find_service(service_id).await?;
    let fits = service.is_some_and(|sold| sold.active && sold.kind == ServiceKind::Fee);
    if !fits {
        let message = "A surcharge is sold as a fee of the price list.".to_owned();
        return Err(refused("surcharge.service_id", "surcharge_fee", message));
    }
    Ok(surcharge)
}
