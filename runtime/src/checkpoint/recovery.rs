//! Reads a journal: which whole records there are, and whether what is not whole is a tail that a crash has torn.
//!
//! Invariant: a record is taken over only with all records before it. Bytes that were known to be on the disk and are not
//! whole are damage, which is told of and never skipped; others were written last, and are cut off.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};

use crc32fast::Hasher;

use super::frame::{FAMILY, HEADER, Header, MAGIC};
use super::known::KnownLoop;
use super::program::Program;
use super::record::{Head, read_head};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Recovered {
    /// Nothing in a journal without any record.
    pub(super) program: Option<Program>,
    /// By their numbers.
    pub(super) loops: BTreeMap<u64, KnownLoop>,
    /// Where the last whole record ends.
    pub(super) end: u64,
    /// So many bytes behind that are to be cut off.
    pub(super) torn: u64,
}

/// Why a journal can't be read.
#[derive(Debug)]
pub(super) enum Unreadable {
    /// It is another file.
    Foreign,
    /// It is one of another version of the format.
    OtherVersion,
    /// The record at this position was on the disk, and has changed since.
    Damaged {
        position: u64,
    },
    Failed(io::Error),
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// So many bytes are read at a time.
const PIECE: usize = 1 << 18;

/// Reads the file from its beginning.
pub(super) fn recover(file: &mut (impl Read + Seek)) -> Result<Recovered, Unreadable> {
    let mut reading = Reading {
        length: file.seek(SeekFrom::End(0))?,
        file,
    };
    reading.refuse_others()?;
    let mut found = Recovered::default();
    while let Some((header, length, head)) = reading.record(found.end)? {
        found.end = header.end();
        found.take(header, length, head);
    }
    found.torn = reading.length - found.end;
    if found.torn > 0 && reading.is_durable(found.end)? {
        let position = found.end;
        return Err(Unreadable::Damaged { position });
    }
    Ok(found)
}

impl Recovered {
    /// Takes over a record, whose head of so many bytes is this.
    fn take(&mut self, header: Header, length: u64, head: Head) {
        match head {
            Head::Program(program) => self.program = Some(program),
            Head::Reached(reached) => {
                let number = reached.number;
                let known = || KnownLoop::new(reached);
                self.loops.entry(number).or_insert_with(known);
            }
            Head::Parts(parts) => {
                if let Some(known) = self.loops.get_mut(&parts.number) {
                    known.add(header, length, parts);
                }
            }
            Head::Ended { number } => {
                if let Some(known) = self.loops.get_mut(&number) {
                    known.ended = true;
                }
            }
            Head::Durable { .. } => {}
        }
    }
}

struct Reading<'a, F> {
    file: &'a mut F,
    length: u64,
}

impl<F: Read + Seek> Reading<'_, F> {
    /// Only what begins like a journal is one, and may be cut.
    fn refuse_others(&mut self) -> Result<(), Unreadable> {
        let mut magic = Vec::new();
        self.file.seek(SeekFrom::Start(0))?;
        self.file
            .by_ref()
            .take(MAGIC.len() as u64)
            .read_to_end(&mut magic)?;
        if MAGIC.starts_with(&magic) {
            Ok(())
        } else if magic.starts_with(FAMILY) {
            Err(Unreadable::OtherVersion)
        } else {
            Err(Unreadable::Foreign)
        }
    }

    /// The record at a position, if it is whole, and the length of its head.
    ///
    /// # Errors
    /// Also when it is whole, and says nothing that this version knows.
    fn record(&mut self, position: u64) -> Result<Option<(Header, u64, Head)>, Unreadable> {
        let Some(header) = self.header(position)? else {
            return Ok(None);
        };
        let mut prefix = [0; 4];
        if header.length < prefix.len() as u64 {
            return Ok(None);
        }
        self.file.read_exact(&mut prefix)?;
        let head_length = u64::from(u32::from_le_bytes(prefix));
        let Some(left) = header.length.checked_sub(prefix.len() as u64 + head_length) else {
            return Ok(None);
        };
        let mut hasher = Hasher::new();
        hasher.update(&prefix);
        let mut head = Vec::new();
        self.file
            .by_ref()
            .take(head_length)
            .read_to_end(&mut head)?;
        hasher.update(&head);
        let mut left = self.file.by_ref().take(left);
        let mut piece = vec![0; PIECE.min(usize::try_from(left.limit()).unwrap_or(PIECE))];
        while left.limit() > 0 {
            let read = left.read(&mut piece)?;
            if read == 0 {
                return Ok(None);
            }
            hasher.update(&piece[..read]);
        }
        if hasher.finalize() != header.sum {
            return Ok(None);
        }
        let prefixed = prefix.len() as u64 + head_length;
        let head = read_head(&head).ok_or(Unreadable::OtherVersion)?;
        Ok(Some((header, prefixed, head)))
    }

    /// The header at a position, with a payload that ends within the file; the file is then read from there.
    fn header(&mut self, position: u64) -> io::Result<Option<Header>> {
        if self.length.saturating_sub(position) < HEADER as u64 {
            return Ok(None);
        }
        let mut bytes = [0; HEADER];
        self.file.seek(SeekFrom::Start(position))?;
        self.file.read_exact(&mut bytes)?;
        let header = Header::read(&bytes, position);
        Ok(header.filter(|header| header.end() <= self.length))
    }

    /// Whether a record behind this position says that what lies there was on the disk.
    fn is_durable(&mut self, position: u64) -> Result<bool, Unreadable> {
        let mut from = position;
        while let Some(at) = self.magic(from)? {
            match self.record(at)? {
                Some((_, _, Head::Durable { until })) if until > position => return Ok(true),
                Some((header, ..)) => from = header.end(),
                None => from = at + 1,
            }
        }
        Ok(false)
    }

    /// Where the first frame from this position on may begin.
    fn magic(&mut self, from: u64) -> io::Result<Option<u64>> {
        let mut at = from;
        self.file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        loop {
            let read = self
                .file
                .by_ref()
                .take(PIECE as u64)
                .read_to_end(&mut bytes)?;
            let found = bytes.windows(MAGIC.len()).position(|bytes| bytes == MAGIC);
            if let Some(found) = found {
                return Ok(Some(at + found as u64));
            }
            if read == 0 {
                return Ok(None);
            }
            // A magic number may lie across the border of two pieces.
            let rest = bytes.len().saturating_sub(MAGIC.len() - 1);
            at += rest as u64;
            bytes.drain(..rest);
        }
    }
}
