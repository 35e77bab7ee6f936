//! Writes boxes onto the current page.
//!
//! Never decides what is printed or where a page ends.

use crate::boxes::{Fill, Ink, Length, MAX_RUN, Page, PageBox, TextRun, Weight};
use crate::fonts::Fonts;

/// How a text is set.
#[derive(Clone, Copy)]
pub struct Style {
    pub size: Length,
    pub weight: Weight,
    pub ink: Ink,
}

const fn style(size: Length, weight: Weight, ink: Ink) -> Style {
    Style { size, weight, ink }
}

pub const BODY: Style = style(9_000, Weight::Regular, Ink::Text);
pub const BOLD: Style = style(9_000, Weight::SemiBold, Ink::Text);
pub const SMALL: Style = style(7_500, Weight::Regular, Ink::Muted);
pub const BOLD_SMALL: Style = style(7_500, Weight::SemiBold, Ink::Text);
pub const FIELD: Style = style(8_000, Weight::Regular, Ink::Text);
pub const LABEL: Style = style(8_000, Weight::Regular, Ink::Muted);

/// The pages so far, and how far down the last one is filled.
pub struct Pen<'a> {
    pub fonts: &'a Fonts,
    pub pages: Vec<Page>,
    pub y: Length,
    page: Option<usize>,
}

impl<'a> Pen<'a> {
    pub fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, pages: vec![Page::default()], y: 0, page: None }
    }

    pub fn width(&self, text: &str, style: Style) -> Length {
        self.fonts.width(text, style.weight, style.size)
    }

    /// Writes to another page than the last.
    pub fn on_page(&mut self, page: usize, write: impl FnOnce(&mut Self)) {
        self.page = Some(page);
        write(self);
        self.page = None;
    }

    pub fn left(&mut self, x: Length, baseline: Length, text: &str, style: Style) {
        let text = self.fonts.legible(text);
        if text.trim().is_empty() {
            return;
        }
        let width = self.width(&text, style);
        let Style { size, weight, ink } = style;
        self.put(PageBox::Text(TextRun { x, baseline, width, size, weight, ink, text }));
    }

    pub fn right(&mut self, edge: Length, baseline: Length, text: &str, style: Style) {
        let width = self.width(&self.fonts.legible(text), style);
        self.left(edge - width, baseline, text, style);
    }

    pub fn fill(&mut self, x: Length, y: Length, (width, height): (Length, Length), ink: Ink) {
        self.put(PageBox::Fill(Fill { x, y, width, height, ink }));
    }

    /// A rule whose top edge is at `y`.
    pub fn rule(&mut self, from: Length, to: Length, y: Length, ink: Ink) {
        let height = if ink == Ink::Text { 900 } else { 500 };
        self.fill(from, y, (to - from, height), ink);
    }

    /// The text in lines no wider than `width`: broken at spaces, and inside a word only where it
    /// is wider than a line by itself. Line breaks of the text are kept.
    pub fn wrapped(&self, text: &str, style: Style, width: Length) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            for word in self.fonts.legible(paragraph).split(' ').filter(|word| !word.is_empty()) {
                let longer =
                    if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
                if self.width(&longer, style) <= width {
                    line = longer;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                line = self.broken(word, style, width, &mut lines);
            }
            if !line.is_empty() {
                lines.push(line);
            }
        }
        lines
    }

    /// Breaks a word that is wider than a line; returns its last piece.
    fn broken(&self, word: &str, style: Style, width: Length, lines: &mut Vec<String>) -> String {
        let mut piece = String::new();
        for c in word.chars() {
            piece.push(c);
            if piece.chars().count() > 1 && self.width(&piece, style) > width {
                piece.pop();
                lines.push(std::mem::take(&mut piece));
                piece.push(c);
            }
        }
        piece
    }

    /// At most `most` lines; what is left out shows as an ellipsis.
    pub fn block(&self, text: &str, style: Style, width: Length, most: usize) -> Vec<String> {
        let text: String = text.chars().take(MAX_RUN).collect();
        let mut lines = self.wrapped(&text, style, width);
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                *last = self.clipped(&format!("{last} …"), style, width);
            }
        }
        lines
    }

    /// One line; what does not fit shows as an ellipsis.
    pub fn clipped(&self, text: &str, style: Style, width: Length) -> String {
        let shown: String = text.chars().take(MAX_RUN).collect();
        let mut shown = self.fonts.legible(&shown);
        if self.width(&shown, style) <= width && shown.len() == self.fonts.legible(text).len() {
            return shown;
        }
        while !shown.is_empty() && self.width(&format!("{shown}…"), style) > width {
            shown.pop();
        }
        format!("{}…", shown.trim_end())
    }

    fn put(&mut self, thing: PageBox) {
        let last = self.pages.len().saturating_sub(1);
        if let Some(page) = self.pages.get_mut(self.page.unwrap_or(last)) {
            page.boxes.push(thing);
        }
    }
}
