//! Invented people: first and family names that are common in Norway, put together by chance.
//!
//! Never an address or telephone number that could be someone's.

use super::chance::Chance;
use finance::party::{Address, Person};

const FIRST: &[&str] = &[
    "Ada", "Aksel", "Amalie", "Anders", "Astrid", "Birk", "Brage", "Dina", "Eirik", "Ella", "Emil",
    "Erlend", "Eskil", "Filip", "Frida", "Gard", "Hanna", "Hedda", "Henrik", "Håkon", "Ida",
    "Ingrid", "Isak", "Iver", "Jenny", "Jonas", "Kaja", "Kasper", "Kristian", "Lea", "Leon",
    "Live", "Lukas", "Maja", "Marit", "Mathias", "Mikkel", "Mina", "Nora", "Odin", "Oline",
    "Oskar", "Pernille", "Ragnhild", "Sander", "Sara", "Selma", "Signe", "Sindre", "Sofie",
    "Solveig", "Storm", "Sunniva", "Synne", "Thea", "Tiril", "Tobias", "Torstein", "Tuva", "Ulrik",
    "Vetle", "Vilde", "William", "Yngvild", "Ørjan", "Åse",
];

const FAMILY: &[&str] = &[
    "Aasen",
    "Bakke",
    "Berg",
    "Bjerke",
    "Brekke",
    "Bråten",
    "Dahl",
    "Eide",
    "Engen",
    "Fjeld",
    "Foss",
    "Gran",
    "Hagen",
    "Halvorsen",
    "Hauge",
    "Haugland",
    "Hovland",
    "Iversen",
    "Kleven",
    "Knutsen",
    "Lie",
    "Lunde",
    "Lund",
    "Løken",
    "Moen",
    "Myhre",
    "Myklebust",
    "Nes",
    "Nygård",
    "Næss",
    "Rønning",
    "Sandvik",
    "Skog",
    "Solberg",
    "Solheim",
    "Strand",
    "Sunde",
    "Tangen",
    "Tveit",
    "Vik",
    "Ødegård",
    "Øien",
];

const STREETS: &[&str] =
    &["Bryggeveien", "Elveveien", "Fjellveien", "Kirkebakken", "Skogstien", "Strandgata"];

/// A person of chance; `place` keeps e-mail addresses apart.
pub(super) fn person(chance: &mut Chance, place: u64) -> Person {
    let (first, family) = (*chance.one(FIRST), *chance.one(FAMILY));
    let street = *chance.one(STREETS);
    let house = chance.between(1, 60);
    Person {
        name: format!("{first} {family}"),
        email: format!("{}.{}{place}@example.no", plain(first), plain(family)),
        phone: String::new(),
        address: Address {
            line1: format!("{street} {house}"),
            line2: String::new(),
            postal_code: "9990".to_owned(),
            city: "Fjordby".to_owned(),
            country: "NO".to_owned(),
        },
        reach_by: None,
    }
}

fn plain(name: &str) -> String {
    name.to_lowercase().replace('å', "a").replace('ø', "o").replace('æ', "ae")
}
