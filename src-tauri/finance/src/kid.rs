//! KID: the customer identification number that Norwegian banks match payments by.
//!
//! Never guesses a layout: the creditor agreement fixes algorithm and length per bank account.

use serde::{Deserialize, Serialize};

/// The check-digit algorithm of the creditor agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KidAlgorithm {
    /// MOD10 (Luhn).
    Mod10,
    /// MOD11 with weights 2 to 7 from the right; remainder 10 is written `-`.
    Mod11,
}

/// How a school's KID numbers are laid out: student number, invoice sequence, check character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KidRule {
    /// The algorithm.
    pub algorithm: KidAlgorithm,
    /// Digits for the student number, zero padded.
    pub student_digits: u8,
    /// Digits for the invoice's sequence in its series, zero padded.
    pub invoice_digits: u8,
}

/// Why a KID cannot be made or is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KidRejection {
    /// Shorter than 2 or longer than 25 characters.
    #[error("a KID has 2 to 25 characters")]
    Length,
    /// Something other than digits (and `-` at the end under MOD11).
    #[error("a KID has only digits")]
    NotDigits,
    /// The check character is wrong.
    #[error("the check digit of the KID is wrong")]
    CheckDigit,
    /// A number has more digits than its place.
    #[error("the number {0} is longer than its place in the KID")]
    TooLong(String),
}

impl KidRule {
    /// The KID of an invoice.
    ///
    /// # Errors
    /// [`KidRejection`] where a number does not fit its place.
    pub fn reference(&self, student: &str, sequence: u64) -> Result<String, KidRejection> {
        let student = padded(student, self.student_digits)?;
        let invoice = padded(&sequence.to_string(), self.invoice_digits)?;
        with_check(&format!("{student}{invoice}"), self.algorithm)
    }
}

/// Adds the check character to a payload of digits.
///
/// # Errors
/// [`KidRejection::NotDigits`] or [`KidRejection::Length`].
pub fn with_check(payload: &str, algorithm: KidAlgorithm) -> Result<String, KidRejection> {
    if payload.is_empty() || payload.len() > 24 {
        return Err(KidRejection::Length);
    }
    if !payload.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(KidRejection::NotDigits);
    }
    Ok(format!("{payload}{}", check_character(payload, algorithm)))
}

/// Checks a whole KID.
///
/// # Errors
/// [`KidRejection`] with what is wrong.
pub fn check(kid: &str, algorithm: KidAlgorithm) -> Result<(), KidRejection> {
    let Some((payload, last)) = kid.char_indices().next_back().map(|(i, c)| (&kid[..i], c)) else {
        return Err(KidRejection::Length);
    };
    let expected = with_check(payload, algorithm)?;
    if !last.is_ascii_digit() && last != '-' {
        return Err(KidRejection::NotDigits);
    }
    if expected == kid { Ok(()) } else { Err(KidRejection::CheckDigit) }
}

/// The KIDs within a text, such as a line of a bank's statement: whatever has the length of the rule
/// and the right check character, also where blanks stand between its digits. The check character
/// lets through one in ten other numbers (one in eleven under MOD11), so what is found must still be
/// looked for among the invoices.
pub fn found_in(text: &str, rule: &KidRule) -> Vec<String> {
    let length = usize::from(rule.student_digits) + usize::from(rule.invoice_digits) + 1;
    let mut found = Vec::new();
    let is_part = |c: char| c.is_ascii_digit() || c == '-' || c.is_whitespace();
    for stretch in text.split(|c| !is_part(c)) {
        let groups: Vec<&str> = stretch.split_whitespace().collect();
        for first in 0..groups.len() {
            let mut kid = String::new();
            for group in &groups[first..] {
                kid.push_str(group);
                if kid.len() >= length {
                    break;
                }
            }
            if kid.len() == length && check(&kid, rule.algorithm).is_ok() && !found.contains(&kid) {
                found.push(kid);
            }
        }
    }
    found
}

fn padded(number: &str, digits: u8) -> Result<String, KidRejection> {
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(KidRejection::NotDigits);
    }
    if number.len() > usize::from(digits) {
        return Err(KidRejection::TooLong(number.to_owned()));
    }
    Ok(format!("{number:0>width$}", width = usize::from(digits)))
}

fn check_character(payload: &str, algorithm: KidAlgorithm) -> char {
    let digits = payload.bytes().rev().map(|byte| u32::from(byte - b'0'));
    let check = match algorithm {
        KidAlgorithm::Mod10 => {
            let sum: u32 = digits
                .enumerate()
                .map(|(place, digit)| if place % 2 == 0 { digit * 2 } else { digit })
                .map(|value| value / 10 + value % 10)
                .sum();
            (10 - sum % 10) % 10
        }
        KidAlgorithm::Mod11 => {
            let sum: u32 = digits.zip((2..=7).cycle()).map(|(digit, weight)| digit * weight).sum();
            (11 - sum % 11) % 11
        }
    };
    char::from_digit(check, 10).unwrap_or('-')
}
