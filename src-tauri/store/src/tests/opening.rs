use super::{Book, key};
use crate::open::{beside, remove_book};
use crate::{Key, Store, StoreError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// A closed book with a hundred students.
async fn closed_book() -> (tempfile::TempDir, PathBuf) {
    let (book, mut facts) = Book::begun().await;
    let students: Vec<_> =
        (1..=100).map(|n| facts.student(n, &format!("Kari Nordmann {n}"))).collect();
    book.record(&students).await.expect("students");
    let path = book.folder.path().join("book");
    book.store.close().await;
    (book.folder, path)
}

fn change(path: &Path, at: u64, change: impl Fn(u8) -> u8) {
    let mut file = std::fs::File::options().read(true).write(true).open(path).expect("the file");
    let mut byte = [0];
    file.seek(SeekFrom::Start(at)).expect("seek");
    file.read_exact(&mut byte).expect("read");
    file.seek(SeekFrom::Start(at)).expect("seek");
    file.write_all(&[change(byte[0])]).expect("write");
}

#[tokio::test]
async fn a_book_opens_again_with_its_key() {
    let (_folder, path) = closed_book().await;
    let store = Store::open(&path, &key()).await.expect("opens");
    let mut view = store.read().await.expect("a view");
    assert_eq!(view.find_school().await.expect("read").expect("a school").name, "Fjord");
}

#[tokio::test]
async fn a_wrong_key_is_told() {
    let (_folder, path) = closed_book().await;
    let opened = Store::open(&path, &Key::new([8; 32])).await;
    assert!(matches!(opened, Err(StoreError::WrongKey)), "{opened:?}");
}

#[tokio::test]
async fn a_missing_book_is_not_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("book");
    assert!(matches!(Store::open(&path, &key()).await, Err(StoreError::NoBook)));
    assert!(!path.exists());
}

#[tokio::test]
async fn a_book_is_never_made_over_another() {
    let (_folder, path) = closed_book().await;
    assert!(matches!(Store::create(&path, &key()).await, Err(StoreError::Exists)));
}

#[tokio::test]
async fn a_second_opening_is_refused_while_the_first_lasts() {
    let (book, _) = Book::begun().await;
    let path = book.folder.path().join("book");
    assert!(matches!(Store::open(&path, &key()).await, Err(StoreError::InUse)));
    book.store.close().await;
    Store::open(&path, &key()).await.expect("free again");
}

#[tokio::test]
async fn a_plain_database_is_foreign() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("book");
    std::fs::write(&path, [b"SQLite format 3\0".as_slice(), &[0; 8192]].concat()).expect("write");
    assert!(matches!(Store::open(&path, &key()).await, Err(StoreError::Foreign)));
}

/// Opens the file beside the store and runs one statement.
async fn alter(path: &Path, sql: &'static str) {
    use sqlx::{ConnectOptions, Connection};
    let mut conn = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", key().pragma())
        .connect()
        .await
        .expect("opens");
    sqlx::raw_sql(sql).execute(&mut conn).await.expect("runs");
    conn.close().await.expect("closes");
}

#[tokio::test]
async fn a_database_of_another_program_under_the_same_key_is_foreign() {
    let (_folder, path) = closed_book().await;
    alter(&path, "PRAGMA application_id = 12").await;
    assert!(matches!(Store::open(&path, &key()).await, Err(StoreError::Foreign)));
}

#[tokio::test]
async fn a_newer_book_is_refused() {
    let (_folder, path) = closed_book().await;
    alter(&path, "PRAGMA user_version = 99").await;
    let opened = Store::open(&path, &key()).await;
    assert!(matches!(opened, Err(StoreError::Newer { found: 99, .. })), "{opened:?}");
}

#[tokio::test]
async fn a_book_cut_short_is_damaged() {
    let (_folder, path) = closed_book().await;
    for length in [0, 100, 4096, 5 * 4096, 12 * 4096 + 7] {
        let cut = beside(&path, "-cut");
        std::fs::copy(&path, &cut).expect("copy");
        let file = std::fs::File::options().write(true).open(&cut).expect("open");
        file.set_len(length).expect("cut");
        let opened = Store::open(&cut, &key()).await;
        assert!(matches!(opened, Err(StoreError::Damaged(_))), "{length}: {opened:?}");
        remove_book(&cut).expect("removed");
    }
}

#[tokio::test]
async fn a_flipped_bit_in_any_page_is_found() {
    let (_folder, path) = closed_book().await;
    let pages = std::fs::metadata(&path).expect("a file").len() / 4096;
    for page in 0..pages {
        let flipped = beside(&path, "-flipped");
        std::fs::copy(&path, &flipped).expect("copy");
        let at = page * 4096 + 20 + (page * 977) % 4000;
        change(&flipped, at, |byte| byte ^ (1 << (page % 8)));
        let found = match Store::open(&flipped, &key()).await {
            Err(StoreError::Damaged(_) | StoreError::WrongKey) => true,
            Err(other) => panic!("page {page}: {other:?}"),
            Ok(store) => {
                let sound = match store.verify().await {
                    Ok(report) => report.file_sound,
                    Err(StoreError::Damaged(_)) => false,
                    Err(other) => panic!("page {page}: {other:?}"),
                };
                store.close().await;
                !sound
            }
        };
        assert!(found, "page {page} of {pages}");
        remove_book(&flipped).expect("removed");
    }
}

#[tokio::test]
async fn the_file_and_its_log_hold_no_readable_text() {
    let (book, mut facts) = Book::begun().await;
    book.record(&[facts.student(1, "Ingrid Hemmelig")]).await.expect("recorded");
    for entry in std::fs::read_dir(book.folder.path()).expect("a folder") {
        let bytes = std::fs::read(entry.expect("an entry").path()).expect("read");
        for word in [b"Ingrid".as_slice(), b"Fjord", b"SQLite format", b"student"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word));
        }
    }
}

#[tokio::test]
async fn a_copy_opens_with_the_same_key_and_holds_the_same() {
    let (book, mut facts) = Book::begun().await;
    book.record(&[facts.student(1, "Kari")]).await.expect("recorded");
    let target = book.folder.path().join("copy");
    book.store.copy_to(&target).await.expect("copied");
    assert!(matches!(book.store.copy_to(&target).await, Err(StoreError::Exists)));
    let copy = Store::open(&target, &key()).await.expect("opens");
    let report = copy.verify().await.expect("verified");
    assert!(report.chain_holds && report.tables_agree && report.file_sound, "{report:?}");
}

#[tokio::test]
async fn a_full_disk_leaves_nothing_half_done() {
    let (book, mut facts) = Book::begun().await;
    let path = book.folder.path().join("book");
    let mut conn = book.store.write_connection().await.expect("the writer");
    sqlx::raw_sql("PRAGMA max_page_count = 120").execute(&mut *conn).await.expect("limited");
    drop(conn);
    let mut recorded = 0;
    let full = loop {
        let from = recorded + 1;
        let some: Vec<_> = (from..from + 20).map(|n| facts.student(n, "Ola Nordmann")).collect();
        match book.record(&some).await {
            Ok(_) => recorded += 20,
            Err(error) => break error,
        }
    };
    assert!(matches!(full, StoreError::DiskFull), "{full:?}");
    book.store.close().await;
    let store = Store::open(&path, &key()).await.expect("opens");
    let report = store.verify().await.expect("verified");
    assert!(report.chain_holds && report.tables_agree && report.file_sound, "{report:?}");
    let window = crate::Window { offset: 0, limit: 1 };
    let mut view = store.read().await.expect("a view");
    let today = super::day("2026-01-01");
    let page = view.list_students(&Default::default(), None, window, today).await.expect("a page");
    assert_eq!(page.total, recorded);
}

#[tokio::test]
async fn an_older_book_is_copied_before_it_is_brought_forward() {
    use sqlx::{ConnectOptions, Connection};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("book");
    let options =
        sqlx::sqlite::SqliteConnectOptions::new().filename(&path).pragma("key", key().pragma());
    let mut conn = options.clone().create_if_missing(true).connect().await.expect("made");
    for sql in [
        include_str!("../../../../migrations/0001_book.sql"),
        "PRAGMA user_version = 1; PRAGMA application_id = 0x4b6f6e74;
         INSERT INTO setting (key, value) VALUES ('theme', 'dark')",
    ] {
        sqlx::raw_sql(sql).execute(&mut conn).await.expect("runs");
    }
    conn.close().await.expect("closes");

    let store = Store::open(&path, &key()).await.expect("opens");
    let mut view = store.read().await.expect("a view");
    assert_eq!(view.setting("theme").await.expect("read").as_deref(), Some("dark"));
    let form: u32 =
        sqlx::query_scalar("PRAGMA user_version").fetch_one(view.conn()).await.expect("read");
    assert_eq!(form, crate::migrate::known());

    let mut copy = options.filename(beside(&path, ".form-1")).connect().await.expect("opens");
    let form: u32 =
        sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut copy).await.expect("read");
    assert_eq!(form, 1);
    copy.close().await.expect("closes");
}

/// What the setting says that counts openings.
async fn openings(store: &Store) -> String {
    let counted = store.read().await.expect("a view").setting("openings").await;
    counted.expect("read").expect("counted")
}

#[tokio::test]
async fn each_opening_is_counted_and_a_copy_knows_that_it_is_one() {
    let (book, _) = Book::begun().await;
    let path = book.folder.path().join("book");
    let target = book.folder.path().join("copy");
    let before: u32 = openings(&book.store).await.parse().expect("a count");
    book.store.copy_to(&target).await.expect("copied");
    book.store.close().await;
    let again = Store::open(&path, &key()).await.expect("opens");
    assert_eq!(openings(&again).await, (before + 1).to_string());
    let copy = Store::open(&target, &key()).await.expect("opens");
    assert_eq!(openings(&copy).await, "1");
}
