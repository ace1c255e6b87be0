//! Plans that only a passphrase opens: files in the age format (age-encryption.org/v1), which other age tools open too.
//!
//! A passphrase is stretched by scrypt, which takes about half a second on purpose, so that nobody tries millions. The
//! journal is written every second and cannot wait for that: it is encrypted for a key pair of its own (X25519), and the
//! private half lies beside it, protected by the passphrase.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, scrypt, x25519};

/// The ending of a protected file, after that of the form inside: `plan.ron.age`.
const ENDING: &str = "age";

/// How a protected file begins, in the two ways that age knows.
const HEADS: [&[u8]; 2] = [b"age-encryption.org/v1", b"-----BEGIN AGE ENCRYPTED FILE-----"];

/// How an armoured part of a journal entry begins.
const ARMOUR: &str = "-----BEGIN AGE ENCRYPTED FILE-----";

/// scrypt's N is two to this: the least that OWASP's password storage cheat sheet recommends, with r = 8 and p = 1.
const WORK: u8 = 17;

/// A file that asks for more is refused, since it would take minutes and gigabytes: eight times the usual work.
const MAX_WORK: u8 = 20;

/// What opens a protected plan. It is never written, and never shown: its `Debug` form says nothing.
#[derive(Clone)]
pub struct Passphrase(Arc<Secret>);

struct Secret {
    words: SecretString,
    /// Made when the journal is first written.
    journal: OnceLock<JournalKey>,
}

/// What a journal is encrypted for.
struct JournalKey {
    recipient: x25519::Recipient,
    /// The private half, protected by the passphrase, as text.
    kept: String,
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
    #[error("this is no file protected by a passphrase; where it is a plain plan, take .age off its name")]
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
        let words = SecretString::from(words);
        let given = !words.expose_secret().is_empty();
        given.then(|| Self(Arc::new(Secret { words, journal: OnceLock::new() })))
    }

    /// The bytes as only this passphrase gives them back.
    pub(super) fn protect(&self, bytes: &[u8]) -> Result<Vec<u8>, LockedError> {
        age::encrypt(&self.recipient(), bytes).map_err(|_why| LockedError::Encrypt)
    }

    /// What was protected.
    pub(super) fn open(&self, bytes: &[u8]) -> Result<Vec<u8>, LockedError> {
        if !looks_protected(bytes) {
            return Err(LockedError::Plain);
        }
        let mut identity = scrypt::Identity::new(self.0.words.clone());
        identity.set_max_work_factor(MAX_WORK);
        age::decrypt(&identity, bytes).map_err(|why| locked(&why))
    }

    /// A journal entry: the key that opens it, for the passphrase, and the text, for the key.
    pub(super) fn protect_entry(&self, text: &str) -> Result<String, LockedError> {
        let key = if let Some(key) = self.0.journal.get() {
            key
        } else {
            let made = self.journal_key()?;
            self.0.journal.get_or_init(|| made)
        };
        let body = age::encrypt_and_armor(&key.recipient, text.as_bytes()).map_err(|_why| LockedError::Encrypt)?;
        Ok(format!("{}{body}", key.kept))
    }

    /// The text of a journal entry.
    pub(super) fn open_entry(&self, entry: &str) -> Result<String, LockedError> {
        let (_, parts) = entry.split_once(ARMOUR).ok_or(LockedError::Damaged)?;
        let (key, body) = parts.split_once(ARMOUR).ok_or(LockedError::Damaged)?;
        let key = self.open(format!("{ARMOUR}{key}").as_bytes())?;
        let key = std::str::from_utf8(&key).ok().and_then(|key| key.parse::<x25519::Identity>().ok());
        let key = key.ok_or(LockedError::Damaged)?;
        let text = age::decrypt(&key, format!("{ARMOUR}{body}").as_bytes()).map_err(|_why| LockedError::Damaged)?;
        String::from_utf8(text).map_err(|_why| LockedError::Damaged)
    }

    fn journal_key(&self) -> Result<JournalKey, LockedError> {
        let identity = x25519::Identity::generate();
        let private = identity.to_string();
        let kept = age::encrypt_and_armor(&self.recipient(), private.expose_secret().as_bytes());
        Ok(JournalKey { recipient: identity.to_public(), kept: kept.map_err(|_why| LockedError::Encrypt)? })
    }

    fn recipient(&self) -> scrypt::Recipient {
        let mut recipient = scrypt::Recipient::new(self.0.words.clone());
        recipient.set_work_factor(WORK);
        recipient
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
    HEADS.iter().any(|head| bytes.starts_with(head))
}

fn locked(why: &DecryptError) -> LockedError {
    match why {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => LockedError::Wrong,
        DecryptError::ExcessiveWork { .. } => LockedError::TooMuchWork,
        DecryptError::InvalidHeader | DecryptError::InvalidMac | DecryptError::Io(_) => LockedError::Damaged,
        // For other keys than a passphrase, or of a form that is not known.
        _ => LockedError::Plain,
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
    fn an_entry_of_the_journal_needs_the_passphrase_and_its_key_is_made_once() {
        let (right, wrong) = (passphrase("one two three"), passphrase("one two"));
        let (one, two) = (right.protect_entry("first").unwrap(), right.protect_entry("second").unwrap());
        let head = |entry: &str| entry.split(ARMOUR).nth(1).map(str::to_owned);
        assert_eq!(head(&one), head(&two));
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
