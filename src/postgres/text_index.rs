//! The texts that `text:` searches, and their index by trigrams, where the server has the extension `pg_trgm`.
//!
//! Without the index the same statement reads the texts one by one. The server's answer is exact either way: an index
//! only tells which texts are worth reading.

use postgres::Transaction;

use super::Address;

/// The text of a posting as searches fold it; `table` is the prefix of its columns.
pub(super) fn searched(table: &str) -> String {
    format!("coalesce({table}folded, lower({table}description COLLATE \"C\"))")
}

/// Pattern of the texts that contain a text.
pub(super) fn pattern(contained: &str) -> String {
    let mut pattern = String::from("%");
    for letter in contained.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// Indexes the texts, if there are some and the server can, and the rows of a generation by theirs.
pub(super) fn create(
    transaction: &mut Transaction<'_>,
    address: &Address,
    generation: i32,
) -> Result<(), postgres::Error> {
    let mut attempt = transaction.savepoint("text_index")?;
    match attempt_to_create(&mut attempt, address, generation) {
        Ok(()) => attempt.commit(),
        // The publisher may not install the extension: searches do without.
        Err(error) if error.as_db_error().is_some() => attempt.rollback(),
        Err(error) => Err(error),
    }
}

fn attempt_to_create(
    transaction: &mut Transaction<'_>,
    address: &Address,
    generation: i32,
) -> Result<(), postgres::Error> {
    let body = address.table("body");
    let described = format!("SELECT FROM {body} WHERE description <> '' LIMIT 1");
    if transaction.query(&described, &[])?.is_empty() || !has_extension(transaction)? {
        return Ok(());
    }
    let installed = "SELECT FROM pg_extension WHERE extname = 'pg_trgm'";
    if transaction.query(installed, &[])?.is_empty() {
        // Boards of other schemas use the extension too: it must not go with this one. Citus refuses it among other
        // statements: there it has to be installed before.
        transaction.batch_execute("CREATE EXTENSION pg_trgm WITH SCHEMA public")?;
    }
    let schema = "SELECT format('%I', extnamespace::regnamespace::text) FROM pg_extension WHERE extname = 'pg_trgm'";
    let schema: String = transaction.query_one(schema, &[])?.try_get(0)?;
    let text = searched("");
    transaction.batch_execute(&format!(
        "CREATE INDEX IF NOT EXISTS body_text ON {body} USING gin (({text}) {schema}.gin_trgm_ops)"
    ))?;
    // Rows on other servers are not looked up one by one.
    if address.servers.is_empty() {
        let name = format!("posting_{generation}");
        let table = address.table(&name);
        transaction.batch_execute(&format!(
            "CREATE INDEX {name}_hash ON {table} USING hash (hash) WHERE is_described"
        ))?;
    }
    Ok(())
}

fn has_extension(transaction: &mut Transaction<'_>) -> Result<bool, postgres::Error> {
    let available = "SELECT FROM pg_available_extensions WHERE name = 'pg_trgm'";
    Ok(!transaction.query(available, &[])?.is_empty())
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn signs_of_patterns_are_letters_in_a_text() {
        for (text, expected) in [
            ("rust", "%rust%"),
            ("100%", "%100\\%%"),
            ("a_b", "%a\\_b%"),
            ("c:\\x", "%c:\\\\x%"),
        ] {
            assert_eq!(pattern(text), expected);
        }
    }
}
