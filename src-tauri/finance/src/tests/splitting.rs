use super::*;
use crate::discount::DocumentDiscount;
use crate::ids::PayerId;
use crate::invoice::{DraftPart, InvoiceRejection, Party};
use crate::line::{LineRejection, Totals};
use crate::payer::{Payer, PayerKind};
use crate::pricing::{price, price_discounted};
use crate::split::{Part, SplitRejection, amounts, split};
use crate::terms::PaymentTerms;

fn percent(text: &str) -> Part {
    Part::Percent(dec(text))
}

fn three_rates() -> Vec<LineItem> {
    vec![
        line("2", "849.99", standard("25")),
        line("1", "333.33", tax("33", VatCategory::S, "12")),
        line("1", "100.01", tax("5", VatCategory::Z, "0")),
    ]
}

fn party(part: Part) -> Party {
    Party {
        person: Person { name: "NAV Fjordby".into(), ..Person::default() },
        payer: None,
        reference: "PO 77".into(),
        due_date: day("2026-12-20"),
        terms: Some(PaymentTerms::Issue { days: 30 }),
        part,
    }
}

/// The parts come to the whole: in all, for each VAT code and line by line.
fn adds_up(whole: &Totals, parts: &[Totals]) {
    let currency = whole.gross.currency();
    let sum = |of: &dyn Fn(&Totals) -> Money| Money::sum(currency, parts.iter().map(of)).unwrap();
    assert_eq!(sum(&|part| part.gross), whole.gross);
    assert_eq!(sum(&|part| part.net), whole.net);
    assert_eq!(sum(&|part| part.vat), whole.vat);
    let zero = Money::zero(currency);
    for (at, code) in whole.by_code.iter().enumerate() {
        assert_eq!(sum(&|part| part.by_code[at].vat), code.vat);
        assert_eq!(sum(&|part| part.by_code[at].gross), code.gross);
    }
    for (at, line) in whole.lines.iter().enumerate() {
        assert_eq!(sum(&|part| part.lines[at].gross), line.gross);
        assert_eq!(sum(&|part| part.lines[at].net), line.net);
        let discounts = sum(&|part| part.lines[at].discount.unwrap_or(zero));
        assert_eq!(discounts, line.discount.unwrap_or(zero));
    }
    for part in parts {
        agrees_with_itself(part);
    }
}

/// Lines, VAT codes and totals of one document agree.
fn agrees_with_itself(part: &Totals) {
    let currency = part.gross.currency();
    let of_lines = |of: &dyn Fn(&crate::line::PricedLine) -> Money| {
        Money::sum(currency, part.lines.iter().map(of)).unwrap()
    };
    assert_eq!(of_lines(&|line| line.gross), part.gross);
    assert_eq!(of_lines(&|line| line.vat), part.vat);
    assert_eq!(part.net.plus(part.vat).unwrap(), part.gross);
}

#[test]
fn two_halves_of_an_odd_total_differ_by_one_minor_unit() {
    let whole = price(three_rates(), PriceBasis::Gross, Currency::NOK).unwrap();
    let asked = amounts(whole.gross, &[percent("50"), percent("50")]).unwrap();
    assert_eq!((asked[0], asked[1]), (nok("1066.66"), nok("1066.66")));
    let odd = price(vec![line("1", "0.03", standard("25"))], PriceBasis::Gross, Currency::NOK);
    let odd = amounts(odd.unwrap().gross, &[percent("50"), percent("50")]).unwrap();
    assert_eq!((odd[0], odd[1]), (nok("0.02"), nok("0.01")));
    adds_up(&whole, &split(&whole, PriceBasis::Gross, &asked).unwrap());
}

#[test]
fn the_vat_of_a_part_is_what_its_rate_makes_of_it_within_a_minor_unit() {
    let lines = vec![line("1", "0.99", standard("25")); 40];
    let whole = price(lines, PriceBasis::Gross, Currency::NOK).unwrap();
    let asked = amounts(whole.gross, &[percent("50"), percent("50")]).unwrap();
    let parts = split(&whole, PriceBasis::Gross, &asked).unwrap();
    for part in &parts {
        let exact = part.gross.amount() - part.gross.amount() / dec("1.25");
        assert!((exact - part.vat.amount()).abs() <= dec("0.01"), "{exact} {}", part.vat);
    }
    adds_up(&whole, &parts);
}

#[test]
fn a_fixed_amount_leaves_the_rest_to_another() {
    let whole = nok("1500");
    let asked = amounts(whole, &[Part::Amount(nok("1000")), Part::Rest]).unwrap();
    assert_eq!(asked, [nok("1000"), nok("500")]);
    let asked = amounts(whole, &[percent("10"), Part::Amount(nok("1000")), Part::Rest]).unwrap();
    assert_eq!(asked, [nok("150"), nok("1000"), nok("350")]);
}

#[test]
fn shares_that_do_not_add_up_are_refused() {
    let refused = |parts: &[Part]| amounts(nok("100"), parts).unwrap_err();
    assert_eq!(refused(&[]), SplitRejection::PartCount);
    let left = nok("10");
    assert_eq!(refused(&[percent("90")]), SplitRejection::DoesNotAddUp { left });
    let left = nok("-20");
    assert_eq!(refused(&[Part::Amount(nok("120"))]), SplitRejection::DoesNotAddUp { left });
    assert_eq!(refused(&[Part::Rest, Part::Rest]), SplitRejection::TwoRests);
    assert_eq!(refused(&[percent("0"), Part::Rest]), SplitRejection::NotPositive { place: 1 });
    let all = [percent("100"), Part::Rest];
    assert_eq!(refused(&all), SplitRejection::Nothing { place: 2 });
    let empty = amounts(nok("0"), &[percent("100")]).unwrap_err();
    assert_eq!(empty, SplitRejection::EmptyDocument);
}

#[test]
fn each_part_is_an_invoice_of_its_own_to_its_payer() {
    let draft = draft(three_rates(), PriceBasis::Gross, Currency::NOK);
    let payer = Payer {
        id: PayerId(Uuid::from_u128(9)),
        school_id: draft.school_id,
        department_id: None,
        kind: PayerKind::Agency,
        number: "P1".into(),
        person: Person { name: "NAV Fjordby".into(), ..Person::default() },
        org_number: "889 640 782".into(),
        vat_number: String::new(),
        reference: String::new(),
        terms: None,
        active: true,
    };
    let agency = Party {
        payer: Some(Box::new(payer.on_invoice(&draft.person))),
        ..party(Part::Amount(nok("1000")))
    };
    let student = Party { person: draft.person.clone(), ..party(Part::Rest) };
    let parts = draft.split(vec![agency, student]).unwrap();
    let first = InvoiceId(Uuid::from_u128(4));
    let issue = |(at, part): (u128, DraftPart)| {
        let id = InvoiceId(Uuid::from_u128(4 + at));
        part.issue((id, first), number(10461 + at as u64), String::new()).unwrap()
    };
    let invoices: Vec<Invoice> = (0..).zip(parts).map(issue).collect();
    let [agency, student] = invoices.as_slice() else { panic!("two invoices") };
    assert_eq!(agency.totals.gross, nok("1000"));
    assert_eq!(agency.person.name, "NAV Fjordby");
    assert_eq!(agency.payer.as_ref().unwrap().person.name, "Jonas Lindås");
    assert_eq!(agency.totals.lines[0].item.description, "2 × Kjøretime");
    assert_eq!(student.person.name, "Jonas Lindås");
    let mark = student.split.as_ref().unwrap();
    assert_eq!((mark.first, mark.place, mark.count), (first, 2, 2));
    assert_eq!(mark.whole, agency.totals.gross.plus(student.totals.gross).unwrap());
}

#[test]
fn a_part_without_a_named_buyer_cannot_be_issued() {
    let draft = draft(three_rates(), PriceBasis::Gross, Currency::NOK);
    let nobody = Party { person: Person::default(), ..party(percent("100")) };
    let part = draft.split(vec![nobody]).unwrap().remove(0);
    assert_eq!(part.check(), Err(InvoiceRejection::NoBuyer));
}

#[test]
fn an_invoice_of_before_reads_and_hashes_as_it_did() {
    let invoice = issued(draft(three_rates(), PriceBasis::Gross, Currency::NOK));
    let text = serde_json::to_string(&invoice).unwrap();
    for field in ["payer", "split", "terms", "discount\""] {
        assert!(!text.contains(&format!("\"{field}")), "{field} in {text}");
    }
    assert_eq!(serde_json::from_str::<Invoice>(&text).unwrap(), invoice);
}

#[test]
fn a_discount_of_the_document_is_taken_before_vat_and_stands_on_the_lines() {
    let discount = Some(DocumentDiscount::Percent(dec("10")));
    let totals = price_discounted(three_rates(), discount, PriceBasis::Gross, Currency::NOK);
    let totals = totals.unwrap();
    assert_eq!(totals.discount(), Some(nok("213.33")));
    assert_eq!(totals.gross, nok("1919.99"));
    assert_eq!(totals.lines[0].amount(PriceBasis::Gross), nok("1699.98"));
    let vat = totals.by_code[0].gross.amount() - totals.by_code[0].gross.amount() / dec("1.25");
    assert_eq!(totals.by_code[0].vat, Money::rounded(vat, Currency::NOK).unwrap());
}

#[test]
fn a_discount_never_touches_what_is_only_passed_on() {
    let mut fee = line("1", "650", tax("E", VatCategory::Z, "0"));
    fee.kind = ServiceKind::PassThrough;
    let lines = vec![line("1", "1000", standard("25")), fee];
    let amount = |text| Some(DocumentDiscount::Amount(nok(text)));
    let of = |discount| price_discounted(lines.clone(), discount, PriceBasis::Gross, Currency::NOK);
    let totals = of(amount("1000")).unwrap();
    assert_eq!((totals.lines[0].gross, totals.lines[1].gross), (nok("0"), nok("650")));
    assert_eq!(of(amount("1000.01")).unwrap_err(), LineRejection::DocumentDiscount);
    assert_eq!(of(amount("0")).unwrap_err(), LineRejection::DocumentDiscount);
    let percent = Some(DocumentDiscount::Percent(dec("100.5")));
    assert_eq!(of(percent).unwrap_err(), LineRejection::DocumentDiscount);
}

#[test]
fn terms_count_from_the_date_or_from_the_end_of_its_month() {
    let due = |terms: PaymentTerms, date| terms.due(day(date));
    assert_eq!(due(PaymentTerms::Issue { days: 14 }, "2026-11-20"), day("2026-12-04"));
    assert_eq!(due(PaymentTerms::Issue { days: 0 }, "2026-11-20"), day("2026-11-20"));
    assert_eq!(due(PaymentTerms::EndOfMonth { days: 0 }, "2028-02-03"), day("2028-02-29"));
    assert_eq!(due(PaymentTerms::EndOfMonth { days: 30 }, "2026-12-31"), day("2027-01-30"));
}

/// Shares of hundredths of a percent that come to all of it.
fn any_shares() -> impl Strategy<Value = Vec<Part>> {
    prop::collection::vec(1_i64..2_000, 1..5).prop_map(|hundredths| {
        let mut parts: Vec<Part> =
            hundredths.iter().map(|h| Part::Percent(Decimal::new(*h, 2))).collect();
        parts.push(Part::Rest);
        parts
    })
}

fn any_discount() -> impl Strategy<Value = Option<DocumentDiscount>> {
    prop::option::of((1_i64..=10_000).prop_map(|h| DocumentDiscount::Percent(Decimal::new(h, 2))))
}

proptest! {

    #[test]
    fn parts_add_up_to_the_whole_for_every_rate_and_line(
        lines in prop::collection::vec(any_line(-90_000_000), 1..9),
        shares in any_shares(),
        discount in any_discount(),
        basis in any_basis(),
        currency in any_currency(),
    ) {
        let Ok(whole) = price_discounted(lines, discount, basis, currency) else { return Ok(()) };
        let Ok(asked) = amounts(whole.gross, &shares) else { return Ok(()) };
        let parts = split(&whole, basis, &asked).unwrap();
        adds_up(&whole, &parts);
        for (part, asked) in parts.iter().zip(asked) {
            prop_assert_eq!(part.gross, asked);
        }
    }

    #[test]
    fn a_discount_is_spread_exactly_and_vat_is_found_on_what_is_left(
        lines in prop::collection::vec(any_line(-90_000_000), 1..9),
        percent in 1_i64..=10_000,
        basis in any_basis(),
        currency in any_currency(),
    ) {
        let discount = DocumentDiscount::Percent(Decimal::new(percent, 2));
        let plain = price(lines.clone(), basis, currency);
        let totals = price_discounted(lines, Some(discount), basis, currency);
        let (Ok(plain), Ok(totals)) = (plain, totals) else { return Ok(()) };
        let shown = |totals: &Totals| {
            Money::sum(currency, totals.lines.iter().map(|line| line.amount(basis))).unwrap()
        };
        prop_assert_eq!(shown(&plain), shown(&totals));
        let before = if basis == PriceBasis::Gross { plain.gross } else { plain.net };
        let after = if basis == PriceBasis::Gross { totals.gross } else { totals.net };
        let taken = totals.discount().unwrap_or(Money::zero(currency));
        prop_assert_eq!(before.minus(taken).unwrap(), after);
        let fraction = Decimal::new(percent, 4);
        prop_assert_eq!(taken, Money::rounded(before.amount() * fraction, currency).unwrap());
        agrees_with_itself(&totals);
        for sum in &totals.by_code {
            let rate = sum.tax.rate / Decimal::ONE_HUNDRED;
            let exact = match basis {
                PriceBasis::Gross => sum.gross.amount() - sum.gross.amount() / (Decimal::ONE + rate),
                PriceBasis::Net => sum.net.amount() * rate,
            };
            let unit = Decimal::new(1, currency.decimals());
            prop_assert!((exact - sum.vat.amount()).abs() < unit);
        }
    }
}
