//! Standard output as the commands see it: a reader that stops reading does not stop a command.

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

    /// Passes something on; gives `unread` if nobody reads it.
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
}
