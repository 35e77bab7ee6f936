use super::{FONTS, sample};
use crate::boxes::{Ink, PAGE_HEIGHT, PAGE_WIDTH, Page, PageBox, TextRun};
use crate::format;
use crate::layout::layout;
use crate::paper::{Language, Paper, PaperSplit};
use finance::discount::DocumentDiscount;
use finance::ids::PayerId;
use finance::line::LineItem;
use finance::payer::InvoicePayer;
use finance::terms::PaymentTerms;
use finance::{Currency, Money};
use proptest::prelude::*;
use rust_decimal::Decimal;

pub fn runs(page: &Page) -> Vec<&TextRun> {
    page.boxes
        .iter()
        .filter_map(|thing| match thing {
            PageBox::Text(run) if run.ink != Ink::Watermark => Some(run),
            _ => None,
        })
        .collect()
}

fn texts(paper: &Paper) -> Vec<String> {
    let pages = layout(paper, &FONTS);
    pages.iter().flat_map(|page| runs(page).into_iter().map(|run| run.text.clone())).collect()
}

pub fn inside_and_apart(pages: &[Page]) -> Result<(), TestCaseError> {
    for page in pages {
        for thing in &page.boxes {
            let (x, y, width, height) = match thing {
                PageBox::Text(run) => (run.x, run.baseline - run.size, run.width, run.size * 5 / 4),
                PageBox::Fill(fill) => (fill.x, fill.y, fill.width, fill.height),
            };
            prop_assert!(x >= 0 && y >= 0 && width >= 0, "{thing:?}");
            prop_assert!(x + width <= PAGE_WIDTH && y + height <= PAGE_HEIGHT, "{thing:?}");
        }
        let mut runs = runs(page);
        runs.sort_by_key(|run| run.baseline);
        for (place, a) in runs.iter().enumerate() {
            for b in &runs[place + 1..] {
                let beside = a.x + a.width <= b.x || b.x + b.width <= a.x;
                // Capital height and descent of the face, as shares of its size.
                let below = a.baseline + a.size / 5 <= b.baseline - b.size * 73 / 100;
                prop_assert!(beside || below, "{a:?} lies on {b:?}");
            }
        }
    }
    Ok(())
}

/// The sums at the foot of a page and at the head of the next.
fn carried(page: &Page, label: &str) -> Option<String> {
    let runs = runs(page);
    let at = runs.iter().find(|run| run.text == label)?;
    let sum = runs.iter().find(|run| run.baseline == at.baseline && run.text != label)?;
    Some(sum.text.clone())
}

fn named(count: usize) -> Vec<LineItem> {
    let name = |n| LineItem { description: format!("Time nr. {n:04}"), ..sample::item(n) };
    (0..count).map(name).collect()
}

fn check(paper: &Paper) -> Result<(), TestCaseError> {
    let pages = layout(paper, &FONTS);
    inside_and_apart(&pages)?;
    let mut sum = Money::zero(Currency::NOK);
    let mut next = 0;
    for (place, page) in pages.iter().enumerate() {
        let said = format::amount(sum, paper.language);
        let brought = carried(page, "Fra forrige side");
        if place > 0 && next < paper.totals.lines.len() {
            prop_assert_eq!(brought, Some(said));
        }
        for run in runs(page).iter().filter(|run| run.text.starts_with("Time nr.")) {
            prop_assert_eq!(&run.text, &format!("Time nr. {next:04}"));
            sum = sum.plus(paper.totals.lines[next].gross).unwrap();
            next += 1;
        }
        if next < paper.totals.lines.len() {
            let foot = carried(page, "Overført");
            prop_assert_eq!(foot, Some(format::amount(sum, paper.language)));
        }
        let number = format!("Side {} av {}", place + 1, pages.len());
        prop_assert!(runs(page).iter().any(|run| run.text == number));
    }
    prop_assert_eq!(next, paper.totals.lines.len());
    Ok(())
}

#[test]
fn a_norwegian_limited_company_shows_its_number_and_register() {
    let texts = texts(&sample::paper(1, Language::Nb));
    assert!(texts.iter().any(|text| text == "Org.nr. 999 000 111 MVA · Foretaksregisteret"));
    let mut person = sample::paper(1, Language::Nb);
    person.seller.name = "Kari Nordmann".into();
    let texts = self::texts(&person);
    assert!(texts.iter().any(|text| text == "Org.nr. 999 000 111 MVA"));
}

#[test]
fn an_invoice_says_how_to_pay_it() {
    let texts = texts(&sample::paper(2, Language::Nb));
    for wanted in ["1506 72 40418", "KID", "100317800104846", "04.12.2026", "A-10484", "Faktura"] {
        assert!(texts.iter().any(|text| text == wanted), "{wanted} is missing");
    }
}

#[test]
fn a_credit_note_refers_to_its_invoice_and_asks_for_no_payment() {
    let texts = texts(&sample::credit_note(Language::En));
    for wanted in ["Credit note", "For invoice", "A-10484", "AK-217"] {
        assert!(texts.iter().any(|text| text == wanted), "{wanted} is missing");
    }
    assert!(!texts.iter().any(|text| text == "Account"));
}

#[test]
fn a_vat_code_without_vat_leads_to_its_reason() {
    let texts = texts(&sample::paper(4, Language::Nb));
    assert!(texts.iter().any(|text| text == "0\u{a0}%\u{a0}²"));
    assert!(texts.iter().any(|text| text == "² Utlegg for eleven, uten påslag og avgift."));
}

#[test]
fn a_draft_is_marked_on_every_page_and_has_no_number() {
    let draft = Paper::draft(&sample::draft(named(120)), Language::Nb).unwrap();
    let marked = |page: &Page| {
        let mut things = page.boxes.iter();
        things.any(|thing| matches!(thing, PageBox::Text(run) if run.ink == Ink::Watermark))
    };
    let pages = layout(&draft, &FONTS);
    assert!(pages.len() > 1 && pages.iter().all(marked));
}

#[test]
fn what_has_no_glyph_shows_as_a_square_and_composed_letters_stay_whole() {
    assert_eq!(FONTS.legible("A\u{30a}s ß ł ₹ Ж 漢 \u{1f600}\u{200b}\t."), "Ås ß ł ₹ Ж □ □ .");
}

#[test]
fn all_digits_have_one_width() {
    use crate::boxes::Weight::{Regular, SemiBold};
    for weight in [Regular, SemiBold] {
        let widths: Vec<_> =
            ('0'..='9').map(|c| FONTS.width(&c.to_string(), weight, 9_000)).collect();
        assert!(widths.iter().all(|width| *width == widths[0]));
    }
}

#[test]
fn the_longest_document_and_the_largest_sums_fit() {
    let mut lines = named(1_000);
    for line in &mut lines {
        line.unit_price = "999999999".parse().unwrap();
        line.quantity = "999.9999".parse().unwrap();
    }
    let paper = Paper::invoice(&sample::invoice(lines), Language::Nb);
    check(&paper).unwrap();
}

pub fn any_text(most: usize) -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "kjøretime",
        "Łódź",
        "Straße",
        "₹500",
        "Ж",
        "漢字",
        "a",
        "  ",
        "\n",
        "\t",
        "=1+1",
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "\u{202e}x",
        "1\u{a0}000",
        "(klasse B)",
    ]);
    prop::collection::vec(words, 0..most).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 8, ..ProptestConfig::default() })]

    #[test]
    fn every_line_is_printed_once_and_carried_sums_are_the_lines_before(count in 1_usize..=320) {
        let mut paper = sample::paper(1, Language::Nb);
        paper.totals = sample::invoice(named(count)).totals;
        check(&paper)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

    #[test]
    fn nothing_leaves_the_page_or_lies_on_anything_else(
        descriptions in prop::collection::vec(any_text(60), 1..25),
        seller in any_text(12),
        buyer in any_text(12),
        reference in any_text(20),
        note in any_text(80),
        huge in any_text(900),
    ) {
        let mut paper = sample::paper(descriptions.len(), Language::En);
        for (line, text) in paper.totals.lines.iter_mut().zip(descriptions) {
            line.item.description = text;
        }
        paper.totals.lines[0].item.description = huge;
        paper.seller.name.clone_from(&seller);
        paper.seller.bank_account = seller.clone();
        paper.seller.vat_number = seller.clone();
        paper.seller.address.line1 = seller;
        paper.person.name.clone_from(&buyer);
        paper.person.address.line2 = buyer;
        paper.number.clone_from(&reference);
        paper.payment_reference.clone_from(&reference);
        paper.reference = reference;
        paper.note = note;
        inside_and_apart(&layout(&paper, &FONTS))?;
    }
}

#[test]
fn a_paper_for_a_payer_names_it_and_the_student_of_each_line() {
    let mut paper = sample::paper(2, Language::En);
    let student = paper.person.clone();
    paper.person.name = "NAV Fjordby".into();
    paper.payer = Some(Box::new(InvoicePayer {
        payer_id: PayerId(uuid::Uuid::nil()),
        org_number: "889 640 782".into(),
        vat_number: String::new(),
        person: student.clone(),
    }));
    paper.terms = Some(PaymentTerms::EndOfMonth { days: 30 });
    paper.split = Some(PaperSplit { place: 1, count: 2, whole: paper.totals.gross });
    let text = texts(&paper).join("\n");
    for wanted in ["NAV Fjordby", "Org. no. 889 640 782", "End of month + 30 days", "Part 1 of 2"] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    let named = texts(&paper).into_iter().filter(|run| run.contains(&student.name)).count();
    assert_eq!(named, 2, "each line says for whom it is");
    inside_and_apart(&layout(&paper, &FONTS)).expect("nothing lies on anything");
}

#[test]
fn a_discount_of_the_document_stands_between_the_lines_and_the_total() {
    let mut draft = sample::draft((0..3).map(sample::item).collect());
    draft.discount = Some(DocumentDiscount::Percent(Decimal::TEN));
    let paper = Paper::draft(&draft, Language::En).expect("a paper");
    let discount = paper.totals.discount().expect("a discount").negated();
    let found = texts(&paper);
    assert!(found.iter().any(|run| run == "Discount 10%"), "{found:?}");
    assert!(found.contains(&format::amount(discount, Language::En)), "{found:?}");
    inside_and_apart(&layout(&paper, &FONTS)).expect("nothing lies on anything");
}
