//! Our texts and amounts as a system can take them, and its amounts as ours. Pure.
//!
//! Never shortens a number, a reference or an amount: what does not fit is refused before anything
//! is sent. Only texts for people are cut.

use crate::capabilities::Capabilities;
use crate::document::AttachmentDocument;
use crate::error::ProviderError;
use crate::exact::Exact;
use crate::http::{Effect, unclear};
use finance::money::{Currency, Money, MoneyError};

/// Decimals of an amount: all systems keep two.
pub const AMOUNT_DECIMALS: u32 = 2;

/// Whether a file can go beside its document.
///
/// # Errors
/// A file that is longer than the system takes, or that nobody made.
pub fn attachable(ours: &AttachmentDocument, most_bytes: usize) -> Result<(), ProviderError> {
    const MEGABYTE: usize = 1024 * 1024;
    let bytes = ours.content.len();
    let refused = |text| Err(ProviderError::Rejected { field: Some("file".to_owned()), text });
    if bytes == 0 {
        return refused("The PDF is empty.".to_owned());
    }
    if bytes > most_bytes {
        let (has, takes) = (bytes.div_ceil(MEGABYTE), most_bytes / MEGABYTE);
        return refused(format!("The PDF has {has} MB, and no more than {takes} MB are taken."));
    }
    Ok(())
}

/// A text for people, cut at a whole character.
pub fn cut(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

/// A text that is left out where there is none.
pub fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Whether numbers or names are the same to a system that does not regard case.
pub fn same(theirs: &str, ours: &str) -> bool {
    theirs.trim().to_lowercase() == ours.trim().to_lowercase()
}

/// An amount of theirs in a currency, exact.
///
/// # Errors
/// An amount that the currency cannot hold.
pub fn money(amount: Option<Exact>, currency: Currency) -> Result<Option<Money>, MoneyError> {
    amount.map(|Exact(amount)| Money::exact(amount, currency)).transpose()
}

/// What an amount of theirs that cannot be one means for a question.
pub fn unusable(error: MoneyError) -> ProviderError {
    unclear(Effect::Read, format!("an unusable amount: {error}"))
}

impl Capabilities {
    /// A text for machines: whole or not at all. `field` and `chars` are the system's.
    ///
    /// # Errors
    /// [`ProviderError::Rejected`] for a text that is too long.
    pub fn fitting(&self, field: &str, text: &str, chars: usize) -> Result<String, ProviderError> {
        let length = text.chars().count();
        if length <= chars {
            return Ok(text.to_owned());
        }
        let text = format!("{field} has {length} characters; {} takes {chars}", self.name);
        Err(ProviderError::Rejected { field: Some(field.to_owned()), text })
    }

    /// Refuses a currency whose amounts have more decimals than the system keeps. `field` is the
    /// system's.
    ///
    /// # Errors
    /// [`ProviderError::Rejected`].
    pub fn check_currency(&self, field: &str, currency: Currency) -> Result<(), ProviderError> {
        if currency.decimals() <= AMOUNT_DECIMALS {
            return Ok(());
        }
        let text =
            format!("{} keeps two decimals; {currency} needs {}", self.name, currency.decimals());
        Err(ProviderError::Rejected { field: Some(field.to_owned()), text })
    }
}
