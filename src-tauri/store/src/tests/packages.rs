//! Every package of the school in one list, with what is left of each and what that is worth.

use super::book::{Facts, credit_note_id, invoice, nok, student_id, uuid};
use super::{Book, day};
use crate::package_list::places;
use crate::{Order, PackageColumn, PackageFilter, PackagePage, PackageRest, PackageShelf, Window};
use finance::fact::{Fact, FactBody};
use finance::holding::HoldingState;
use finance::ids::EntitlementId;
use rust_decimal::Decimal;

const TODAY: &str = "2026-12-20";

fn filter(shelf: PackageShelf) -> PackageFilter {
    PackageFilter {
        shelf,
        query: String::new(),
        department_id: None,
        today: day(TODAY),
        soon: day("2027-01-19"),
    }
}

/// Six students with a package of 7 500 each, valid until 1 January 2027: one untouched, one drawn
/// on, one used up, one closed, one extended, and one credited by hand.
async fn filled() -> (Book, Facts) {
    let (book, mut facts) = Book::begun().await;
    let names = ["Ola Nordmann", "Kari Bråten", "Per Ås", "Anne-Lise Vik", "Eva Li", "Åse Dal"];
    let mut made: Vec<Fact> = Vec::new();
    for (number, name) in (1..).zip(names) {
        made.push(facts.student(number, name));
        made.push(facts.invoice(number, number, 750_000, "2026-01-01"));
        made.push(facts.package(number, number, number));
    }
    made.push(facts.hand_draw(1, 2, 2, "2026-02-01"));
    for draw in 10..20 {
        made.push(facts.hand_draw(draw, 3, 3, "2026-02-01"));
    }
    made.push(facts.package_end(4, 4, "2026-03-01"));
    made.push(facts.extension(1, (5, 5), "2027-06-30"));
    let sold = invoice("1", 6, 6, 750_000, "2026-01-01");
    made.push(facts.credit_note(6, &sold, "2026-03-01"));
    book.record(&made).await.expect("recorded");
    (book, facts)
}

async fn page(book: &Book, filter: &PackageFilter, by: PackageColumn) -> PackagePage {
    let mut view = book.store.read().await.expect("a view");
    let order = Some(Order { by, descending: false });
    view.list_packages(filter, order, Window { offset: 0, limit: 100 }).await.expect("a page")
}

fn students(page: &PackagePage) -> Vec<&str> {
    page.rows.iter().map(|row| row.student.as_str()).collect()
}

#[tokio::test]
async fn a_row_says_what_is_left_and_what_that_is_worth() {
    let (book, _) = filled().await;
    let found = page(&book, &filter(PackageShelf::All), PackageColumn::Student).await;
    let names = ["Anne-Lise Vik", "Eva Li", "Kari Bråten", "Ola Nordmann", "Per Ås", "Åse Dal"];
    assert_eq!(students(&found), names);
    let told: Vec<_> = found
        .rows
        .iter()
        .map(|row| {
            let PackageRest::Lessons { held, left } = row.rest else { panic!("{row:?}") };
            assert_eq!(held, Decimal::TEN);
            (row.state, left.to_string(), row.worth, row.valid_until)
        })
        .collect();
    let (active, until) = (HoldingState::Active, Some(day("2027-01-01")));
    assert_eq!(told[0], (HoldingState::Closed, "0".to_owned(), nok(0), until));
    assert_eq!(told[1], (active, "10".to_owned(), nok(750_000), Some(day("2027-06-30"))));
    assert_eq!(told[2], (active, "9".to_owned(), nok(675_000), until));
    assert_eq!(told[3], (active, "10".to_owned(), nok(750_000), until));
    assert_eq!(told[4], (HoldingState::UsedUp, "0".to_owned(), nok(0), until));
    assert_eq!(told[5], (active, "10".to_owned(), nok(0), until), "all of it was credited");
    assert_eq!(found.owed, nok(750_000 * 2 + 675_000));
}

#[tokio::test]
async fn each_shelf_holds_what_its_tab_counts() {
    let (book, _) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    let counts = view.package_counts(&filter(PackageShelf::Active)).await.expect("counts");
    let shelves = [
        (PackageShelf::All, counts.all, 6),
        (PackageShelf::Active, counts.active, 4),
        (PackageShelf::Expiring, counts.expiring, 3),
        (PackageShelf::Owed, counts.owed, 3),
        (PackageShelf::UsedUp, counts.used_up, 1),
        (PackageShelf::Expired, counts.expired, 0),
        (PackageShelf::Closed, counts.closed, 1),
    ];
    for (shelf, counted, expected) in shelves {
        let found = page(&book, &filter(shelf), PackageColumn::ValidUntil).await;
        assert_eq!((counted, found.total), (expected, expected), "{shelf:?}");
        assert_eq!(found.rows.len(), expected as usize, "{shelf:?}");
    }
}

#[tokio::test]
async fn after_the_last_day_a_rest_has_lapsed_until_it_is_extended() {
    let (book, mut facts) = filled().await;
    let after = PackageFilter { today: day("2027-02-01"), ..filter(PackageShelf::Expired) };
    let lapsed = page(&book, &after, PackageColumn::Worth).await;
    assert_eq!(students(&lapsed), ["Åse Dal", "Kari Bråten", "Ola Nordmann"]);
    assert_eq!((lapsed.owed, lapsed.lapsed), (nok(0), nok(750_000 + 675_000)));
    book.record(&[facts.extension(2, (1, 1), "2027-08-01")]).await.expect("recorded");
    let active = PackageFilter { shelf: PackageShelf::Active, ..after };
    let found = page(&book, &active, PackageColumn::Student).await;
    assert_eq!(students(&found), ["Eva Li", "Ola Nordmann"]);
    assert_eq!(found.owed, nok(1_500_000));
}

#[tokio::test]
async fn of_two_extensions_the_later_day_holds_and_the_same_one_twice_is_one() {
    let (book, mut facts) = filled().await;
    let made = [
        facts.extension(2, (1, 1), "2027-08-01"),
        facts.extension(3, (1, 1), "2027-05-01"),
        facts.extension(2, (1, 1), "2027-08-01"),
    ];
    book.record(&made).await.expect("recorded");
    let mut view = book.store.read().await.expect("a view");
    let held = view.holdings_of(&[student_id(1)]).await.expect("read");
    assert_eq!(held[0].holding.valid_until(), Some(day("2027-08-01")));
    assert_eq!(held[0].holding.extensions.len(), 2);
}

#[tokio::test]
async fn what_an_event_draws_and_gives_back_moves_what_is_left() {
    let (book, mut facts) = filled().await;
    let left = async |book: &Book| {
        let found = page(book, &filter(PackageShelf::All), PackageColumn::Student).await;
        let row = found.rows.into_iter().find(|row| row.student == "Ola Nordmann");
        let PackageRest::Lessons { left, .. } = row.expect("a row").rest else { panic!() };
        left.to_string()
    };
    book.record(&[facts.drawing(31, 1, 1, "2026-02-10")]).await.expect("recorded");
    assert_eq!(left(&book).await, "9");
    book.record(&[facts.returning(32, 1, 1_031, "2026-02-11")]).await.expect("recorded");
    assert_eq!(left(&book).await, "10");
}

#[tokio::test]
async fn words_and_departments_narrow() {
    let (book, _) = filled().await;
    let mut named = filter(PackageShelf::All);
    named.query = "kari".to_owned();
    assert_eq!(students(&page(&book, &named, PackageColumn::Left).await), ["Kari Bråten"]);
    named.department_id = Some(finance::ids::DepartmentId(uuid(9, 9)));
    assert_eq!(page(&book, &named, PackageColumn::Left).await.total, 0);
}

#[tokio::test]
async fn whose_packages_are_is_found_together() {
    let (book, _) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    let ids = [EntitlementId(uuid(20, 1)), EntitlementId(uuid(20, 99))];
    let found = view.holders_of(&ids).await.expect("read");
    assert_eq!(found, [(ids[0], student_id(1))]);
}

/// However long the list is, a page is read off an index in its order: nothing is sorted.
#[tokio::test]
async fn no_order_of_the_list_sorts_it() {
    let (book, _) = filled().await;
    let mut view = book.store.read().await.expect("a view");
    let columns = [
        PackageColumn::Student,
        PackageColumn::Package,
        PackageColumn::OpenedOn,
        PackageColumn::ValidUntil,
        PackageColumn::Left,
        PackageColumn::Worth,
    ];
    let shelves = [PackageShelf::All, PackageShelf::Active, PackageShelf::UsedUp];
    for (by, shelf) in columns.into_iter().flat_map(|by| shelves.map(|shelf| (by, shelf))) {
        for descending in [false, true] {
            let order = Order { by, descending };
            let query = places(&filter(shelf), "", order, Window { offset: 0, limit: 100 });
            let sql = format!("EXPLAIN QUERY PLAN {}", query.sql().as_str());
            let plan: Vec<(i64, i64, i64, String)> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
                .fetch_all(view.conn())
                .await
                .expect("a plan");
            let steps: Vec<&str> = plan.iter().map(|step| step.3.as_str()).collect();
            assert!(steps.iter().all(|step| step.contains("COVERING INDEX")), "{by:?} {steps:?}");
            assert!(!steps.iter().any(|step| step.contains("B-TREE")), "{by:?} {steps:?}");
        }
    }
}

#[tokio::test]
async fn a_package_credited_after_it_was_sold_elsewhere_is_settled_whoever_tells_first() {
    let (book, mut facts) = Book::begun().await;
    let sold = invoice("1", 1, 1, 750_000, "2026-01-01");
    let made = [facts.student(1, "Ola Nordmann"), facts.invoice(1, 1, 750_000, "2026-01-01")];
    book.record(&made).await.expect("recorded");
    let note = facts.credit_note(1, &sold, "2026-03-01");
    let FactBody::CreditNoteIssued(issued) = &note.body else { panic!("{note:?}") };
    assert_eq!(issued.id, credit_note_id(1));
    book.record(&[note, facts.package(1, 1, 1)]).await.expect("recorded");
    let found = page(&book, &filter(PackageShelf::All), PackageColumn::Worth).await;
    assert_eq!((found.rows[0].worth, found.rows[0].refundable), (nok(0), nok(0)));
}
