use super::{FONTS, sample};
use crate::paint::{PaperError, render, render_merged};
use crate::paper::Language;

#[test]
fn the_same_document_gives_the_same_bytes() {
    let paper = sample::paper(3, Language::Nb);
    let first = render(&paper, &FONTS).unwrap();
    assert_eq!(first, render(&paper, &FONTS).unwrap());
    assert!(first.starts_with(b"%PDF-"));
}

#[test]
fn fonts_are_subset_into_the_file() {
    let bytes = render(&sample::paper(1, Language::Nb), &FONTS).unwrap();
    assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
    let text = String::from_utf8_lossy(&bytes);
    assert!(text.contains("KONTOA+Inter") && text.contains("ToUnicode"));
}

#[test]
fn any_letter_is_painted_without_an_error() {
    assert!(render(&sample::long_names(Language::En), &FONTS).is_ok());
}

#[test]
fn a_merged_file_has_the_pages_of_all_documents() {
    let papers = (1..=30).map(|count| sample::paper(count, Language::Nb));
    let mut file = Vec::new();
    let pages = render_merged(papers, &FONTS, &mut file).unwrap();
    let read = lopdf::Document::load_mem(&file).unwrap();
    assert_eq!(read.get_pages().len(), pages);
}

#[test]
fn nothing_is_no_file_and_a_full_disk_is_an_error() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let none = render_merged(Vec::<crate::Paper>::new(), &FONTS, &mut Vec::new());
    assert!(matches!(none, Err(PaperError::Nothing)));
    let full = render_merged([sample::paper(1, Language::Nb)], &FONTS, &mut Full);
    assert!(matches!(full, Err(PaperError::Write(_))));
}
