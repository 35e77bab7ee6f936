//! Answers as a person reads them: columns that line up, amounts to the right.
//!
//! Never adds up, and never lets text of the book or of a remote system steer the terminal.

use office::Fault;
use office::wire::common::Money;

/// To which side a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Rows under headings.
pub struct Table {
    columns: Vec<(String, Side)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table; a heading that begins with `>` is that of a column of numbers.
    pub fn new<Heading: AsRef<str>>(headings: impl IntoIterator<Item = Heading>) -> Self {
        let column = |heading: Heading| match heading.as_ref().strip_prefix('>') {
            Some(heading) => (heading.to_owned(), Side::Right),
            None => (heading.as_ref().to_owned(), Side::Left),
        };
        Self { columns: headings.into_iter().map(column).collect(), rows: Vec::new() }
    }

    /// The table with a row per item.
    #[must_use]
    pub fn rows<Item>(mut self, items: &[Item], cells: impl Fn(&Item) -> Vec<String>) -> Self {
        self.rows.extend(items.iter().map(cells));
        self
    }

    /// The table with one more row.
    #[must_use]
    pub fn row(mut self, cells: Vec<String>) -> Self {
        self.rows.push(cells);
        self
    }

    /// The table as text, without a line break at its end.
    pub fn text(self) -> String {
        let headings: Vec<String> = self.columns.iter().map(|(head, _)| head.clone()).collect();
        let mut lines = vec![headings];
        lines.extend(self.rows);
        for cell in lines.iter_mut().flatten() {
            *cell = tame(cell);
        }
        let width = |at: usize| {
            let cells = lines.iter().filter_map(|line| line.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let line = |cells: &Vec<String>| {
            let cells = cells.iter().zip(&widths).zip(&self.columns);
            let padded = cells.map(|((cell, &width), (_, side))| match side {
                Side::Left => format!("{cell:<width$}"),
                Side::Right => format!("{cell:>width$}"),
            });
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// Names and values under each other; a value that is empty is left out.
pub fn facts<Value: AsRef<str>>(facts: &[(&str, Value)]) -> String {
    let said: Vec<_> = facts.iter().filter(|(_, value)| !value.as_ref().is_empty()).collect();
    let width = said.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let line = |(name, value): &&(&str, Value)| format!("{name:<width$}  {}", tame(value.as_ref()));
    said.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// An amount with its currency.
pub fn money(money: &Money) -> String {
    money.0.to_string()
}

/// How many of how many rows are shown, where some are not.
pub fn shown(rows: usize, total: u32) -> String {
    if u32::try_from(rows) == Ok(total) {
        return format!("{total} in all");
    }
    format!("{rows} of {total} (--offset and --limit show others)")
}

/// A fault in words.
pub fn fault(fault: &Fault) -> String {
    let mut text = format!("kontor: {}", tame(&fault.message));
    if let Some(field) = &fault.field {
        text += &format!(" ({field})");
    }
    if let Some(detail) = &fault.detail {
        text += &format!("\n        {}", tame(detail));
    }
    text
}

/// Text without control characters, which a terminal would obey.
pub fn tame(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_stand_under_each_other() {
        let table = Table::new(["Name", ">Gross"])
            .row(vec!["Åse".to_owned(), "9.50".to_owned()])
            .row(vec!["Bo Berg".to_owned(), "1790.00".to_owned()]);
        assert_eq!(table.text(), "Name       Gross\nÅse         9.50\nBo Berg  1790.00");
    }

    #[test]
    fn text_of_the_book_cannot_steer_the_terminal() {
        let table = Table::new(["Name"]).row(vec!["\u{1b}[2JAda\n".to_owned()]);
        assert_eq!(table.text(), "Name\n [2JAda");
    }

    #[test]
    fn what_is_empty_is_left_out() {
        assert_eq!(facts(&[("Name", "Ada"), ("E-mail", ""), ("No", "7")]), "Name  Ada\nNo    7");
    }
}
