//! A telephone number as gateways want it.
//!
//! Never guesses a country: a number without one is read as one of the school's own country, and
//! only where the rule of that country is known.

/// Countries: calling code (ITU-T E.164, list of assigned codes), the digit that is dialled before
/// a number within the country and left out from abroad, and how long a number is without both.
const COUNTRIES: &[(&str, &str, &str, std::ops::RangeInclusive<usize>)] = &[
    ("NO", "47", "", 8..=8),
    ("DK", "45", "", 8..=8),
    ("SE", "46", "0", 7..=10),
    ("FI", "358", "0", 5..=12),
    ("DE", "49", "0", 6..=13),
    ("AT", "43", "0", 6..=13),
    ("GB", "44", "0", 9..=10),
    ("IE", "353", "0", 7..=10),
    ("NL", "31", "0", 9..=9),
];

/// The most digits of a number (E.164, 6.1).
const MOST_DIGITS: usize = 15;
const LEAST_DIGITS: usize = 8;

/// A number as E.164, such as `+4740012345`; nothing where it cannot be one.
pub fn international(typed: &str, country: &str) -> Option<String> {
    let typed = typed.trim();
    let kept = |c: &char| !matches!(c, ' ' | '\u{a0}' | '-' | '.' | '/' | '(' | ')');
    let plain: String = typed.replace("(0)", "").chars().filter(kept).collect();
    let abroad = plain.strip_prefix('+').or_else(|| plain.strip_prefix("00"));
    let digits = match abroad {
        Some(digits) => digits.to_owned(),
        None => {
            let (_, code, trunk, lengths) =
                COUNTRIES.iter().find(|(known, ..)| *known == country)?;
            let own = plain.strip_prefix(trunk).unwrap_or(&plain);
            if !lengths.contains(&own.len()) {
                return None;
            }
            format!("{code}{own}")
        }
    };
    let fits = (LEAST_DIGITS..=MOST_DIGITS).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    fits.then(|| format!("+{digits}"))
}
