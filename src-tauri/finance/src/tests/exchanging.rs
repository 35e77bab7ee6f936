use super::*;
use crate::credit_note::{CreditNote, CreditOrder, CreditedLine};
use crate::exchange::{
    Conversion, ExchangeRate, Left, RateRejection, RateUsed, Worth, check_rate, level,
};
use crate::ids::CreditNoteId;
use crate::ledger::charts::template;
use crate::ledger::{Cause, Chart, Movement, Part};
use crate::line::Totals;
use std::collections::BTreeMap;

fn used(rate: &str, base: Currency) -> RateUsed {
    RateUsed { rate: dec(rate), on: day("2026-03-01"), base }
}

fn any_rate() -> impl Strategy<Value = Decimal> {
    (1_i64..50_000_000_000, 6_u32..=10).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
}

fn foreign(
    lines: Vec<LineItem>,
    basis: PriceBasis,
    (currency, rate): (Currency, RateUsed),
) -> Option<Invoice> {
    let draft = DraftInvoice { exchange: Some(rate), ..draft(lines, basis, currency) };
    draft.issue(InvoiceId(Uuid::from_u128(7)), number(1), String::new()).ok()
}

#[test]
fn the_latest_rate_that_is_not_of_a_later_day_holds() {
    let rate = |on: &str, rate: &str| ExchangeRate {
        school_id: SchoolId(Uuid::from_u128(1)),
        currency: Currency::EUR,
        rate: dec(rate),
        on: day(on),
        source: String::new(),
    };
    let rates = [rate("2026-01-05", "11.5"), rate("2026-01-01", "11.4"), rate("2026-02-01", "12")];
    let found =
        |on: &str| ExchangeRate::in_force(&rates, Currency::EUR, day(on)).map(|rate| rate.rate);
    assert_eq!(found("2025-12-31"), None);
    assert_eq!(found("2026-01-04"), Some(dec("11.4")));
    assert_eq!(found("2026-01-31"), Some(dec("11.5")));
    assert_eq!(ExchangeRate::in_force(&rates, Currency::NOK, day("2026-03-01")), None);
    assert_eq!(rates[0].check(Currency::EUR), Err(RateRejection::OwnCurrency));
    for wrong in ["0", "-1", "0.00000000001", "1000000001"] {
        assert_eq!(check_rate(dec(wrong)), Err(RateRejection::Rate), "{wrong}");
    }
}

#[test]
fn an_amount_is_worth_its_rate_whatever_the_decimals() {
    let eur = |minor| Money::from_minor(minor, Currency::EUR);
    let yen: Currency = "JPY".parse().unwrap();
    let dinar: Currency = "KWD".parse().unwrap();
    assert_eq!(used("11.58", Currency::NOK).worth(eur(10_000)), Ok(nok("1158")));
    assert_eq!(used("11.585", Currency::NOK).worth(eur(-1)), Ok(nok("-0.12")));
    let worth = used("163.4", yen).worth(eur(10_050));
    assert_eq!(worth, Ok(Money::from_minor(16_422, yen)));
    let worth = used("32.1", Currency::NOK).worth(Money::from_minor(1_001, dinar));
    assert_eq!(worth, Ok(nok("32.13")));
    let price = used("11.58", Currency::NOK).price(dec("790"), Currency::EUR);
    assert_eq!(price, Ok(eur(6_822)));
}

#[test]
fn a_part_takes_its_share_and_the_last_one_the_rest() {
    let eur = |minor| Money::from_minor(minor, Currency::EUR);
    let open = Left { own: eur(10_000), base: nok("1158.01") };
    let (rest, first) = open.after(eur(5_000)).unwrap();
    assert_eq!(first, nok("579.01"));
    assert_eq!(rest.take(eur(5_000)), Ok(nok("579.00")));
    let worth = Worth { invoice_base: nok("579.01"), source_base: nok("585") };
    assert_eq!(worth.gain(), Ok(nok("5.99")));
    let tiny = Left { own: eur(100), base: nok("0.01") };
    assert_eq!(tiny.take(eur(99)), Ok(nok("0")));
}

#[test]
fn what_two_desks_rounded_is_levelled() {
    assert_eq!(level(0, 1), (0, 1));
    assert_eq!(level(0, -1), (0, -1));
    assert_eq!(level(5, 0), (1, -1));
    assert_eq!(level(5, 40), (40, 0));
}

fn document(cause: Cause, totals: &Totals) -> Vec<Movement> {
    let parts = Part::of(totals).unwrap();
    parts.into_iter().map(|part| Movement::Document(cause, part)).collect()
}

/// What a settlement posts: what it takes from the invoice, and what was gained or lost.
fn settled(worth: Worth) -> Vec<Movement> {
    let gain = worth.gain().unwrap();
    let amount = if gain.is_negative() { gain.negated() } else { gain };
    vec![
        Movement::Settled(Cause::Allocation, worth.invoice_base),
        Movement::Exchanged(Cause::Exchange, gain.is_positive(), amount),
    ]
}

fn credit(
    invoice: &Invoice,
    lines: Vec<CreditedLine>,
    earlier: &[CreditNote],
) -> Option<CreditNote> {
    let order = CreditOrder {
        id: CreditNoteId(Uuid::from_u128(9)),
        number: number(1),
        issue_date: invoice.issue_date,
        reason: "Avlyst".into(),
        lines,
    };
    invoice.credit(order, earlier).ok()
}

proptest! {
    #[test]
    fn what_a_document_is_worth_adds_up_and_its_vat_follows_the_rate(
        lines in any_lines(0), basis in any_basis(),
        (own, base, rate) in (any_currency(), any_currency(), any_rate()),
    ) {
        prop_assume!(own != base);
        let Some(invoice) = foreign(lines, basis, (own, RateUsed { rate, ..used("1", base) }))
        else { return Ok(()) };
        let conversion = invoice.conversion.as_ref().unwrap();
        let books = invoice.books().totals();
        prop_assert_eq!(books.net.plus(books.vat), Ok(books.gross));
        prop_assert_eq!(conversion.rate.worth(invoice.totals.gross), Ok(books.gross));
        for (code, base) in invoice.totals.by_code.iter().zip(&conversion.by_code) {
            prop_assert_eq!(base.net.plus(base.vat), Ok(base.gross));
            let exact = conversion.rate.worth(code.vat).unwrap();
            prop_assert!((exact.minor() - base.vat.minor()).abs() <= 1);
        }
        let lines = Money::sum(base, books.lines.iter().map(|line| line.gross));
        prop_assert_eq!(lines, Ok(books.gross));
    }

    #[test]
    fn credit_notes_together_reverse_the_worth_exactly(
        lines in any_lines(0), basis in any_basis(),
        (own, base, rate) in (any_currency(), any_currency(), any_rate()),
        parts in prop::collection::vec(1_i64..100, 20),
    ) {
        prop_assume!(own != base);
        let Some(invoice) = foreign(lines, basis, (own, RateUsed { rate, ..used("1", base) }))
        else { return Ok(()) };
        let all = invoice.creditable(&[]);
        let part = |(line, percent): (&CreditedLine, &i64)| CreditedLine {
            line: line.line,
            gross: Money::from_minor(line.gross.minor() * percent / 100, own),
        };
        let some: Vec<CreditedLine> =
            all.iter().zip(&parts).map(part).filter(|line| !line.gross.is_zero()).collect();
        let mut notes = Vec::new();
        notes.extend(credit(&invoice, some, &[]));
        let rest = invoice.creditable(&notes).into_iter().filter(|line| !line.gross.is_zero());
        notes.extend(credit(&invoice, rest.collect(), &notes.clone()));
        let back = Money::sum(own, notes.iter().map(|note| note.totals.gross)).unwrap();
        if back == invoice.totals.gross {
            let worth = |of: fn(&CreditNote) -> Money| Money::sum(base, notes.iter().map(of));
            prop_assert_eq!(worth(|note| note.books().gross()), Ok(invoice.books().gross()));
            prop_assert_eq!(worth(|note| note.books().sums().vat), Ok(invoice.books().sums().vat));
        }
    }

    #[test]
    fn nothing_is_left_of_the_worth_exactly_when_nothing_is_left_to_settle(
        (open, worth, paid) in (1_i64..1_000_000, 2_i64..50_000_000, 2_i64..50_000_000),
        cuts in prop::collection::vec(1_i64..1_000, 1..12),
    ) {
        let money = |minor| Money::from_minor(minor, Currency::EUR);
        let base = |minor| Money::from_minor(minor, Currency::NOK);
        let mut invoice = Left { own: money(open), base: base(worth) };
        let mut source = Left { own: money(open), base: base(paid) };
        let mut gained = 0;
        let mut wanted: Vec<i64> = cuts.iter().map(|cut| open * cut / 10_000).collect();
        wanted.push(open);
        for part in wanted {
            let part = money(part.min(invoice.own.minor()));
            if part.is_zero() {
                continue;
            }
            let (left, invoice_base) = invoice.after(part).unwrap();
            let (unused, source_base) = source.after(part).unwrap();
            gained += Worth { invoice_base, source_base }.gain().unwrap().minor();
            (invoice, source) = (left, unused);
            prop_assert_eq!(invoice.own.is_zero(), invoice.base.is_zero());
            prop_assert_eq!(source.own.is_zero(), source.base.is_zero());
        }
        prop_assert!(invoice.own.is_zero());
        prop_assert_eq!(gained, paid - worth);
    }

    #[test]
    fn a_part_of_a_lines_worth_is_that_part_of_its_own_amount(
        lines in any_lines(0), basis in any_basis(), part in 0_i64..=100,
        (own, base, rate) in (any_currency(), any_currency(), any_rate()),
    ) {
        prop_assume!(own != base);
        let Some(invoice) = foreign(lines, basis, (own, RateUsed { rate, ..used("1", base) }))
        else { return Ok(()) };
        let books = invoice.books().totals();
        for (place, (line, worth)) in invoice.totals.lines.iter().zip(&books.lines).enumerate() {
            prop_assume!(!worth.gross.is_zero());
            let of = |amount| invoice.own_part(&[], place, amount);
            prop_assert_eq!(of(worth.gross), Ok(line.gross));
            prop_assert_eq!(of(Money::zero(base)), Ok(Money::zero(own)));
            let minor = i128::from(worth.gross.minor()) * i128::from(part) / 100;
            let some = of(Money::from_minor(i64::try_from(minor).unwrap(), base)).unwrap();
            prop_assert!(some.minor().abs() <= line.gross.minor().abs());
        }
    }

    #[test]
    fn what_is_left_of_a_lines_worth_is_what_is_left_of_its_own_amount(
        lines in any_lines(0), basis in any_basis(),
        (own, base, rate) in (any_currency(), any_currency(), any_rate()),
        by_hand in 1_i64..100, cuts in prop::collection::vec(1_i64..100, 0..4),
    ) {
        prop_assume!(own != base);
        let Some(invoice) = foreign(lines, basis, (own, RateUsed { rate, ..used("1", base) }))
        else { return Ok(()) };
        let part = |of: Money, percent: i64| {
            let minor = i128::from(of.minor()) * i128::from(percent) / 100;
            Money::from_minor(i64::try_from(minor).unwrap(), of.currency())
        };
        let worth = invoice.books().totals().lines[0].gross;
        prop_assume!(worth.is_positive());
        let mut notes: Vec<CreditNote> = Vec::new();
        let worth_left = |notes: &[CreditNote]| {
            let taken = notes.iter().map(|note| note.books().gross().minor()).sum::<i64>();
            Money::from_minor(worth.minor() - taken, base)
        };
        // A part by hand, in the invoice's own currency, and then parts by their worth.
        let mut wanted = Some(part(invoice.totals.lines[0].gross, by_hand));
        for cut in cuts.into_iter().chain([100]) {
            if let Some(gross) = wanted.take() {
                notes.extend(credit(&invoice, vec![CreditedLine { line: 0, gross }], &notes));
            }
            let left = worth_left(&notes);
            if left.is_positive() {
                wanted = Some(invoice.own_part(&notes, 0, part(left, cut)).unwrap());
            }
        }
        let own_left = invoice.creditable(&notes)[0].gross;
        if let Some(rest) = wanted.filter(|_| worth_left(&notes).is_positive()) {
            prop_assert_eq!(rest, own_left);
            if let Some(last) = credit(&invoice, vec![CreditedLine { line: 0, gross: rest }], &notes) {
                notes.push(last);
                prop_assert!(worth_left(&notes).is_zero());
            }
        }
    }

    #[test]
    fn money_and_the_difference_of_its_rates_close_what_is_owed_to_nothing(
        (own, base, rate) in (any_currency(), any_currency(), any_rate()),
        lines in any_lines(0), basis in any_basis(),
        rates in prop::collection::vec(any_rate(), 4), cuts in prop::collection::vec(1_i64..100, 4),
        credited in 0_i64..100,
    ) {
        prop_assume!(own != base);
        let Some(invoice) = foreign(lines, basis, (own, RateUsed { rate, ..used("1", base) }))
        else { return Ok(()) };
        let mut open = Left { own: invoice.totals.gross, base: invoice.books().gross() };
        prop_assume!(open.own.is_positive() && open.base.is_positive());
        let part = |left: Money, percent: i64| {
            let minor = i128::from(left.minor()) * i128::from(percent) / 100;
            Money::from_minor(i64::try_from(minor).unwrap(), own)
        };
        let chart = Chart::new(template("NO"), [], []);
        let mut entries = document(Cause::Invoice, &invoice.books().totals());
        // What is taken back settles at its own worth: nothing is gained or lost.
        let first = CreditedLine { line: 0, gross: part(invoice.totals.lines[0].gross, credited) };
        let note = credit(&invoice, vec![first], &[]);
        if let Some(note) = note.filter(|note| note.books().gross().is_positive()) {
            let (amount, worth) = (note.totals.gross, note.books().gross());
            let took = open.take_at(amount, worth).unwrap();
            entries.extend(document(Cause::CreditNote, &note.books().totals()));
            let moved = Worth { invoice_base: took, source_base: worth };
            entries.extend(settled(moved));
            let (own, base) = (open.own.minus(amount).unwrap(), open.base.minus(took).unwrap());
            open = Left { own, base };
        }
        for (rate, cut) in rates.into_iter().zip(cuts.into_iter().chain([100])) {
            let amount = part(open.own, cut);
            let worth = RateUsed { rate, ..used("1", base) }.worth(amount);
            let Some(worth) = worth.ok().filter(|it| it.is_positive()) else { continue };
            let (left, took) = open.after(amount).unwrap();
            entries.push(Movement::Money(Cause::Payment, "bank".into(), worth));
            entries.extend(settled(Worth { invoice_base: took, source_base: worth }));
            open = left;
        }
        let worth = open.base;
        entries.push(Movement::Money(Cause::Payment, "bank".into(), worth));
        entries.extend(settled(Worth { invoice_base: worth, source_base: worth }));
        let postings = entries.iter().flat_map(|it| it.postings(&chart).unwrap());
        let mut sums: BTreeMap<String, i64> = BTreeMap::new();
        for posting in postings {
            *sums.entry(posting.account).or_default() += posting.amount.minor();
        }
        prop_assert_eq!(sums.values().sum::<i64>(), 0);
        prop_assert_eq!(sums.get("1500").copied().unwrap_or_default(), 0);
        prop_assert_eq!(sums.get("2900").copied().unwrap_or_default(), 0);
    }

    #[test]
    fn a_conversion_of_nothing_or_too_much_is_refused_and_never_wraps(
        minor in 1_i64..i64::MAX, rate in any_rate(),
    ) {
        let yen: Currency = "JPY".parse().unwrap();
        let worth = RateUsed { rate, ..used("1", Currency::NOK) };
        if let Ok(worth) = worth.worth(Money::from_minor(minor, yen)) {
            prop_assert!(!worth.is_negative());
        }
    }
}

#[test]
fn a_document_worth_nothing_is_refused() {
    let dong: Currency = "VND".parse().unwrap();
    let one = draft(vec![line("1", "1", standard("25"))], PriceBasis::Gross, dong);
    let totals = one.totals().unwrap();
    assert!(Conversion::of(&totals, used("0.0004", Currency::NOK)).is_err());
}
