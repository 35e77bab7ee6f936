//! Reads Rust just well enough to tell code from comments, strings and tests.
//!
//! It never judges and never needs to compile: it must work on a file that does not.

/// A Rust file in three views with the same lines.
#[derive(Default)]
pub struct Rust {
    /// Comments and the contents of strings are blank.
    pub code: String,
    /// Only comments are left.
    pub comments: String,
    /// The beginning of every string, with its line.
    pub strings: Vec<(usize, String)>,
    /// From line to line, the parts under `#[cfg(test)]`.
    tests: Vec<(usize, usize)>,
    pub functions: Vec<Function>,
}

pub struct Function {
    pub name: String,
    pub line: usize,
    pub lines: usize,
}

impl Rust {
    pub fn read(text: &str) -> Self {
        let mut reader = Reader { rest: text, line: 1, rust: Self::default() };
        while !reader.rest.is_empty() {
            reader.step();
        }
        let mut rust = reader.rust;
        rust.tests = test_parts(&rust.code);
        rust.functions = functions(&rust.code);
        rust
    }

    pub fn is_test_line(&self, line: usize) -> bool {
        self.tests.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }

    pub fn test_lines(&self) -> usize {
        self.tests.iter().map(|(first, last)| last - first + 1).sum()
    }
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    rust: Rust,
}

/// Which view a piece of text belongs to.
#[derive(PartialEq, Eq, Clone, Copy)]
enum View {
    Code,
    Comment,
    Neither,
}

impl Reader<'_> {
    fn step(&mut self) {
        let rest = self.rest;
        if rest.starts_with("//") {
            self.take(rest.find('\n').unwrap_or(rest.len()), View::Comment);
        } else if rest.starts_with("/*") {
            self.take(block_comment(rest), View::Comment);
        } else if let Some((opening, length, closing)) = string(rest) {
            self.rust.strings.push((self.line, rest[opening..opening + length].to_string()));
            self.take(opening, View::Code);
            self.take(length, View::Neither);
            self.take(closing, View::Code);
        } else if let Some(length) = char_literal(rest) {
            self.take(length, View::Neither);
        } else {
            self.take(word(rest), View::Code);
        }
    }

    /// Moves on, copying to one view and leaving blanks in the other.
    fn take(&mut self, bytes: usize, view: View) {
        let bytes = bytes.min(self.rest.len());
        for c in self.rest[..bytes].chars() {
            let blank = if c == '\n' { '\n' } else { ' ' };
            self.rust.code.push(if view == View::Code { c } else { blank });
            self.rust.comments.push(if view == View::Comment { c } else { blank });
            self.line += usize::from(c == '\n');
        }
        self.rest = &self.rest[bytes..];
    }
}

/// One character, or a whole word so that the `r` of `for` is not taken for a raw string.
fn word(rest: &str) -> usize {
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    if end == 0 { rest.chars().next().map_or(1, char::len_utf8) } else { end }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let tail = &rest.as_bytes()[at..];
        if tail.starts_with(b"/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if tail.starts_with(b"*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    at
}

/// If a string begins here: the lengths of its opening, contents and closing.
fn string(rest: &str) -> Option<(usize, usize, usize)> {
    let unprefixed = rest.trim_start_matches(['b', 'c']);
    let prefix = rest.len() - unprefixed.len();
    if prefix > 1 {
        return None;
    }
    if let Some(raw) = unprefixed.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let contents = raw[hashes..].strip_prefix('"')?;
        let closing = format!("\"{}", "#".repeat(hashes));
        let length = contents.find(&closing).unwrap_or(contents.len());
        return Some((prefix + 2 + hashes, length, closing.len()));
    }
    let contents = unprefixed.strip_prefix('"')?;
    let mut escaped = false;
    let end = contents.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    Some((prefix + 1, end.unwrap_or(contents.len()), 1))
}

/// If a character literal begins here (and not a lifetime): its length.
fn char_literal(rest: &str) -> Option<usize> {
    let contents = rest.strip_prefix('\'')?;
    if contents.starts_with('\\') {
        let after = contents.get(2..)?;
        return Some(after.find('\'')? + 4);
    }
    let first = contents.chars().next()?;
    contents[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

fn test_parts(code: &str) -> Vec<(usize, usize)> {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for (at, _) in code.match_indices("#[cfg(test)]") {
        let first = line_of(code, at);
        if parts.last().is_some_and(|(_, last)| first <= *last) {
            continue;
        }
        parts.push((first, line_of(code, item_end(code, at))));
    }
    parts
}

fn functions(code: &str) -> Vec<Function> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let before = code[..at].chars().next_back();
        let name = &code[at + 3..at + 3 + word(&code[at + 3..])];
        let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_') || !is_name {
            continue;
        }
        let line = line_of(code, at);
        let lines = line_of(code, item_end(code, at)) - line + 1;
        found.push(Function { name: name.to_string(), line, lines });
    }
    found
}

/// Where the item starting here ends: at its closing brace, or at a semicolon before any brace.
fn item_end(code: &str, start: usize) -> usize {
    let (mut braces, mut brackets) = (0, 0);
    for (offset, byte) in code[start..].bytes().enumerate() {
        match byte {
            b'(' | b'[' => brackets += 1,
            b')' | b']' => brackets -= 1,
            b'{' => braces += 1,
            b'}' => braces -= 1,
            _ => {}
        }
        let ends = byte == b'}' && braces <= 0 || byte == b';' && braces == 0 && brackets == 0;
        if ends && brackets <= 0 {
            return start + offset;
        }
    }
    code.len()
}

#[test]
fn comments_strings_and_tests_are_told_from_code() {
    let text = r###"fn a<'x>(b: &'x str) -> char {
    let s = r#"fn not_here() { "quoted" }"#; // fn nor_here() {
    let t = "a \" fn neither() {"; /* nested /* fn no() { */ */
    '"'
}
#[cfg(test)]
mod tests {
    fn inside() {}
}
fn after() {}
"###;
    let rust = Rust::read(text);
    let names: Vec<&str> = rust.functions.iter().map(|function| function.name.as_str()).collect();
    assert_eq!(names, ["a", "inside", "after"]);
    assert_eq!((rust.functions[0].line, rust.functions[0].lines), (1, 5));
    assert_eq!(rust.strings.len(), 2);
    assert!(rust.comments.contains("nor_here"));
    assert!(rust.is_test_line(6) && rust.is_test_line(9) && !rust.is_test_line(10));
    assert_eq!(rust.code.lines().count(), text.lines().count());
}
