//! Plans that only a passphrase opens: files in the age format (age-encryption.org/v1), which other age tools open too.
//!
//! A passphrase is stretched by scrypt, which takes about half a second on purpose, so that nobody tries millions. The
//! journal is written every second and cannot wait for that: all entries of a run share one header, made once, and each is
//! encrypted with a key of its own.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use zeroize::Zeroizing;

use super::age::{self, ARMOR_BEGIN, AgeError, Header};

/// The ending of a protected file, after that of the form inside: `plan.ron.age`.
const ENDING: &str = "age";

/// How a protected file begins: as bytes, and as text.
const STARTS: [&str; 2] = [age::INTRO, ARMOR_BEGIN];

/// scrypt's N is two to this: the least that OWASP's password storage cheat sheet recommends, with r = 8 and p = 1.
const WORK: u8 = 17;

/// A file that asks for more is refused, since it would take minutes and gigabytes: eight times the usual work.
const MAX_WORK: u8 = 20;

/// What opens a protected plan. It is never written, and never shown: its `Debug` form says nothing.
#[derive(Clone)]
pub struct Passphrase(Arc<Secret>);

struct Secret {
    words: Zeroizing<String>,
    /// The header of all journal entries of this run, made when the first is written.
    journal: OnceLock<Header>,
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// Why a protected plan cannot be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LockedError {
    /// No passphrase was given.
    #[error("a passphrase protects this plan; give it to open the plan")]
    Missing,
    /// A file that is to hold a passphrase holds none.
    #[error("the first line of the file is to be the passphrase, and is empty")]
    Empty,
    /// The passphrase is another one.
    #[error("this passphrase does not open the plan; check its spelling")]
    Wrong,
    /// The passphrase is right, the file is not what was saved.
    #[error(
        "the file was changed or cut short after it was saved, and cannot be opened; open an earlier version of it"
    )]
    Damaged,
    /// The name says protected, the content does not.
    #[error("this file is not protected by a passphrase; if it is a plan without one, take .age off its name")]
    Plain,
    /// The content is protected, the name does not say so.
    #[error("a passphrase protects this file; name it .ron.age or .json.age to open it")]
    Misnamed,
    /// The file asks for more work than a plan that Muster saved.
    #[error("opening this file would take far more work than a plan that Muster saved; it is refused")]
    TooMuchWork,
    /// It could not be encrypted.
    #[error("the plan could not be encrypted")]
    Encrypt,
}

impl Passphrase {
    /// A passphrase; `None` if there is no text.
    #[must_use]
    pub fn new(words: String) -> Option<Self> {
        let words = Zeroizing::new(words);
        let given = !words.is_empty();
        given.then(|| Self(Arc::new(Secret { words, journal: OnceLock::new() })))
    }

    /// The bytes as only this passphrase gives them back.
    pub(super) fn protect(&self, bytes: &[u8]) -> Result<Vec<u8>, LockedError> {
        self.header()?.encrypt(bytes).map_err(locked)
    }

    /// What was protected.
    pub(super) fn open(&self, bytes: &[u8]) -> Result<Vec<u8>, LockedError> {
        if !looks_protected(bytes) {
            return Err(LockedError::Plain);
        }
        age::decrypt(bytes, &self.0.words, MAX_WORK).map_err(locked)
    }

    /// A journal entry: an armored file with the header that all entries of this run share.
    pub(super) fn protect_entry(&self, text: &str) -> Result<String, LockedError> {
        let header = if let Some(header) = self.0.journal.get() {
            header
        } else {
            let made = self.header()?;
            self.0.journal.get_or_init(|| made)
        };
        header.encrypt(text.as_bytes()).map(|file| age::armor(&file)).map_err(locked)
    }

    /// The text of a journal entry.
    pub(super) fn open_entry(&self, entry: &str) -> Result<String, LockedError> {
        let start = entry.find(ARMOR_BEGIN).ok_or(LockedError::Damaged)?;
        let text = self.open(entry.get(start..).unwrap_or_default().as_bytes())?;
        String::from_utf8(text).map_err(|_why| LockedError::Damaged)
    }

    fn header(&self) -> Result<Header, LockedError> {
        Header::new(&self.0.words, WORK).map_err(locked)
    }
}

/// Whether a file's name says that a passphrase protects it.
#[must_use]
pub fn is_protected(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING))
}

/// A file's name without the ending that says it is protected.
pub(super) fn unprotected(path: &Path) -> &Path {
    match path.file_stem() {
        Some(stem) if is_protected(path) => Path::new(stem),
        _ => path,
    }
}

/// Whether bytes are those of a protected file, whatever its name.
pub(super) fn looks_protected(bytes: &[u8]) -> bool {
    STARTS.iter().any(|start| bytes.starts_with(start.as_bytes()))
}

fn locked(why: AgeError) -> LockedError {
    match why {
        AgeError::WrongPassphrase => LockedError::Wrong,
        AgeError::OtherRecipient => LockedError::Plain,
        AgeError::TooMuchWork => LockedError::TooMuchWork,
        AgeError::Damaged => LockedError::Damaged,
        AgeError::NoRandomness => LockedError::Encrypt,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(words: &str) -> Passphrase {
        Passphrase::new(words.to_owned()).unwrap()
    }

    #[test]
    fn a_passphrase_says_nothing_and_is_never_empty() {
        assert!(Passphrase::new(String::new()).is_none());
        assert_eq!(format!("{:?}", passphrase("correct horse")), "Passphrase");
    }

    #[test]
    fn what_is_protected_comes_back_and_what_was_changed_is_told() {
        let (right, wrong) = (passphrase("größer als 12"), passphrase("Größer als 12"));
        let text = "pay of 147,000.00 ".repeat(9_000);
        let bytes = right.protect(text.as_bytes()).unwrap();
        assert!(looks_protected(&bytes) && !bytes.windows(6).any(|w| w == b"147,00"));
        assert_eq!(right.open(&bytes).unwrap(), text.as_bytes());
        assert_eq!(wrong.open(&bytes), Err(LockedError::Wrong));
        // The head, its proof, and the content: every cut and every changed byte is detected.
        for cut in [bytes.len() - 1, bytes.len() - 70_000, 300, 180] {
            assert_eq!(right.open(&bytes[..cut]), Err(LockedError::Damaged), "cut to {cut}");
        }
        for at in [190, 1_000, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(right.open(&changed), Err(LockedError::Damaged), "changed at {at}");
        }
        assert_eq!(right.open(b"(schema: 1)"), Err(LockedError::Plain));
    }

    #[test]
    fn an_entry_of_the_journal_needs_the_passphrase_and_the_header_is_made_once() {
        let (right, wrong) = (passphrase("one two three"), passphrase("one two"));
        let (one, two) = (right.protect_entry("first").unwrap(), right.protect_entry("second").unwrap());
        // The header is shared, nonce and content are not.
        assert_eq!(one[..200], two[..200]);
        assert_ne!(one, right.protect_entry("first").unwrap());
        assert_eq!(right.open_entry(&one).as_deref(), Ok("first"));
        assert_eq!(right.open_entry(&two).as_deref(), Ok("second"));
        assert_eq!(wrong.open_entry(&one), Err(LockedError::Wrong));
        let mixed = format!("{}{}", &one[..one.len() - 60], &two[two.len() - 60..]);
        assert_eq!(right.open_entry(&mixed), Err(LockedError::Damaged));
        assert_eq!(right.open_entry("// Not saved: {}"), Err(LockedError::Damaged));
    }

    #[test]
    fn the_ending_says_what_is_protected_and_what_is_inside() {
        assert!(is_protected(Path::new("a/plan.ron.AGE")) && !is_protected(Path::new("age")));
        assert_eq!(unprotected(Path::new("a/plan.json.age")), Path::new("plan.json"));
        assert_eq!(unprotected(Path::new("a/plan.json")), Path::new("a/plan.json"));
    }
}
