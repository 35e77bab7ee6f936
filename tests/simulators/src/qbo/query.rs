//! Intuit's query language: `select * from Invoice where DocNumber in ('A-1') orderby TxnDate
//! startposition 1 maxresults 100`. There is no `or`, and a quote inside a text is written `\'`.

use super::fault::Fault;
use super::model::Entity;

/// A query as it is meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    pub entity: Entity,
    pub counts: bool,
    pub conditions: Vec<Condition>,
    pub order: Vec<(String, bool)>,
    pub start: usize,
    pub most: usize,
}

/// A field compared with values.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    pub field: String,
    pub operator: Operator,
    pub values: Vec<String>,
}

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Is,
    In,
    Less,
    More,
    AtMost,
    AtLeast,
    Like,
}

const USUAL_PAGE: usize = 100;
const LARGEST_PAGE: usize = 1000;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(String),
}

impl Query {
    /// Reads a query.
    ///
    /// # Errors
    /// [`Fault::query`].
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut reader = Reader { tokens: tokens(text)?, place: 0 };
        reader.expect("select")?;
        let mut counts = false;
        while !reader.takes("from") {
            match reader.next()? {
                Token::Word(word) if word.eq_ignore_ascii_case("count") => counts = true,
                Token::Word(_) | Token::Sign(_) => {}
                Token::Text(text) => return Err(Fault::query(format!("unexpected '{text}'"))),
            }
        }
        let name = reader.word()?;
        let unknown = || Fault::query(format!("Entity {name} is not known"));
        let entity = Entity::parse(&name).ok_or_else(unknown)?;
        let mut query = Self {
            entity,
            counts,
            conditions: Vec::new(),
            order: Vec::new(),
            start: 1,
            most: USUAL_PAGE,
        };
        if reader.takes("where") {
            query.conditions.push(reader.condition()?);
            while reader.takes("and") {
                query.conditions.push(reader.condition()?);
            }
        }
        query.rest(&mut reader)?;
        Ok(query)
    }

    fn rest(&mut self, reader: &mut Reader) -> Result<(), Fault> {
        while reader.place < reader.tokens.len() {
            if reader.takes("orderby") || (reader.takes("order") && reader.takes("by")) {
                loop {
                    let field = reader.word()?;
                    let falling = reader.takes("desc");
                    if !falling {
                        reader.takes("asc");
                    }
                    self.order.push((field, falling));
                    if !reader.takes_sign(",") {
                        break;
                    }
                }
            } else if reader.takes("startposition") {
                self.start = reader.number()?.max(1);
            } else if reader.takes("maxresults") {
                self.most = reader.number()?.min(LARGEST_PAGE);
            } else {
                return Err(Fault::query(format!("Encountered {:?}", reader.next()?)));
            }
        }
        Ok(())
    }
}

struct Reader {
    tokens: Vec<Token>,
    place: usize,
}

impl Reader {
    fn next(&mut self) -> Result<Token, Fault> {
        let token = self.tokens.get(self.place).cloned();
        self.place += 1;
        token.ok_or_else(|| Fault::query("Encountered <EOF>"))
    }

    fn takes(&mut self, word: &str) -> bool {
        let there = matches!(self.tokens.get(self.place),
            Some(Token::Word(it)) if it.eq_ignore_ascii_case(word));
        self.place += usize::from(there);
        there
    }

    fn takes_sign(&mut self, sign: &str) -> bool {
        let there = self.tokens.get(self.place) == Some(&Token::Sign(sign.to_owned()));
        self.place += usize::from(there);
        there
    }

    fn expect(&mut self, word: &str) -> Result<(), Fault> {
        if self.takes(word) { Ok(()) } else { Err(Fault::query(format!("expected {word}"))) }
    }

    fn word(&mut self) -> Result<String, Fault> {
        match self.next()? {
            Token::Word(word) => Ok(word),
            other => Err(Fault::query(format!("Encountered {other:?}"))),
        }
    }

    fn number(&mut self) -> Result<usize, Fault> {
        let word = self.word()?;
        word.parse().map_err(|_| Fault::query(format!("{word} is no number")))
    }

    fn value(&mut self) -> Result<String, Fault> {
        match self.next()? {
            Token::Word(value) | Token::Text(value) => Ok(value),
            Token::Sign(sign) => Err(Fault::query(format!("Encountered {sign}"))),
        }
    }

    fn condition(&mut self) -> Result<Condition, Fault> {
        let field = self.word()?;
        if self.takes("in") {
            let mut values = Vec::new();
            if !self.takes_sign("(") {
                return Err(Fault::query("expected ("));
            }
            loop {
                values.push(self.value()?);
                if !self.takes_sign(",") {
                    break;
                }
            }
            if !self.takes_sign(")") {
                return Err(Fault::query("expected )"));
            }
            return Ok(Condition { field, operator: Operator::In, values });
        }
        let operator = if self.takes("like") {
            Operator::Like
        } else {
            match self.next()? {
                Token::Sign(sign) => operator(&sign)?,
                other => return Err(Fault::query(format!("Encountered {other:?}"))),
            }
        };
        Ok(Condition { field, operator, values: vec![self.value()?] })
    }
}

fn operator(sign: &str) -> Result<Operator, Fault> {
    Ok(match sign {
        "=" => Operator::Is,
        "<" => Operator::Less,
        ">" => Operator::More,
        "<=" => Operator::AtMost,
        ">=" => Operator::AtLeast,
        other => return Err(Fault::query(format!("Encountered {other}"))),
    })
}

fn tokens(text: &str) -> Result<Vec<Token>, Fault> {
    let mut found = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            c if c.is_whitespace() || c == ';' => {}
            '\'' => found.push(Token::Text(quoted(&mut rest)?)),
            '<' | '>' => {
                let mut sign = c.to_string();
                if rest.next_if_eq(&'=').is_some() {
                    sign.push('=');
                }
                found.push(Token::Sign(sign));
            }
            '=' | '(' | ')' | ',' | '*' => found.push(Token::Sign(c.to_string())),
            c if c.is_ascii_alphanumeric() || c == '-' => {
                let mut word = c.to_string();
                let part =
                    |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
                while let Some(c) = rest.next_if(part) {
                    word.push(c);
                }
                found.push(Token::Word(word));
            }
            other => {
                let code = u32::from(other);
                return Err(Fault::query(format!("Lexical error. Encountered: {other} ({code})")));
            }
        }
    }
    Ok(found)
}

fn quoted(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<String, Fault> {
    let mut text = String::new();
    while let Some(c) = rest.next() {
        match c {
            '\'' => return Ok(text),
            '\\' => text.extend(rest.next()),
            other => text.push(other),
        }
    }
    Err(Fault::query("Encountered <EOF> inside a text"))
}
