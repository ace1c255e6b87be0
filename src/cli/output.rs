//! Standard output as the commands see it: a reader that stops reading does not stop a command, and a terminal shows what
//! is in a name, and does not obey it.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Write};

/// Passes everything on until the reader closes its end (`muster evaluate plan.ron | head`); what comes after is dropped,
/// since nobody reads it. So a command goes on to write its file, and its exit code says how it went.
pub(super) struct Output<W> {
    /// `None` once the reader has stopped.
    reader: Option<W>,
}

impl<W: Write> Output<W> {
    pub(super) fn new(reader: W) -> Self {
        Self { reader: Some(reader) }
    }

    /// Writes to the reader; gives `unread` once the reader has stopped.
    fn pass<T>(&mut self, unread: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        let Some(reader) = &mut self.reader else { return Ok(unread) };
        match write(reader) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.reader = None;
                Ok(unread)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pass(bytes.len(), |reader| reader.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass((), Write::flush)
    }
}

/// Text for a terminal: control characters, which could move the cursor or change its settings, are shown as their
/// pictures (U+2400 and after). Lines and columns stay.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let picture = |c: char| match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    };
    text.chars().map(|c| if obeyed(c) { picture(c) } else { c }).collect()
}

/// A terminal that text is written to. The bytes of a character that is not complete yet wait for the rest of it.
pub(super) struct Terminal<W: Write> {
    terminal: W,
    rest: Vec<u8>,
}

impl<W: Write> Terminal<W> {
    pub(super) fn new(terminal: W) -> Self {
        Self { terminal, rest: Vec::new() }
    }
}

impl<W: Write> Write for Terminal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.rest.extend_from_slice(bytes);
        let cut_off = std::str::from_utf8(&self.rest).err().filter(|error| error.error_len().is_none());
        let whole = cut_off.map_or(self.rest.len(), |error| error.valid_up_to());
        let after = self.rest.split_off(whole);
        let text = std::mem::replace(&mut self.rest, after);
        self.terminal.write_all(shown(&String::from_utf8_lossy(&text)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.terminal.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader of so many bytes, which then fails.
    struct Reader(usize, ErrorKind);

    impl Write for Reader {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let taken = bytes.len().min(self.0);
            self.0 -= taken;
            if taken == 0 { Err(self.1.into()) } else { Ok(taken) }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_reader_ends_nothing_and_a_full_disk_does() {
        let mut closed = Output::new(Reader(3, ErrorKind::BrokenPipe));
        assert!(closed.write_all(b"1234567").is_ok() && closed.write_all(b"8").is_ok() && closed.flush().is_ok());
        assert!(closed.reader.is_none());
        let mut full = Output::new(Reader(3, ErrorKind::StorageFull));
        assert_eq!(full.write_all(b"1234567").unwrap_err().kind(), ErrorKind::StorageFull);
    }

    #[test]
    fn a_terminal_shows_control_characters_and_does_not_obey_them() {
        let mut written = Vec::new();
        let mut terminal = Terminal::new(&mut written);
        for part in [b"a\x1b]0;title\x07\tb\n\xc2".as_slice(), b"\x9b2J\xe6\x97", b"\xa5\x7f\r"] {
            terminal.write_all(part).unwrap();
        }
        terminal.flush().unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), "a␛]0;title␇\tb\n\u{fffd}2J日␡␍");
    }
}
