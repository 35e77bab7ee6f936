//! How alike two names are (Jaro 1989, Winkler 1990), in whole thousandths.
//!
//! Never decides what is alike enough: that is the caller's rule.

/// Letters and digits in lower case, words apart by one space.
pub fn normalised(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Likeness in thousandths: 1000 for equal names, 0 for names without anything in common.
pub fn likeness_per_mille(left: &str, right: &str) -> u32 {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let jaro = jaro_per_mille(&left, &right);
    let same_start = left.iter().zip(&right).take(4).take_while(|(a, b)| a == b).count();
    let same_start = u32::try_from(same_start).unwrap_or(0);
    jaro + same_start * (1_000 - jaro) / 10
}

fn jaro_per_mille(left: &[char], right: &[char]) -> u32 {
    if left.is_empty() || right.is_empty() {
        return u32::from(left == right) * 1_000;
    }
    let reach = (left.len().max(right.len()) / 2).saturating_sub(1);
    let mut taken = vec![false; right.len()];
    let mut common_left = Vec::new();
    for (place, letter) in left.iter().enumerate() {
        let from = place.saturating_sub(reach);
        let to = (place + reach + 1).min(right.len());
        let found = (from..to).find(|at| !taken[*at] && right[*at] == *letter);
        if let Some(at) = found {
            taken[at] = true;
            common_left.push(*letter);
        }
    }
    let common = common_left.len();
    if common == 0 {
        return 0;
    }
    let common_right = right.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(c, _)| c);
    let swapped = common_left.iter().zip(common_right).filter(|(a, b)| a != b).count() / 2;
    let share = |part: usize, whole: usize| part * 1_000 / whole;
    let sum =
        share(common, left.len()) + share(common, right.len()) + share(common - swapped, common);
    u32::try_from(sum / 3).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_textbook_pairs_have_their_likeness() {
        // Winkler (1990): MARTHA/MARHTA 0.961, DIXON/DICKSONX 0.813.
        assert_eq!(likeness_per_mille("martha", "marhta"), 960);
        assert_eq!(likeness_per_mille("dixon", "dicksonx"), 812);
        assert_eq!(likeness_per_mille("same", "same"), 1_000);
        assert_eq!(likeness_per_mille("abc", "xyz"), 0);
        assert_eq!(likeness_per_mille("", "xyz"), 0);
    }

    #[test]
    fn case_and_punctuation_make_no_other_name() {
        assert_eq!(normalised("  Utgående MVA. 25 %"), "utgående mva 25");
    }
}
