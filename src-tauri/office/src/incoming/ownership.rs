//! Whose word counts, field by field. Pure.
//!
//! Never the last writer for what identifies somebody or for money: only ways to reach a person go
//! by who wrote last.

/// Who owns a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// This book; another value there is a conflict.
    Book,
    /// Whoever changed it last.
    Latest,
}

/// A field on both sides, now and when they last agreed. What they agreed on may be spelt
/// differently there, so each side is compared with itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides<'a> {
    /// Here, when both agreed.
    pub agreed_here: &'a str,
    /// There, when both agreed.
    pub agreed_there: &'a str,
    /// Here, now.
    pub here: &'a str,
    /// There, now.
    pub there: &'a str,
}

/// What becomes of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was changed there, or both say the same now.
    Same,
    /// Ours holds, and is told by the next export.
    Ours,
    /// Theirs is taken over.
    Theirs,
    /// A person decides.
    Conflict,
}

/// What becomes of a field. `is_theirs_newer`: they changed it after we last did.
pub fn verdict(owner: Owner, sides: Sides<'_>, is_theirs_newer: bool) -> Verdict {
    let changed_here = sides.here != sides.agreed_here;
    let changed_there = sides.there != sides.agreed_there;
    match (owner, changed_here, changed_there) {
        _ if sides.here == sides.there => Verdict::Same,
        (_, false, false) => Verdict::Same,
        (_, true, false) => Verdict::Ours,
        (Owner::Book, _, true) => Verdict::Conflict,
        (Owner::Latest, false, true) => Verdict::Theirs,
        (Owner::Latest, true, true) if is_theirs_newer => Verdict::Theirs,
        (Owner::Latest, true, true) => Verdict::Ours,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "a";
    const B: &str = "b";
    const C: &str = "c";

    /// Agreed on `A`; here, there, theirs newer, verdict of the book's fields, of the latest's.
    const TABLE: &[(&str, &str, bool, Verdict, Verdict)] = &[
        (A, A, true, Verdict::Same, Verdict::Same),
        (A, A, false, Verdict::Same, Verdict::Same),
        (B, A, true, Verdict::Ours, Verdict::Ours),
        (B, A, false, Verdict::Ours, Verdict::Ours),
        (A, B, true, Verdict::Conflict, Verdict::Theirs),
        (A, B, false, Verdict::Conflict, Verdict::Theirs),
        (B, B, true, Verdict::Same, Verdict::Same),
        (B, B, false, Verdict::Same, Verdict::Same),
        (B, C, true, Verdict::Conflict, Verdict::Theirs),
        (B, C, false, Verdict::Conflict, Verdict::Ours),
    ];

    #[test]
    fn only_ways_to_reach_a_person_go_by_who_wrote_last() {
        for (here, there, is_theirs_newer, book, latest) in TABLE {
            let sides = Sides { agreed_here: A, agreed_there: A, here, there };
            let found =
                [Owner::Book, Owner::Latest].map(|owner| verdict(owner, sides, *is_theirs_newer));
            assert_eq!(found, [*book, *latest], "{here} {there} {is_theirs_newer}");
        }
    }

    #[test]
    fn what_is_only_spelt_otherwise_there_was_changed_by_nobody() {
        let sides = Sides { agreed_here: A, agreed_there: B, here: A, there: B };
        assert_eq!(verdict(Owner::Book, sides, true), Verdict::Same);
        assert_eq!(verdict(Owner::Latest, sides, true), Verdict::Same);
    }
}
