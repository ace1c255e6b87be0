//! Comments in a RON text. A plan is read without them, so whoever writes it again has to say that they are gone.

use std::fmt;

use super::Format;

/// The comments of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comments {
    /// How many there are; at least one.
    pub count: usize,
    /// The line of the first, from 1.
    pub first_line: usize,
}

impl fmt::Display for Comments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => write!(f, "1 comment (in line {})", self.first_line),
            count => write!(f, "{count} comments (the first in line {})", self.first_line),
        }
    }
}

impl Comments {
    /// The comments of a document that can be read; `None` if it has none.
    pub(super) fn of(text: &str, format: Format) -> Option<Self> {
        if format != Format::Ron {
            return None;
        }
        let mut found: Option<Self> = None;
        let mut rest = text;
        while let Some((before, here)) = rest.find(['/', '"', '\'', 'r']).map(|at| rest.split_at(at)) {
            rest = if let Some(after) = after_comment(here) {
                let comments = found.get_or_insert_with(|| {
                    let line = text.len() - here.len();
                    Self { count: 0, first_line: text.split_at(line).0.matches('\n').count() + 1 }
                });
                comments.count += 1;
                after.unwrap_or_default()
            } else {
                // A name that ends in an r is no beginning of a raw text.
                let in_name =
                    before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_') && !before.ends_with('b');
                let after = if in_name { None } else { after_text(here) };
                after.unwrap_or_else(|| here.split_at(1).1)
            };
        }
        found
    }
}

/// What comes after the comment that a text begins with; `None` if it does not begin with one.
pub(super) fn after_comment(text: &str) -> Option<Result<&str, &'static str>> {
    if let Some(comment) = text.strip_prefix("//") {
        return Some(Ok(comment.split_once('\n').map_or("", |(_, after)| after)));
    }
    let mut rest = text.strip_prefix("/*")?;
    let mut depth = 1_usize;
    while depth > 0 {
        let Some((_, here)) = rest.find(['*', '/']).map(|at| rest.split_at(at)) else {
            return Some(Err("a comment is not closed"));
        };
        (depth, rest) = match (here.strip_prefix("*/"), here.strip_prefix("/*")) {
            (Some(after), _) => (depth - 1, after),
            (_, Some(after)) => (depth + 1, after),
            _ => (depth, here.split_at(1).1),
        };
    }
    Some(Ok(rest))
}

/// What comes after the text or character in quotes that a text begins with; `None` if it does not begin with one.
fn after_text(text: &str) -> Option<&str> {
    if let Some(raw) = text.strip_prefix('r') {
        let quoted = raw.trim_start_matches('#');
        let end = format!("\"{}", "#".repeat(raw.len() - quoted.len()));
        return Some(quoted.strip_prefix('"')?.split_once(&end).map_or("", |(_, after)| after));
    }
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let mut rest = text.strip_prefix(quote)?.chars();
    loop {
        match rest.next()? {
            '\\' => drop(rest.next()),
            end if end == quote => return Some(rest.as_str()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(usize, usize)>) {
        let found = Comments::of(text, Format::Ron).map(|comments| (comments.count, comments.first_line));
        assert_eq!(found, expected, "{text}");
        // What is a comment to the library is one here.
        let options = crate::files::format::options();
        let read = options.from_str::<serde::de::IgnoredAny>(text);
        assert!(read.is_ok(), "{text}: {read:?}");
    }

    #[test]
    fn comments_count_outside_texts_alone() {
        check("(name: \"plain\")", None);
        check("// one\n(name: \"a\") // two\n// three", Some((3, 1)));
        check("(\n name: \"a\", /* one /* within */ still */ notes: \"b\",\n)", Some((1, 2)));
        check("(\n\n/**/ /***/ /* / * */ name: \"a\")", Some((3, 3)));
        check(r#"(name: "http://a \" // b /* c", notes: "\\" /* d */)"#, Some((1, 1)));
        check("(name: r\"a \\\", notes: r##\"b \"# // c \"## /* d */, year: 1, other/*e*/: br\"//\")", Some((2, 1)));
        check("(sign: '\"', other: '\\'', last: \"// no\")\n// yes", Some((1, 2)));
    }

    #[test]
    fn json_has_no_comments_and_an_open_one_has_no_end() {
        assert_eq!(Comments::of("{\"a\": \"//\"}", Format::Json), None);
        assert_eq!(after_comment("/* a /* b */"), Some(Err("a comment is not closed")));
        assert_eq!(after_comment("a // b"), None);
    }

    #[test]
    fn comments_are_told_with_their_place() {
        assert_eq!(Comments { count: 1, first_line: 3 }.to_string(), "1 comment (in line 3)");
        assert_eq!(Comments { count: 4, first_line: 2 }.to_string(), "4 comments (the first in line 2)");
    }
}
