//! The price list of the invented school.
//!
//! State fees are those of a Norwegian school's public list of 2020 (theory test 640, photo 80,
//! driving test 1,100, licence 300); the school's own prices are invented. Accounts follow NS
//! 4102. Never a claim about how a lesson is taxed today.

use super::chance::Chance;
use chrono::NaiveDate;
use finance::catalogue::{ServiceItem, ServiceKind};
use finance::ids::ServiceId;
use finance::package::{PackageContents, PackageItem, PackageTerms, RefundRule};
use finance::party::School;
use rust_decimal::Decimal;

/// Code, names in Norwegian and English, kind, price in kroner, VAT code, account.
type Entry =
    (&'static str, &'static str, &'static str, ServiceKind, i64, &'static str, &'static str);

use ServiceKind::{Fee, Lesson, Material, Package, PassThrough};

const LIST: &[Entry] = &[
    ("KT-B", "Kjøretime klasse B, 45 min", "Driving lesson, 45 min", Lesson, 790, "3", "3000"),
    (
        "KT-90",
        "Kjøretime før førerprøve, 90 min",
        "Lesson before the test, 90 min",
        Lesson,
        1_580,
        "3",
        "3000",
    ),
    ("PK-10", "Pakke 10 kjøretimer klasse B", "Package of 10 lessons", Package, 7_500, "3", "3040"),
    ("TK-01", "Trafikalt grunnkurs", "Basic traffic course", Lesson, 2_450, "6", "3120"),
    ("FH-01", "Førstehjelpskurs", "First-aid course", Lesson, 750, "6", "3120"),
    ("SB-01", "Sikkerhetskurs på bane", "Safety course, track", Lesson, 4_300, "3", "3010"),
    ("SV-01", "Sikkerhetskurs på veg", "Safety course, road", Lesson, 6_900, "3", "3010"),
    ("LB-01", "Leie av bil til førerprøve", "Car for the driving test", Fee, 2_900, "3", "3000"),
    ("AV-50", "Sen avbestilling, 50 %", "Late cancellation, 50 %", Fee, 395, "3", "3090"),
    ("BK-B", "Lærebok klasse B", "Textbook class B", Material, 549, "5", "3200"),
    ("GT-01", "Gebyr teoriprøve", "Fee, theory test", PassThrough, 640, "7", "2960"),
    ("GB-01", "Gebyr foto", "Fee, photo", PassThrough, 80, "7", "2960"),
    ("GF-B", "Gebyr førerprøve klasse B", "Fee, driving test", PassThrough, 1_100, "7", "2960"),
    ("GK-01", "Gebyr førerkort", "Fee, licence", PassThrough, 300, "7", "2960"),
];

/// The list as entries of the book.
pub(super) fn services(school: &School, chance: &mut Chance, day: NaiveDate) -> Vec<ServiceItem> {
    let mut services: Vec<ServiceItem> = LIST
        .iter()
        .map(|(code, norwegian, english, kind, price, tax_code, account)| ServiceItem {
            id: ServiceId(chance.id(day)),
            school_id: school.id,
            code: (*code).to_owned(),
            name: (*if school.language == "nb" { norwegian } else { english }).to_owned(),
            kind: *kind,
            unit_price: Decimal::from(*price),
            tax_code: (*tax_code).to_owned(),
            income_account: (*account).to_owned(),
            active: true,
            package: None,
        })
        .collect();
    let lesson = services.iter().find(|service| service.code == "KT-B").map(|lesson| lesson.id);
    let package = services.iter_mut().find(|service| service.code == "PK-10");
    if let (Some(service_id), Some(package)) = (lesson, package) {
        let items = vec![PackageItem { service_id, quantity: Decimal::TEN }];
        package.package = Some(PackageTerms {
            contents: PackageContents::Lessons { items },
            valid_months: Some(12),
            refund: RefundRule::ProRata,
        });
    }
    services
}
