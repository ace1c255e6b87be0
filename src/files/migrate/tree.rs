//! A document as a tree of names and values, in the shape of its JSON form: a variant is its name, or a group with its
//! name alone. RON's own tree forgets the names of variants, so it is read here; its words (texts, numbers) are left to
//! the library.

use serde_json::{Map, Value};

use crate::files::comments::after_comment;
use crate::files::format::{Format, options};
use crate::plan::limits::MAX_NESTING;

/// Reads a document.
pub(super) fn read(text: &str, format: Format) -> Result<Value, String> {
    match format {
        Format::Json => serde_json::from_str(text).map_err(|e| e.to_string()),
        Format::Ron => {
            let mut reader = RonReader { rest: text, deep: 0 };
            let value = reader.value()?;
            reader.blank()?;
            if reader.rest.is_empty() { Ok(value) } else { Err(reader.wrong("more than a plan")) }
        }
    }
}

struct RonReader<'t> {
    rest: &'t str,
    deep: usize,
}

impl<'t> RonReader<'t> {
    fn wrong(&self, what: &str) -> String {
        format!("there is {what} before \"{}\"", crate::plan::limits::shortened(self.rest, 30))
    }

    /// Passes over blanks and comments.
    fn blank(&mut self) -> Result<(), String> {
        loop {
            self.rest = self.rest.trim_start();
            match after_comment(self.rest) {
                Some(after) => self.rest = after?,
                None => return Ok(()),
            }
        }
    }

    fn eat(&mut self, sign: char) -> Result<bool, String> {
        self.blank()?;
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        Ok(rest.is_some())
    }

    fn need(&mut self, sign: char) -> Result<(), String> {
        if self.eat(sign)? { Ok(()) } else { Err(self.wrong(&format!("no \"{sign}\""))) }
    }

    fn word(&mut self) -> Option<&'t str> {
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        if word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        self.rest = rest;
        Some(word)
    }

    fn value(&mut self) -> Result<Value, String> {
        self.deep += 1;
        if self.deep > MAX_NESTING {
            return Err("the brackets are nested too deep".to_owned());
        }
        self.blank()?;
        let value = match self.rest.chars().next() {
            Some('(') => self.group(),
            Some('[') => self.list(),
            Some('{') => self.map(),
            Some('"') => self.text().map(Value::String),
            Some(sign) if sign.is_ascii_digit() || sign == '-' => self.number(),
            _ => self.variant(),
        };
        self.deep -= 1;
        value
    }

    /// `Name`, `Name(…)`, `Some(…)`, `None`, `true` or `false`.
    fn variant(&mut self) -> Result<Value, String> {
        let name = self.word().ok_or_else(|| self.wrong("no value"))?;
        self.blank()?;
        let inner = if self.rest.starts_with('(') { Some(self.group()?) } else { None };
        Ok(match (name, inner) {
            ("true", None) => true.into(),
            ("false", None) => false.into(),
            ("None", None) => Value::Null,
            ("Some", Some(inner)) => inner,
            (name, None) => name.into(),
            (name, Some(inner)) => Value::Object(Map::from_iter([(name.to_owned(), inner)])),
        })
    }

    /// `(name: …, …)` as a group of fields, `(…)` as what is in it, and several of those as a list.
    fn group(&mut self) -> Result<Value, String> {
        self.need('(')?;
        let (mut fields, mut bare) = (Map::new(), Vec::new());
        while !self.eat(')')? {
            let before = self.rest;
            match self.word() {
                Some(name) if self.eat(':')? => {
                    let value = self.value()?;
                    if fields.insert(name.to_owned(), value).is_some() {
                        return Err(format!("the field \"{name}\" is given twice"));
                    }
                }
                _ => {
                    self.rest = before;
                    bare.push(self.value()?);
                }
            }
            self.between(')')?;
        }
        Ok(match (bare.len(), fields.is_empty()) {
            (0, _) => Value::Object(fields),
            (1, true) => bare.remove(0),
            (_, true) => Value::Array(bare),
            (_, false) => return Err(self.wrong("a value without a name among named ones")),
        })
    }

    fn list(&mut self) -> Result<Value, String> {
        self.need('[')?;
        let mut all = Vec::new();
        while !self.eat(']')? {
            all.push(self.value()?);
            self.between(']')?;
        }
        Ok(Value::Array(all))
    }

    fn map(&mut self) -> Result<Value, String> {
        self.need('{')?;
        let mut all = Map::new();
        while !self.eat('}')? {
            let key = match self.value()? {
                Value::String(key) => key,
                other => other.to_string(),
            };
            self.need(':')?;
            let value = self.value()?;
            if all.contains_key(&key) {
                return Err(format!("\"{key}\" is given twice"));
            }
            all.insert(key, value);
            self.between('}')?;
        }
        Ok(Value::Object(all))
    }

    /// A comma, unless the end follows.
    fn between(&mut self, end: char) -> Result<(), String> {
        let comma = self.eat(',')?;
        if comma || self.rest.starts_with(end) { Ok(()) } else { Err(self.wrong("no comma")) }
    }

    fn text(&mut self) -> Result<String, String> {
        let mut escaped = false;
        let end = self.rest.char_indices().skip(1).find(|(_, c)| match c {
            _ if escaped => {
                escaped = false;
                false
            }
            '\\' => {
                escaped = true;
                false
            }
            c => *c == '"',
        });
        let (end, _) = end.ok_or("a text is not closed")?;
        let (quoted, rest) = self.rest.split_at(end + 1);
        self.rest = rest;
        options().from_str(quoted).map_err(|e| format!("{quoted}: {e}"))
    }

    fn number(&mut self) -> Result<Value, String> {
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-._".contains(c)));
        let (digits, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        match digits.parse::<i64>() {
            Ok(number) => Ok(number.into()),
            Err(_) => options().from_str::<f64>(digits).map(Value::from).map_err(|e| format!("{digits}: {e}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{Template, encode};

    #[test]
    fn the_tree_of_ron_is_that_of_json() {
        for template in Template::ALL {
            let plan = template.plan().unwrap();
            let trees = [Format::Ron, Format::Json].map(|f| read(&encode(&plan, f).unwrap(), f).unwrap());
            assert_eq!(trees[0], trees[1], "{}", template.name);
        }
    }

    #[test]
    fn what_is_no_ron_is_said() {
        for text in ["", "(", "(a: 1", "(a: 1) b", "(a 1)", "[1 2]", "(a: \"x)", "/*", "(a: 1, a: 2)", "(a: 1, 2)"] {
            assert!(read(text, Format::Ron).is_err(), "{text}");
        }
        assert!(read(&"[".repeat(100_000), Format::Ron).is_err());
        let text = "/* a */ (a: Some(1), b: None, c: {\"x\": true, 2011: \"1\\\"\"}, d: [V, V(1), V(x: -2)],) // end";
        let expected =
            "{\"a\":1,\"b\":null,\"c\":{\"2011\":\"1\\\"\",\"x\":true},\"d\":[\"V\",{\"V\":1},{\"V\":{\"x\":-2}}]}";
        assert_eq!(read(text, Format::Ron).unwrap().to_string(), expected);
    }
}
