use super::*;
use finance::fact::FACT_VERSION;
use finance::hlc::Hlc;
use finance::ids::{ConnectionId, DepartmentId, FactId, SchoolId};
use finance::mapping::Mapping;
use uuid::Uuid;

/// A mapping of service `key`, set in a save at a moment; no save: from before there were any.
fn set(
    count: u128,
    (save, millis): (Option<u128>, i64),
    level: Option<u128>,
    (key, code): (&str, Option<&str>),
) -> Fact {
    Fact {
        id: FactId(Uuid::from_u128(count)),
        school_id: SchoolId(Uuid::nil()),
        actor: "Kari".to_owned(),
        clock: Hlc { millis, counter: u32::try_from(count).expect("few"), desk: "A".to_owned() },
        version: FACT_VERSION,
        body: FactBody::MappingSet(Mapping {
            connection_id: ConnectionId(Uuid::nil()),
            department_id: level.map(|id| DepartmentId(Uuid::from_u128(id))),
            kind: MappedKind::Service,
            local_key: key.to_owned(),
            remote_code: code.map(str::to_owned),
            origin: MappingOrigin::Person,
            save_id: save.map(|id| MappingSaveId(Uuid::from_u128(id))),
        }),
    }
}

fn standing(version: &(Version, Standing)) -> Vec<(&str, &str)> {
    version.1.codes.iter().map(|((_, _, key), code)| (key.as_str(), code.as_str())).collect()
}

#[test]
fn what_was_saved_together_is_one_version_also_at_one_moment_with_another() {
    let facts = [
        set(1, (Some(1), 5), None, ("a", Some("200"))),
        set(2, (Some(1), 5), None, ("b", Some("210"))),
        set(3, (Some(2), 5), None, ("a", Some("220"))),
    ];
    let all = versions(&facts);
    assert_eq!(all.len(), 2);
    assert_eq!(standing(&all[0]), [("a", "200"), ("b", "210")]);
    assert_eq!(standing(&all[1]), [("a", "220"), ("b", "210")]);
    let changed: Vec<_> = all[1].0.changes.values().collect();
    assert_eq!(changed, [&(Some("200".to_owned()), Some("220".to_owned()))]);
}

#[test]
fn facts_from_before_saves_belong_together_by_person_and_moment() {
    let facts = [
        set(1, (None, 5), None, ("a", Some("200"))),
        set(2, (None, 5), None, ("b", Some("210"))),
        set(3, (None, 6), None, ("b", None)),
    ];
    let all = versions(&facts);
    assert_eq!(all.len(), 2);
    assert_eq!(standing(&all[1]), [("a", "200")]);
}

#[test]
fn a_department_has_a_place_of_its_own_beside_the_schools() {
    let facts = [
        set(1, (Some(1), 5), None, ("a", Some("200"))),
        set(2, (Some(2), 6), Some(9), ("a", Some("220"))),
        set(3, (Some(3), 7), Some(9), ("a", None)),
    ];
    let all = versions(&facts);
    assert_eq!(standing(&all[1]), [("a", "200"), ("a", "220")]);
    assert_eq!(all[2].1, all[0].1);
}
