//! The text of a PDF, as a reader finds it.

use std::collections::BTreeMap;

use lopdf::{Document, Object};

/// What each two-byte code of a font means, by its table for readers.
fn meanings(table: &str) -> BTreeMap<u16, String> {
    let hex = |text: &str| -> Vec<u16> {
        let digits: Vec<char> = text.chars().filter(char::is_ascii_hexdigit).collect();
        digits.chunks(4).map(|c| u16::from_str_radix(&c.iter().collect::<String>(), 16).unwrap()).collect()
    };
    let mut meanings = BTreeMap::new();
    for block in table.split("beginbfchar").skip(1) {
        for line in block.split("endbfchar").next().unwrap().lines().filter(|line| line.contains('<')) {
            let (code, text) = line.split_once("> <").unwrap();
            meanings.insert(hex(code)[0], String::from_utf16(&hex(text)).unwrap());
        }
    }
    assert!(!table.contains("beginbfrange") && !meanings.is_empty(), "{table}");
    meanings
}

/// The text of each page, its lines apart by spaces.
pub(crate) fn pages(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).unwrap();
    let of_page = |page: lopdf::ObjectId| {
        let fonts = document.get_page_fonts(page).unwrap();
        let table = |font: &lopdf::Dictionary| {
            let stream = font.get_deref(b"ToUnicode", &document).and_then(Object::as_stream).unwrap();
            meanings(&String::from_utf8_lossy(&stream.decompressed_content().unwrap()))
        };
        let tables: BTreeMap<&[u8], _> = fonts.iter().map(|(name, font)| (&name[..], table(font))).collect();
        let content = document.get_and_decode_page_content(page).unwrap();
        let (mut text, mut now) = (String::new(), None);
        for operation in &content.operations {
            let strings = |object: &Object| match object {
                Object::Array(parts) => parts.iter().filter_map(|p| p.as_str().ok()).collect::<Vec<_>>().concat(),
                one => one.as_str().unwrap().to_vec(),
            };
            match operation.operator.as_str() {
                "BT" => text.push(' '),
                "Tf" => now = tables.get(operation.operands[0].as_name().unwrap()),
                "Tj" | "TJ" => {
                    let codes = strings(&operation.operands[0]);
                    let letters = codes.chunks(2).map(|c| &now.unwrap()[&u16::from_be_bytes([c[0], c[1]])]);
                    text.extend(letters.map(String::as_str));
                }
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    document.get_pages().into_values().map(of_page).collect()
}
