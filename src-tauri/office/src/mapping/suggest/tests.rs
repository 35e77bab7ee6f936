mod charts;

use super::*;
use crate::mapping::rows::Hint;
use rust_decimal::Decimal;

fn account(code: &str, name: &str, class: &str) -> RemoteRow {
    RemoteRow {
        remote_id: code.to_owned(),
        code: code.to_owned(),
        name: name.to_owned(),
        class: class.to_owned(),
        rate: None,
        default_tax_code: None,
        currency: None,
        for_sales: class == "income",
        active: true,
    }
}

fn rate(code: &str, name: &str, percent: u32) -> RemoteRow {
    RemoteRow { rate: Some(Decimal::from(percent)), for_sales: true, ..account(code, name, "") }
}

fn ours(kind: MappedKind, label: &str, hint: Hint) -> Ours {
    Ours {
        kind,
        local_key: "key".to_owned(),
        label: label.to_owned(),
        code: "x".to_owned(),
        detail: String::new(),
        hint,
    }
}

fn service(label: &str, account: &str) -> Ours {
    let hint = Hint { account: account.to_owned(), ..Hint::default() };
    ours(MappedKind::Service, label, hint)
}

fn vat(label: &str, category: VatCategory, percent: u32) -> Ours {
    let hint = Hint { vat: Some((category, Decimal::from(percent))), ..Hint::default() };
    ours(MappedKind::TaxCode, label, hint)
}

fn guess(ours: &Ours, theirs: &[RemoteRow]) -> Option<(String, String)> {
    suggest(ours, theirs, &[]).map(|it| (it.remote_code, it.because))
}

fn guessed(code: &str, because: &str) -> Option<(String, String)> {
    Some((code.to_owned(), because.to_owned()))
}

#[test]
fn the_same_account_number_comes_before_the_same_name() {
    let theirs = [account("3000", "Salg", "income"), account("3010", "Kjøretime", "income")];
    assert_eq!(guess(&service("Kjøretime", "3000"), &theirs), guessed("3000", "same_code"));
    assert_eq!(guess(&service("Kjøretime", "3999"), &theirs), guessed("3010", "same_name"));
}

#[test]
fn an_account_of_another_class_or_archived_is_not_suggested() {
    let mut archived = account("3000", "Salg", "income");
    archived.active = false;
    let theirs = [archived, account("3001", "Kjøretime", "expense")];
    assert_eq!(guess(&service("Kjøretime", "3000"), &theirs), None);
}

#[test]
fn a_debt_is_suggested_only_for_what_is_passed_on() {
    let theirs = [account("2990", "Utlegg", "liability"), account("3000", "Salg", "income")];
    let mut passed_on = service("Utlegg", "");
    assert_eq!(guess(&passed_on, &theirs), guessed("3000", "only_choice"));
    passed_on.hint.sold = Some(ServiceKind::PassThrough);
    assert_eq!(guess(&passed_on, &theirs), guessed("2990", "same_name"));
}

#[test]
fn nothing_is_guessed_where_two_are_equally_good() {
    let theirs = [account("1", "Salg", "income"), account("2", "Salg", "income")];
    assert_eq!(guess(&service("Salg", ""), &theirs), None);
}

#[test]
fn a_spelling_mistake_is_seen_through() {
    let theirs = [account("1", "Driving lesons", "income"), account("2", "Books", "income")];
    assert_eq!(guess(&service("Driving lessons", ""), &theirs), guessed("1", "similar_name"));
}

#[test]
fn exempt_and_zero_rated_are_told_apart_by_name() {
    let theirs = [
        rate("TAX001", "Utgående mva. 25 %", 25),
        rate("ZERORATEDOUTPUT", "Avgiftsfritt salg", 0),
        rate("EXEMPTOUTPUT", "Unntatt avgiftsplikt", 0),
        rate("NONE", "Ingen mva.", 0),
    ];
    let found = |category, percent| guess(&vat("Mva", category, percent), &theirs);
    assert_eq!(found(VatCategory::S, 25), guessed("TAX001", "same_rate"));
    assert_eq!(found(VatCategory::Z, 0), guessed("ZERORATEDOUTPUT", "same_rate"));
    assert_eq!(found(VatCategory::E, 0), guessed("EXEMPTOUTPUT", "same_rate"));
    assert_eq!(found(VatCategory::O, 0), guessed("NONE", "same_rate"));
}

#[test]
fn a_rate_that_is_not_ours_is_never_suggested() {
    let theirs = [rate("TAX001", "Mva", 25)];
    assert_eq!(guess(&vat("Mva", VatCategory::S, 15), &theirs), None);
}
