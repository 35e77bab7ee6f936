//! What stands on each ledger account, posted from artefacts, receipts and journals.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::books::Books;
use super::model::Kind;
use super::reference::LedgerAccount;

/// Debits and credits of an account over some days, in the currency of the business.
pub fn of(
    books: &Books,
    account: &LedgerAccount,
    (from, to): (NaiveDate, NaiveDate),
) -> (Decimal, Decimal) {
    let (mut debits, mut credits) = (Decimal::ZERO, Decimal::ZERO);
    let mut post = |amount: Decimal| {
        if amount > Decimal::ZERO { debits += amount } else { credits -= amount }
    };
    let within = |date: NaiveDate| (from..=to).contains(&date);
    let (is_debtors, is_tax) = (account.nominal_code == 1100, account.nominal_code == 2200);
    for artefact in books.artefacts.iter().filter(|it| it.status.is_posted() && within(it.date)) {
        let credit_note = artefact.kind == Kind::SalesCreditNote;
        let sign = if credit_note { -Decimal::ONE } else { Decimal::ONE };
        let worth = |amount: Decimal| sign * amount / artefact.exchange_rate;
        if is_debtors {
            post(worth(artefact.total));
        }
        if is_tax {
            post(-worth(artefact.tax));
        }
        for line in artefact.lines.iter().filter(|it| it.ledger_account_id == account.id) {
            post(-worth(line.net));
        }
    }
    let bank = books.banks.iter().find(|it| it.ledger_account_id == account.id);
    for payment in books.payments.iter().filter(|it| it.deleted_at.is_none() && within(it.date)) {
        let received = payment.transaction_type == "CUSTOMER_RECEIPT";
        let sign = if received { Decimal::ONE } else { -Decimal::ONE };
        let worth = sign * payment.total / payment.exchange_rate;
        if bank.is_some_and(|bank| bank.id == payment.bank_account_id) {
            post(worth);
        }
        if is_debtors {
            post(-worth);
        }
    }
    for journal in books.journals.iter().filter(|it| it.deleted_at.is_none() && within(it.date)) {
        for line in journal.lines.iter().filter(|it| it.ledger_account_id == account.id) {
            post(line.debit);
            post(-line.credit);
        }
    }
    (debits, credits)
}
