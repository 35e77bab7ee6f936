//! What a person typed into a search field, as questions to the book.

use finance::{Currency, Money};
use rust_decimal::Decimal;

/// Words to look up, and the amount the text may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    /// A full-text question: every word, each as the beginning of one. Empty: nothing was typed.
    pub words: String,
    /// In minor units, where the text is an amount.
    pub amount_minor: Option<i64>,
}

impl Typed {
    pub fn new(text: &str, currency: Currency) -> Self {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(|word| format!("\"{word}\"*"))
            .collect();
        // Typed, but no word in it: a question that nothing answers.
        let nothing = !text.trim().is_empty() && words.is_empty();
        let words = if nothing { "\"\u{1}\"".to_owned() } else { words.join(" ") };
        Self { words, amount_minor: amount(text, currency) }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// `450`, `450,5`, `1 234.50` and `1.234,50` as minor units.
fn amount(text: &str, currency: Currency) -> Option<i64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let point = text.rfind(['.', ',']);
    let plain: String = text
        .char_indices()
        .filter_map(|(at, c)| match c {
            '.' | ',' if Some(at) == point => Some('.'),
            '.' | ',' => None,
            other => Some(other),
        })
        .collect();
    if !plain.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let amount: Decimal = plain.parse().ok()?;
    Money::exact(amount, currency).ok().map(Money::minor)
}
