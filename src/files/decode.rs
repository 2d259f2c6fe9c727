//! Bytes of a file to text: gzip, byte order mark, encoding.

use std::io::Read as _;
use std::path::Path;
use std::string::FromUtf8Error;

use super::{Problem, Problems};

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
const UTF8_MARK: &str = "\u{feff}";

/// Text of a file. A gzip is recognised by its content, or by its extension `.gz`. UTF-16 is recognised
/// by its mark; text that is neither it nor valid UTF-8 is read as Windows-1252, what Excel on Windows
/// saves. Both are read with a warning.
pub fn decode(path: &Path, bytes: Vec<u8>, problems: &mut Problems) -> String {
    let named_gzip = path.extension().is_some_and(|extension| extension == "gz");
    let bytes = if bytes.starts_with(&GZIP_MAGIC) {
        decompress(&bytes, problems)
    } else {
        if named_gzip && !bytes.is_empty() {
            problems.add(
                Problem::warning("not-gzip", "named `.gz`, but it is not compressed")
                    .hint("it was read as plain text"),
            );
        }
        bytes
    };
    let text = match (utf_16(&bytes), String::from_utf8(bytes)) {
        (Some(encoding), decoded) => from_utf_16(encoding, decoded, problems),
        (None, Ok(text)) => text,
        (None, Err(error)) => windows_1252(&error, problems),
    };
    if text.contains('\0') {
        problems.add(
            Problem::error("not-text", "the file holds bytes that no text holds")
                .hint("save it as `CSV UTF-8`"),
        );
    }
    match text.strip_prefix(UTF8_MARK) {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

fn decompress(bytes: &[u8], problems: &mut Problems) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len() * 8);
    if let Err(error) = flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut text) {
        problems.add(
            Problem::error(
                "truncated-file",
                format!("the gzip is damaged or cut short ({error})"),
            )
            .hint("copy the file again and compare its size with the original"),
        );
    }
    text
}

/// The kind of UTF-16 that the mark at the start of a file announces.
fn utf_16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let (encoding, _) = encoding_rs::Encoding::for_bom(bytes)?;
    (encoding != encoding_rs::UTF_8).then_some(encoding)
}

fn from_utf_16(
    encoding: &'static encoding_rs::Encoding,
    decoded: Result<String, FromUtf8Error>,
    problems: &mut Problems,
) -> String {
    problems.add(
        Problem::warning("wrong-encoding", "UTF-16, not UTF-8; read as such")
            .hint("save the file as `CSV UTF-8`"),
    );
    let bytes = decoded.map_or_else(FromUtf8Error::into_bytes, String::into_bytes);
    encoding.decode(&bytes).0.into_owned()
}

fn windows_1252(error: &FromUtf8Error, problems: &mut Problems) -> String {
    let bytes = error.as_bytes();
    let valid = error.utf8_error().valid_up_to();
    let line = bytes[..valid].split(|byte| *byte == b'\n').count();
    let start = bytes[..valid]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let field = bytes[start..valid].split(|byte| *byte == b',').count();
    // A file that starts with the mark of UTF-16 is read as that.
    let (text, encoding, _) = encoding_rs::WINDOWS_1252.decode(bytes);
    let what = match encoding.name() {
        "windows-1252" => "not UTF-8; read as Windows-1252".to_owned(),
        other => format!("not UTF-8; read as {other}"),
    };
    problems.add(
        Problem::warning("wrong-encoding", what)
            .example(format!("byte 0x{:02X}", bytes[valid]))
            .at(line, field)
            .hint("save the file as `CSV UTF-8` if names come out wrong"),
    );
    text.into_owned()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn read(name: &str, bytes: &[u8]) -> (String, Vec<String>) {
        let mut problems = Problems::new(Path::new(name));
        let text = decode(Path::new(name), bytes.to_vec(), &mut problems);
        let findings = problems.into_findings();
        (
            text,
            findings.iter().map(|(_, f)| f.check.to_owned()).collect(),
        )
    }

    #[test]
    fn a_byte_order_mark_is_dropped_silently() {
        assert_eq!(
            read("a.csv", b"\xEF\xBB\xBFyear\n"),
            ("year\n".into(), vec![])
        );
    }

    #[test]
    fn windows_1252_is_read_with_a_warning() {
        let (text, checks) = read("a.csv", b"name\nCaf\xE9\n");
        assert_eq!(text, "name\nCaf\u{e9}\n");
        assert_eq!(checks, ["wrong-encoding"]);
    }

    #[test]
    fn utf_16_is_read_by_its_mark_and_refused_without() {
        let wide =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let (text, checks) = read("a.csv", &wide("\u{feff}year,plans\n2025,7\n"));
        assert_eq!(text, "year,plans\n2025,7\n");
        assert_eq!(checks, ["wrong-encoding"]);
        assert_eq!(read("a.csv", &wide("year,plans\n2025,7\n")).1, ["not-text"]);
    }

    #[test]
    fn a_gzip_cut_short_is_an_error() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        for number in 0..5000 {
            writeln!(encoder, "{number},{}", number * 7919).unwrap();
        }
        let whole = encoder.finish().unwrap();
        assert!(read("a.csv.gz", &whole).1.is_empty());
        assert_eq!(
            read("a.csv.gz", &whole[..whole.len() / 2]).1,
            ["truncated-file"]
        );
    }
}
