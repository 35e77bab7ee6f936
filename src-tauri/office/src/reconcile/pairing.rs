//! Which record of theirs is which of ours, and what differs. Pure.
//!
//! Never guesses: a pair is known by the id that came back, by our machine reference, or by number
//! and amount. Every record that counts stands in exactly one pair.

use super::differing::{Field, differing};
use crate::export::key;
use finance::Money;
use std::collections::{BTreeMap, HashMap, HashSet};
use store::exports::{ExportKind, ExportState};
use store::{OurRecord, TheirRecord};

/// What a pair comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Both sides say the same.
    Agreed,
    /// Both have it, and it differs.
    Differing,
    /// Both have the same document, and not the same is open of it.
    Balance,
    /// We have it; they do not, or no longer.
    MissingThere,
    /// They have it; we do not, or no longer.
    MissingHere,
    /// They have it once more than we do.
    Duplicate,
}

impl Outcome {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Differing => "differing",
            Self::Balance => "balance",
            Self::MissingThere => "missing_there",
            Self::MissingHere => "missing_here",
            Self::Duplicate => "duplicate",
        }
    }
}

/// Ours and theirs, or one of them alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Ours.
    pub ours: Option<OurRecord>,
    /// Theirs.
    pub theirs: Option<TheirRecord>,
    /// What it comes to.
    pub outcome: Outcome,
    /// What differs.
    pub fields: Vec<Field>,
}

impl Pair {
    /// What it is about, the same on every day: ours where we have it, else theirs.
    pub fn key(&self) -> String {
        match (&self.ours, &self.theirs) {
            (Some(ours), _) => format!("{}/{}", ours.kind.word(), ours.document_id),
            (None, Some(theirs)) => format!("{}:{}", theirs.kind.word(), theirs.id),
            (None, None) => String::new(),
        }
    }

    /// The kind of both.
    pub fn kind(&self) -> Option<ExportKind> {
        let theirs = self.theirs.as_ref().map(|it| it.kind);
        self.ours.as_ref().map(|it| it.kind).or(theirs)
    }
}

/// Whether theirs counts in their books.
pub fn is_live(theirs: &TheirRecord) -> bool {
    theirs.state == "live"
}

/// Whether a person settled ours by hand: then it may stand there under another name, or nowhere.
pub const fn is_by_hand(ours: &OurRecord) -> bool {
    matches!(ours.state, ExportState::SettledManually | ExportState::Skipped)
}

/// Pairs both sides: ours in their order, then what only they have.
pub fn pair(ours: Vec<OurRecord>, mut theirs: Vec<TheirRecord>) -> Vec<Pair> {
    name_kept(&ours, &mut theirs);
    let ours = together(ours);
    let found = matched(&ours, &theirs);
    let mut left: Vec<Option<TheirRecord>> = theirs.into_iter().map(Some).collect();
    let mut pairs = Vec::new();
    let mut known = Known::default();
    for (mine, at) in ours.into_iter().zip(found) {
        let there = at.and_then(|at| left.get_mut(at)).and_then(Option::take);
        if let Some(there) = &there {
            known.note(there);
        }
        pairs.extend(judged(mine, there));
    }
    for there in left.into_iter().flatten().filter(is_live) {
        let outcome = if known.holds(&there) { Outcome::Duplicate } else { Outcome::MissingHere };
        known.note(&there);
        pairs.push(Pair { ours: None, theirs: Some(there), outcome, fields: Vec::new() });
    }
    pairs
}

/// Money of theirs that we know as credit of a customer is that, whatever it looks like there.
fn name_kept(ours: &[OurRecord], theirs: &mut [TheirRecord]) {
    let kept = ours.iter().filter(|it| it.kind == ExportKind::OnAccount);
    let known: HashSet<&str> = kept.filter_map(|it| it.external_id.as_deref()).collect();
    for there in theirs.iter_mut().filter(|it| it.kind == ExportKind::Payment) {
        if known.contains(there.id.as_str()) {
            there.kind = ExportKind::OnAccount;
        }
    }
}

/// What several records of ours say of the same money there is one: a student's shares of it, or what
/// it pays one by one.
fn together(ours: Vec<OurRecord>) -> Vec<OurRecord> {
    let mut places: HashMap<(ExportKind, String), usize> = HashMap::new();
    let mut all: Vec<OurRecord> = Vec::new();
    for one in ours {
        let is_money = matches!(one.kind, ExportKind::Payment | ExportKind::OnAccount);
        let id = one.external_id.clone().filter(|_| is_money && !one.ended);
        let Some(id) = id else {
            all.push(one);
            continue;
        };
        let place = *places.entry((one.kind, id)).or_insert(all.len());
        match all.get_mut(place).map(|first| (first.gross.plus(one.gross), first)) {
            Some((Ok(sum), first)) => {
                first.gross = sum;
                first.open = first.open.zip(one.open).and_then(|(a, b)| a.plus(b).ok());
                if one.state == ExportState::Exported {
                    first.state = one.state;
                }
            }
            // In two currencies it is not the same money.
            Some((Err(_), _)) | None => all.push(one),
        }
    }
    all
}

/// What ours comes to with what was found for it; nothing where neither side counts it.
fn judged(ours: OurRecord, theirs: Option<TheirRecord>) -> Option<Pair> {
    let live = theirs.as_ref().is_some_and(is_live);
    // Some systems keep what went back as money in and out, in others it is gone.
    if ours.ended && ours.kind == ExportKind::OnAccount {
        return None;
    }
    if ours.ended {
        let outcome = Outcome::MissingHere;
        return live.then(|| Pair { ours: Some(ours), theirs, outcome, fields: Vec::new() });
    }
    if !live {
        let outcome = Outcome::MissingThere;
        let counts = !is_by_hand(&ours);
        return counts.then(|| Pair { ours: Some(ours), theirs, outcome, fields: Vec::new() });
    }
    let fields = theirs.as_ref().map_or_else(Vec::new, |theirs| differing(&ours, theirs));
    let outcome = match fields.as_slice() {
        [] => Outcome::Agreed,
        [Field::Open] => Outcome::Balance,
        _ => Outcome::Differing,
    };
    Some(Pair { ours: Some(ours), theirs, outcome, fields })
}

/// For each of ours, the place of what is theirs.
fn matched(ours: &[OurRecord], theirs: &[TheirRecord]) -> Vec<Option<usize>> {
    let mut found = vec![None; ours.len()];
    let mut taken = HashSet::new();
    let ways: [(Way, Seen); 3] =
        [(by_id, its_id), (by_reference, its_reference), (by_look, its_look)];
    for (way, seen) in ways {
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, there) in theirs.iter().enumerate() {
            if let Some(key) = seen(there) {
                places.entry(key).or_default().push(at);
            }
        }
        for (mine, place) in ours.iter().zip(&mut found).filter(|(_, place)| place.is_none()) {
            let candidates = way(mine).and_then(|key| places.get(&key));
            let free = || {
                let all = candidates.into_iter().flatten().copied();
                all.filter(|at| !taken.contains(at))
            };
            // What counts comes before what was voided.
            let living = free().find(|at| theirs.get(*at).is_some_and(is_live));
            if let Some(at) = living.or_else(|| free().next()) {
                taken.insert(at);
                *place = Some(at);
            }
        }
    }
    found
}

type Way = fn(&OurRecord) -> Option<String>;
type Seen = fn(&TheirRecord) -> Option<String>;

fn by_id(ours: &OurRecord) -> Option<String> {
    ours.external_id.as_ref().map(|id| format!("{}/{id}", ours.kind.word()))
}

fn its_id(theirs: &TheirRecord) -> Option<String> {
    Some(format!("{}/{}", theirs.kind.word(), theirs.id))
}

fn by_reference(ours: &OurRecord) -> Option<String> {
    Some(key::reference(ours.kind.word(), &ours.document_id.to_string()))
}

fn its_reference(theirs: &TheirRecord) -> Option<String> {
    Some(theirs.reference.clone()).filter(|it| !it.is_empty())
}

/// By number and amount; a payment, which has no number, by who paid, when, and how much.
fn by_look(ours: &OurRecord) -> Option<String> {
    match ours.kind {
        ExportKind::Payment | ExportKind::OnAccount => ours
            .contact
            .as_ref()
            .map(|who| look(ours.kind, &format!("{who} {}", ours.date), ours.gross)),
        _ => Some(look(ours.kind, &ours.label, ours.gross)),
    }
}

fn its_look(theirs: &TheirRecord) -> Option<String> {
    let is_free = is_live(theirs) && theirs.reference.is_empty();
    let look = match theirs.kind {
        ExportKind::Payment | ExportKind::OnAccount => paid_look(theirs),
        _ => Some(look(theirs.kind, &theirs.number, theirs.gross)),
    };
    look.filter(|_| is_free)
}

fn paid_look(theirs: &TheirRecord) -> Option<String> {
    let who = theirs.contact.as_ref()?;
    Some(look(theirs.kind, &format!("{who} {}", theirs.date), theirs.gross))
}

fn look(kind: ExportKind, name: &str, gross: Money) -> String {
    let name = name.trim().to_lowercase();
    format!("{}/{name}/{} {}", kind.word(), gross.minor(), gross.currency())
}

/// What is there already, by the marks that no two records should share.
#[derive(Default)]
struct Known(HashSet<String>);

impl Known {
    fn note(&mut self, theirs: &TheirRecord) {
        self.0.extend(Self::marks(theirs));
    }

    fn holds(&self, theirs: &TheirRecord) -> bool {
        Self::marks(theirs).iter().any(|mark| self.0.contains(mark))
    }

    fn marks(theirs: &TheirRecord) -> Vec<String> {
        let kind = theirs.kind.word();
        let number = theirs.number.trim().to_lowercase();
        let marks = [
            Some(number).filter(|it| !it.is_empty()).map(|it| format!("{kind} number {it}")),
            its_reference(theirs).map(|it| format!("{kind} reference {it}")),
            paid_look(theirs).filter(|_| theirs.kind == ExportKind::Payment),
        ];
        marks.into_iter().flatten().collect()
    }
}
