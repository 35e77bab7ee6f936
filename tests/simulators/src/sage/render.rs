//! The books' rows as Sage shows them, with every field that this simulator knows.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Value, json};

use super::balances::{self, Entry};
use super::books::Books;
use super::json::{Amounts, moment};
use super::model::{Allocation, Artefact, Contact, Kind, Line, Part, Payment};
use super::reference::{
    BankAccount, CONTACT_TYPES, LedgerAccount, PAYMENT_METHODS, STATUSES, TRANSACTION_TYPES,
    TaxRate,
};

/// Shows rows of one business.
#[derive(Clone, Copy, Debug)]
pub struct Shower<'a> {
    pub books: &'a Books,
    pub amounts: Amounts,
}

/// What every reference to another record holds.
pub fn base(collection: &str, id: &str, displayed_as: &str) -> Value {
    json!({"id": id, "displayed_as": displayed_as, "$path": format!("/{collection}/{id}")})
}

/// One of the fixed lists' rows.
pub fn listed(collection: &str, list: &[(&str, &str)], id: &str) -> Value {
    let name = list.iter().find(|(known, _)| *known == id).map_or(id, |(_, name)| name);
    base(collection, id, name)
}

fn currency(code: &str) -> Value {
    base("currencies", code, code)
}

fn merged(mut first: Value, second: Value) -> Value {
    if let (Some(fields), Value::Object(more)) = (first.as_object_mut(), second) {
        fields.extend(more);
    }
    first
}

impl Shower<'_> {
    fn money(&self, value: Decimal) -> Value {
        self.amounts.show(value)
    }

    fn in_base(&self, value: Decimal, rate: Decimal) -> Value {
        let base = value.checked_div(rate).unwrap_or(value);
        self.money(base.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    }

    /// A contact, as other records name it.
    pub fn contact_base(&self, id: &str) -> Value {
        base("contacts", id, &self.contact_name(id))
    }

    fn contact_name(&self, id: &str) -> String {
        self.books.contact(id).map_or_else(String::new, shown_name)
    }

    /// A contact.
    pub fn contact(&self, row: &Contact) -> Value {
        let mut shown = merged(
            base("contacts", &row.id, &shown_name(row)),
            json!({
                "created_at": moment(row.created_at),
                "updated_at": moment(row.updated_at),
                "links": [link("contacts/customers", &row.id)],
                "contact_types": [listed("contact_types", CONTACT_TYPES, &row.contact_type)],
                "name": row.name,
                "reference": row.reference,
                "notes": row.notes,
                "tax_number": row.tax_number,
                "currency": currency(&self.books.settings.base_currency),
                "deletable": true,
                "is_active": true,
            }),
        );
        shown["email"] = json!(row.email());
        for (name, part) in &row.profile {
            shown[name] = nested(part, &row.id);
        }
        shown
    }

    /// An invoice or credit note; `with_money` adds what was paid and allocated.
    pub fn artefact(&self, row: &Artefact, with_money: bool) -> Value {
        let (number, lines, _) = row.kind.fields();
        let collection = row.kind.collection();
        let contact = self.books.contact(&row.contact_id);
        let transaction = match row.status.is_posted() {
            true => base("transactions", &row.id, &row.number),
            false => Value::Null,
        };
        let mut shown = merged(
            base(collection, &row.id, &row.number),
            json!({
                "created_at": moment(row.created_at),
                "updated_at": moment(row.updated_at),
                "deleted_at": row.deleted_at.map(moment),
                "links": [link(&format!("invoicing/{collection}"), &row.id)],
                "editable": row.status.is_posted() && row.outstanding == row.total,
                "transaction": transaction,
                "transaction_type": listed("transaction_types", TRANSACTION_TYPES, row.kind.code()),
                "contact": self.contact_base(&row.contact_id),
                "contact_name": contact.map(|it| it.name.clone()),
                "contact_reference": contact.and_then(|it| it.reference.clone()),
                "date": row.date,
                "reference": row.reference,
                "notes": row.notes,
                "status": listed("artefact_statuses", STATUSES, row.status.code()),
                "sent": false,
                "void_reason": row.void_reason,
            }),
        );
        shown[number] = json!(row.number);
        shown[lines] = row.lines.iter().map(|line| self.line(line)).collect();
        if row.kind == Kind::SalesInvoice {
            shown["due_date"] = json!(row.due_date);
        }
        if with_money {
            shown["payments_allocations"] = self.payments_allocations(&row.id);
        }
        merged(shown, self.sums(row))
    }

    fn sums(&self, row: &Artefact) -> Value {
        let rate = row.exchange_rate;
        let paid = if row.status.is_posted() { row.total - row.outstanding } else { Decimal::ZERO };
        let inverse = Decimal::ONE.checked_div(rate).unwrap_or_default().round_dp(10);
        json!({
            "net_amount": self.money(row.net),
            "tax_amount": self.money(row.tax),
            "total_amount": self.money(row.total),
            "total_paid": self.money(paid),
            "outstanding_amount": self.money(row.outstanding),
            "currency": currency(&row.currency),
            "exchange_rate": self.money(rate),
            "inverse_exchange_rate": self.money(inverse),
            "base_currency_net_amount": self.in_base(row.net, rate),
            "base_currency_tax_amount": self.in_base(row.tax, rate),
            "base_currency_total_amount": self.in_base(row.total, rate),
            "base_currency_outstanding_amount": self.in_base(row.outstanding, rate),
        })
    }

    fn line(&self, line: &Line) -> Value {
        let account = self.books.accounts.iter().find(|it| it.id == line.ledger_account_id);
        let rate = self.books.tax_rates.iter().find(|it| it.id == line.tax_rate_id);
        json!({
            "id": line.id,
            "displayed_as": line.description,
            "description": line.description,
            "ledger_account": account.map(|it| {
                base("ledger_accounts", &it.id, &format!("{} ({})", it.name, it.nominal_code))
            }),
            "quantity": self.money(line.quantity),
            "unit_price": self.money(line.unit_price),
            "unit_price_includes_tax": line.price_includes_tax,
            "discount_amount": self.money(line.discount),
            "net_amount": self.money(line.net),
            "tax_rate": rate.map(|it| base("tax_rates", it.id, it.name)),
            "tax_amount": self.money(line.tax),
            "total_amount": self.money(line.net + line.tax),
        })
    }

    fn payments_allocations(&self, artefact_id: &str) -> Value {
        let of = |parts: &[Part]| {
            let part = parts.iter().find(|part| part.artefact_id == artefact_id)?;
            Some(self.money(part.amount.abs()))
        };
        let paid = self.books.payments.iter().filter(|it| it.deleted_at.is_none());
        let paid = paid.filter_map(|it| {
            let row = json!({
                "date": it.date, "reference": it.reference, "amount": of(&it.parts)?,
                "contact_payment": base("contact_payments", &it.id, ""),
            });
            Some(row)
        });
        let set = self.books.allocations.iter().filter(|it| it.deleted_at.is_none());
        let set = set.filter_map(|it| {
            let row = json!({
                "date": it.date, "amount": of(&it.parts)?,
                "contact_allocation": base("contact_allocations", &it.id, ""),
            });
            Some(row)
        });
        paid.chain(set).collect()
    }

    /// A payment.
    pub fn payment(&self, row: &Payment) -> Value {
        let bank = self.books.banks.iter().find(|it| it.id == row.bank_account_id);
        let on_account = row.on_account.as_ref().map(|left| {
            merged(
                base("payments_on_account", &left.id, ""),
                json!({
                    "date": row.date,
                    "total_amount": self.money(left.total),
                    "outstanding_amount": self.money(left.outstanding),
                }),
            )
        });
        merged(
            base("contact_payments", &row.id, row.reference.as_deref().unwrap_or_default()),
            json!({
                "created_at": moment(row.created_at),
                "updated_at": moment(row.updated_at),
                "deleted_at": row.deleted_at.map(moment),
                "links": [],
                "transaction_type":
                    listed("transaction_types", TRANSACTION_TYPES, &row.transaction_type),
                "payment_method": listed("payment_methods", PAYMENT_METHODS, &row.payment_method_id),
                "contact": self.contact_base(&row.contact_id),
                "bank_account": bank.map(|it| base("bank_accounts", &it.id, &it.name)),
                "date": row.date,
                "total_amount": self.money(row.total),
                "currency": currency(&row.currency),
                "exchange_rate": self.money(row.exchange_rate),
                "base_currency_total_amount": self.in_base(row.total, row.exchange_rate),
                "reference": row.reference,
                "allocated_artefacts": self.parts(&row.parts),
                "payment_on_account": on_account,
                "editable": true,
            }),
        )
    }

    /// An allocation.
    pub fn allocation(&self, row: &Allocation) -> Value {
        let kind = "CUSTOMER_ALLOCATION";
        merged(
            base("contact_allocations", &row.id, ""),
            json!({
                "created_at": moment(row.created_at),
                "updated_at": moment(row.updated_at),
                "deleted_at": row.deleted_at.map(moment),
                "links": [],
                "transaction_type": listed("transaction_types", TRANSACTION_TYPES, kind),
                "date": row.date,
                "contact": self.contact_base(&row.contact_id),
                "allocated_artefacts": self.parts(&row.parts),
            }),
        )
    }

    fn parts(&self, parts: &[Part]) -> Value {
        let part = |part: &Part| {
            let artefact = self.books.artefact(&part.artefact_id);
            let (collection, number) = artefact
                .map_or(("payments_on_account", ""), |it| (it.kind.collection(), &it.number));
            json!({
                "id": part.id,
                "artefact": base(collection, &part.artefact_id, number),
                "amount": self.money(part.amount),
            })
        };
        parts.iter().map(part).collect()
    }

    /// A ledger account, with what stands on it over some days where that is asked for.
    pub fn ledger_account(
        &self,
        row: &LedgerAccount,
        posted: Option<(&[Entry<'_>], (NaiveDate, NaiveDate))>,
    ) -> Value {
        let name = format!("{} ({})", row.name, row.nominal_code);
        let details = posted.map(|(entries, span)| {
            let (debits, credits) = balances::of(entries, row, span);
            let is_debit = debits >= credits;
            json!({
                "balance": self.money((debits - credits).abs()),
                "credit_or_debit": if is_debit { "debit" } else { "credit" },
                "credits": self.money(credits),
                "debits": self.money(debits),
                "from_date": span.0.to_string(),
                "to_date": span.1.to_string(),
            })
        });
        let mut shown = merged(
            base("ledger_accounts", &row.id, &name),
            json!({
                "name": row.name,
                "display_name": row.name,
                "nominal_code": row.nominal_code,
                "ledger_account_group": {"id": row.group, "displayed_as": row.group},
                "tax_rate": base("tax_rates", row.tax_rate_id, row.tax_rate_id),
                "included_in_chart": true,
                "is_control_account": row.is_control,
                "visible_in_sales": row.visible_in_sales,
                "visible_in_journals": row.visible_in_journals,
            }),
        );
        if let Some(details) = details {
            shown["balance_details"] = details;
        }
        shown
    }

    /// A bank account.
    pub fn bank_account(&self, row: &BankAccount) -> Value {
        let shown = format!("{} ({})", row.name, row.nominal_code);
        merged(
            base("bank_accounts", &row.id, &shown),
            json!({
                "nominal_code": row.nominal_code,
                "ledger_account": base("ledger_accounts", &row.ledger_account_id, &shown),
                "is_active": row.is_active,
                "currency": currency(
                    row.currency.as_ref().unwrap_or(&self.books.settings.base_currency),
                ),
            }),
        )
    }

    /// A tax rate.
    pub fn tax_rate(&self, row: &TaxRate) -> Value {
        merged(
            base("tax_rates", row.id, &format!("{} {}%", row.name, row.percentage)),
            json!({
                "name": row.name,
                "percentage": self.money(row.percentage),
                "is_visible": row.is_visible,
                "retailer": false,
                "editable": false,
                "deletable": false,
                "is_combined_rate": false,
            }),
        )
    }

    /// The financial settings.
    pub fn settings(&self) -> Value {
        let settings = &self.books.settings;
        json!({
            "$path": "/financial_settings",
            "year_end_date": "2026-12-31",
            "year_end_lockdown_date": settings.lockdown,
            "accounting_type": "accrual",
            "accounts_start_date": settings.accounts_start,
            "base_currency": currency(&settings.base_currency),
            "multi_currency_enabled": settings.multi_currency,
        })
    }
}

/// A contact's name, with its reference.
pub fn shown_name(row: &Contact) -> String {
    match &row.reference {
        Some(reference) => format!("{} ({reference})", row.name),
        None => row.name.clone(),
    }
}

fn link(path: &str, id: &str) -> Value {
    let href = format!("https://accounting.sageone.com/{path}/{id}");
    json!({"href": href, "rel": "alternate", "type": "text/html"})
}

/// A nested record as it was sent, its `…_id` fields shown as references.
fn nested(part: &Value, owner: &str) -> Value {
    let mut shown = Map::new();
    shown.insert("id".to_owned(), json!(owner));
    for (name, value) in part.as_object().into_iter().flatten() {
        match (name.strip_suffix("_id"), value.as_str()) {
            (Some(name), Some(id)) => shown.insert(name.to_owned(), base(name, id, id)),
            (None, _) if !name.ends_with("_ids") => shown.insert(name.clone(), value.clone()),
            _ => None,
        };
    }
    Value::Object(shown)
}
