//! The age file format (C2SP: age-encryption.org/v1) with one recipient: a passphrase, stretched by scrypt. Files that any
//! age tool opens, and the other way round. Key pairs and plug-ins are not supported.
//!
//! A file is a header, which holds the file key encrypted for the passphrase, and a payload of chunks encrypted with a key
//! made from the file key and a nonce. A [`Header`] that was made once encrypts any number of payloads without another
//! scrypt; each gets a nonce, and so a key, of its own.

use base64::Engine;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The first line of a file.
pub(super) const INTRO: &str = "age-encryption.org/v1";

/// The first and the last line of a file written as text.
pub(super) const ARMOR_BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const ARMOR_END: &str = "-----END AGE ENCRYPTED FILE-----";

/// The length of a line of base64 text.
const LINE: usize = 64;

/// The length of a chunk of the payload, and of the tag that ends it.
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;

/// The length of file keys, salts and the payload's nonce.
const SHORT: usize = 16;

/// The length of all other keys and of authentication codes.
const LONG: usize = 32;

type FileKey = Zeroizing<[u8; SHORT]>;
type Key = Zeroizing<[u8; LONG]>;

/// Why a file cannot be opened or made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AgeError {
    /// The passphrase is another one.
    WrongPassphrase,
    /// The file is for other recipients than a passphrase.
    OtherRecipient,
    /// scrypt's work factor is above what the caller allows.
    TooMuchWork,
    /// The file is no age file, was changed, or was cut short.
    Damaged,
    /// The system gives no random numbers.
    NoRandomness,
}

/// A header that a passphrase opens, with its file key: encrypts payloads.
pub(super) struct Header {
    text: String,
    key: FileKey,
}

impl Header {
    /// A header with a new file key. scrypt's N is 2 to the power of `work`; r is 8, p is 1.
    pub(super) fn new(passphrase: &str, work: u8) -> Result<Self, AgeError> {
        let (salt, key) = (random()?, Zeroizing::new(random()?));
        let wrapped = seal(&wrapping_key(passphrase, &salt, work)?, &[0; 12], &key[..])?;
        let (salt, body) = (BASE64_STANDARD_NO_PAD.encode(salt), BASE64_STANDARD_NO_PAD.encode(wrapped));
        let text = format!("{INTRO}\n-> scrypt {salt} {work}\n{body}\n---");
        let mac = BASE64_STANDARD_NO_PAD.encode(header_mac(&key, text.as_bytes())?.finalize().into_bytes());
        Ok(Self { text: format!("{text} {mac}\n"), key })
    }

    /// A whole file: this header, and the encrypted payload.
    pub(super) fn encrypt(&self, payload: &[u8]) -> Result<Vec<u8>, AgeError> {
        let nonce = random()?;
        let key = payload_key(&self.key, &nonce)?;
        let mut file = Vec::with_capacity(self.text.len() + SHORT + payload.len() + TAG * (payload.len() / CHUNK + 1));
        file.extend_from_slice(self.text.as_bytes());
        file.extend_from_slice(&nonce);
        let last = payload.len().saturating_sub(1) / CHUNK;
        for number in 0..=last {
            let start = number * CHUNK;
            let chunk = payload.get(start..payload.len().min(start + CHUNK)).unwrap_or_default();
            file.extend(seal(&key, &chunk_nonce(number, number == last), chunk)?);
        }
        Ok(file)
    }
}

/// The payload of a file, armored or not.
pub(super) fn decrypt(file: &[u8], passphrase: &str, max_work: u8) -> Result<Vec<u8>, AgeError> {
    let dearmored;
    let file = if file.trim_ascii_start().starts_with(ARMOR_BEGIN.as_bytes()) {
        dearmored = dearmor(file).ok_or(AgeError::Damaged)?;
        &dearmored
    } else {
        file
    };
    let parsed = ParsedHeader::read(file)?;
    let key = parsed.open(passphrase, max_work)?;
    open_payload(&key, parsed.payload)
}

/// A file as text: base64 between two lines that say what it is.
pub(super) fn armor(file: &[u8]) -> String {
    let mut text = format!("{ARMOR_BEGIN}\n");
    let encoded = BASE64_STANDARD.encode(file);
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(LINE));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str(ARMOR_END);
    text.push('\n');
    text
}

/// The file of an armored text; `None` if a line is not what it has to be.
fn dearmor(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?.trim_matches([' ', '\t', '\r', '\n']);
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    if lines.next()? != ARMOR_BEGIN || lines.next_back()? != ARMOR_END {
        return None;
    }
    let lines: Vec<&str> = lines.collect();
    let (last, full) = lines.split_last()?;
    let as_written = full.iter().all(|line| line.len() == LINE) && (1..=LINE).contains(&last.len());
    if as_written { BASE64_STANDARD.decode(lines.concat()).ok() } else { None }
}

/// The header of a file, taken apart, and the payload after it.
struct ParsedHeader<'a> {
    /// The header up to and with its three dashes: what the code authenticates.
    authenticated: &'a [u8],
    salt: [u8; SHORT],
    work: u8,
    wrapped_key: Vec<u8>,
    mac: Vec<u8>,
    payload: &'a [u8],
}

impl<'a> ParsedHeader<'a> {
    fn read(file: &'a [u8]) -> Result<Self, AgeError> {
        let mut rest = file;
        if line(&mut rest)? != INTRO {
            return Err(AgeError::Damaged);
        }
        let mut stanzas = Vec::new();
        let (authenticated, mac) = loop {
            let start = file.len() - rest.len();
            let text = line(&mut rest)?;
            if let Some(mac) = text.strip_prefix("--- ") {
                break (file.get(..start + 3).ok_or(AgeError::Damaged)?, mac);
            }
            let arguments = text.strip_prefix("-> ").ok_or(AgeError::Damaged)?;
            stanzas.push((arguments, stanza_body(&mut rest)?));
        };
        let mac = exact_base64(mac).filter(|mac| mac.len() == LONG).ok_or(AgeError::Damaged)?;
        let (salt, work, wrapped_key) = scrypt_stanza(stanzas)?;
        Ok(Self { authenticated, salt, work, wrapped_key, mac, payload: rest })
    }

    /// The file key.
    fn open(&self, passphrase: &str, max_work: u8) -> Result<FileKey, AgeError> {
        if self.work > max_work {
            return Err(AgeError::TooMuchWork);
        }
        let cipher = cipher(&wrapping_key(passphrase, &self.salt, self.work)?);
        let opened =
            cipher.decrypt(&[0; 12].into(), &self.wrapped_key[..]).map_err(|_why| AgeError::WrongPassphrase)?;
        let opened = Zeroizing::new(opened);
        let key = Zeroizing::new(<[u8; SHORT]>::try_from(&opened[..]).map_err(|_why| AgeError::Damaged)?);
        let right = header_mac(&key, self.authenticated)?.verify_slice(&self.mac);
        right.map(|()| key).map_err(|_why| AgeError::Damaged)
    }
}

/// The next line of a header, without its end. Only printable ASCII may stand there.
fn line<'a>(rest: &mut &'a [u8]) -> Result<&'a str, AgeError> {
    let end = rest.iter().position(|&byte| byte == b'\n').ok_or(AgeError::Damaged)?;
    let (text, after) = rest.split_at(end);
    *rest = after.get(1..).unwrap_or_default();
    let printable = text.iter().all(|byte| (b' '..=b'~').contains(byte));
    std::str::from_utf8(text).ok().filter(|_| printable).ok_or(AgeError::Damaged)
}

/// The body of a stanza: lines of 64 signs, and a shorter one that ends it.
fn stanza_body(rest: &mut &[u8]) -> Result<Vec<u8>, AgeError> {
    let mut body = Vec::new();
    loop {
        let text = line(rest)?;
        if text.len() > LINE {
            return Err(AgeError::Damaged);
        }
        body.extend(exact_base64(text).ok_or(AgeError::Damaged)?);
        if text.len() < LINE {
            return Ok(body);
        }
    }
}

/// Salt, work factor and encrypted file key of the one stanza for a passphrase.
fn scrypt_stanza(stanzas: Vec<(&str, Vec<u8>)>) -> Result<([u8; SHORT], u8, Vec<u8>), AgeError> {
    let well_formed = |(arguments, _): &(&str, Vec<u8>)| arguments.split(' ').all(|argument| !argument.is_empty());
    if stanzas.is_empty() || !stanzas.iter().all(well_formed) {
        return Err(AgeError::Damaged);
    }
    let scrypt = |(arguments, _): &(&str, Vec<u8>)| arguments.split(' ').next() == Some("scrypt");
    if !stanzas.iter().any(scrypt) {
        return Err(AgeError::OtherRecipient);
    }
    // A passphrase stands alone: otherwise whoever holds another key could pass for who knows the passphrase.
    let Ok([(arguments, wrapped_key)]) = <[_; 1]>::try_from(stanzas) else { return Err(AgeError::Damaged) };
    let mut arguments = arguments.split(' ').skip(1);
    let (Some(salt), Some(work), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err(AgeError::Damaged);
    };
    let salt = exact_base64(salt).and_then(|salt| salt.try_into().ok()).ok_or(AgeError::Damaged)?;
    let plain = !work.starts_with('0') && work.bytes().all(|sign| sign.is_ascii_digit());
    let work = Some(work).filter(|_| plain).ok_or(AgeError::Damaged)?;
    // More than fits is more than anybody allows.
    let work = work.parse().or(if work.is_empty() { Err(AgeError::Damaged) } else { Ok(u8::MAX) })?;
    if wrapped_key.len() != SHORT + TAG {
        return Err(AgeError::Damaged);
    }
    Ok((salt, work, wrapped_key))
}

/// Base64 without padding, in its one canonical form.
fn exact_base64(text: &str) -> Option<Vec<u8>> {
    let form = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::RequireNone);
    GeneralPurpose::new(&ALPHABET, form).decode(text).ok()
}

fn open_payload(key: &FileKey, payload: &[u8]) -> Result<Vec<u8>, AgeError> {
    let (nonce, chunks) = payload.split_first_chunk::<SHORT>().ok_or(AgeError::Damaged)?;
    let cipher = cipher(&payload_key(key, nonce)?);
    let last = chunks.len().saturating_sub(1) / (CHUNK + TAG);
    let mut opened = Vec::with_capacity(chunks.len());
    for number in 0..=last {
        let start = number * (CHUNK + TAG);
        let chunk = chunks.get(start..chunks.len().min(start + CHUNK + TAG)).unwrap_or_default();
        let nonce = chunk_nonce(number, number == last);
        let part = cipher.decrypt(&nonce.into(), chunk).map_err(|_why| AgeError::Damaged)?;
        // The last chunk is empty only where the whole payload is.
        if part.is_empty() && number > 0 {
            return Err(AgeError::Damaged);
        }
        opened.extend(part);
    }
    Ok(opened)
}

/// A chunk's nonce: its number in eleven bytes, and whether it is the last.
fn chunk_nonce(number: usize, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    if let (Some(place), Ok(number)) = (nonce.get_mut(3..11), u64::try_from(number)) {
        place.copy_from_slice(&number.to_be_bytes());
    }
    if let Some(end) = nonce.last_mut() {
        *end = u8::from(last);
    }
    nonce
}

fn wrapping_key(passphrase: &str, salt: &[u8; SHORT], work: u8) -> Result<Key, AgeError> {
    let salt = [b"age-encryption.org/v1/scrypt".as_slice(), salt].concat();
    let params = scrypt::Params::new(work, 8, 1).map_err(|_why| AgeError::Damaged)?;
    let mut key = Zeroizing::new([0; LONG]);
    scrypt::scrypt(passphrase.as_bytes(), &salt, &params, &mut key[..]).map_err(|_why| AgeError::Damaged)?;
    Ok(key)
}

fn header_mac(key: &FileKey, header: &[u8]) -> Result<Hmac<Sha256>, AgeError> {
    let mac = <Hmac<Sha256> as KeyInit>::new_from_slice(&derived(key, None, b"header")?[..]);
    mac.map(|mac| mac.chain_update(header)).map_err(|_why| AgeError::Damaged)
}

fn payload_key(key: &FileKey, nonce: &[u8; SHORT]) -> Result<Key, AgeError> {
    derived(key, Some(nonce), b"payload")
}

fn derived(key: &FileKey, salt: Option<&[u8]>, info: &[u8]) -> Result<Key, AgeError> {
    let mut derived = Zeroizing::new([0; LONG]);
    Hkdf::<Sha256>::new(salt, &key[..]).expand(info, &mut derived[..]).map_err(|_why| AgeError::Damaged)?;
    Ok(derived)
}

fn cipher(key: &Key) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new((&**key).into())
}

fn seal(key: &Key, nonce: &[u8; 12], plain: &[u8]) -> Result<Vec<u8>, AgeError> {
    cipher(key).encrypt(nonce.into(), plain).map_err(|_why| AgeError::Damaged)
}

fn random() -> Result<[u8; SHORT], AgeError> {
    let mut bytes = [0; SHORT];
    getrandom::fill(&mut bytes).map(|()| bytes).map_err(|_why| AgeError::NoRandomness)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::io::Read;

    use sha2::Digest;

    use super::*;

    /// A test vector of `tests/age`: what it says of itself, and its file.
    struct Vector {
        says: HashMap<String, String>,
        file: Vec<u8>,
    }

    impl Vector {
        fn read(bytes: &[u8]) -> Self {
            let end = bytes.windows(2).position(|pair| pair == b"\n\n").unwrap();
            let head = std::str::from_utf8(&bytes[..end]).unwrap();
            let says: HashMap<String, String> = head
                .lines()
                .filter_map(|line| line.split_once(": "))
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .collect();
            let mut file = bytes[end + 2..].to_vec();
            if says.contains_key("compressed") {
                let packed = std::mem::take(&mut file);
                flate2::read::ZlibDecoder::new(&packed[..]).read_to_end(&mut file).unwrap();
            }
            Self { says, file }
        }

        /// The payload. A file for a key pair is opened with the file key that its vector names, unless it says that none
        /// of the key pairs opens it.
        fn open(&self) -> Result<Vec<u8>, AgeError> {
            if let Some(passphrase) = self.says.get("passphrase") {
                return decrypt(&self.file, passphrase, 15);
            }
            let dearmored = match self.says.get("armored") {
                Some(_) => dearmor(&self.file).ok_or(AgeError::Damaged)?,
                None => self.file.clone(),
            };
            match (ParsedHeader::read(&dearmored), self.says.get("file key")) {
                (Err(AgeError::OtherRecipient), Some(key)) if self.says["expect"] != "no match" => {
                    let marker = dearmored.windows(5).position(|five| five == b"\n--- ").unwrap() + 1;
                    let end = marker + dearmored[marker..].iter().position(|&byte| byte == b'\n').unwrap();
                    let key = Zeroizing::new(hex(key).try_into().unwrap());
                    let text = std::str::from_utf8(&dearmored[marker + 4..end]).unwrap();
                    let mac = exact_base64(text).ok_or(AgeError::Damaged)?;
                    let right = header_mac(&key, &dearmored[..marker + 3])?.verify_slice(&mac);
                    right.map_err(|_why| AgeError::Damaged)?;
                    open_payload(&key, &dearmored[end + 1..])
                }
                (other, _) => Err(other.err().unwrap()),
            }
        }
    }

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn test_vectors_of_the_format_are_opened_or_refused_as_they_say() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/age");
        let (mut opened, mut refused) = (0, 0);
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "md") {
                continue;
            }
            let vector = Vector::read(&std::fs::read(&path).unwrap());
            let (name, expected) = (path.display(), vector.says["expect"].as_str());
            match (vector.open(), expected) {
                (Ok(payload), "success") => {
                    assert_eq!(sha2::Sha256::digest(&payload)[..], hex(&vector.says["payload"])[..], "{name}");
                    opened += 1;
                }
                (Err(AgeError::WrongPassphrase | AgeError::OtherRecipient | AgeError::TooMuchWork), "no match")
                | (Err(AgeError::Damaged), "HMAC failure" | "header failure" | "payload failure" | "armor failure") => {
                    refused += 1;
                }
                // A work factor beyond the limit is refused before anything is parsed or tried.
                (Err(AgeError::TooMuchWork), "header failure") => refused += 1,
                (result, _) => panic!("{name}: expected {expected}, got {:?}", result.map(|payload| payload.len())),
            }
        }
        assert_eq!((opened, refused), (15, 91));
    }

    #[test]
    fn payloads_of_every_length_around_a_chunk_come_back_and_two_are_never_the_same() {
        let header = Header::new("a passphrase", 2).unwrap();
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7] {
            let payload: Vec<u8> = (0..=250).cycle().take(length).collect();
            let file = header.encrypt(&payload).unwrap();
            assert_eq!(decrypt(&file, "a passphrase", 2).unwrap(), payload, "{length}");
            assert_eq!(decrypt(armor(&file).as_bytes(), "a passphrase", 2).unwrap(), payload, "{length}, armored");
            assert_eq!(decrypt(&file, "A passphrase", 2), Err(AgeError::WrongPassphrase));
            assert_eq!(decrypt(&file, "a passphrase", 1), Err(AgeError::TooMuchWork));
            assert_ne!(header.encrypt(&payload).unwrap()[header.text.len()..], file[header.text.len()..]);
        }
    }
}
