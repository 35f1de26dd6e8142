//! The interviews of a board, all of which a reader fetches when opening it.

use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::Type;
use postgres::{Client, Transaction};

use super::Address;
use super::copy::Copy;
use crate::board::Interview;
use crate::published;
use crate::search::RemoteError;

/// Most interviews of a board.
const MOST: usize = 10_000;
/// Most text of them, in bytes.
const TEXT: usize = 256 << 20;

fn table(address: &Address, generation: i32) -> String {
    address.table(&format!("interview_{generation}"))
}

/// Sends the interviews.
pub(super) fn send(
    transaction: &mut Transaction<'_>,
    address: &Address,
    generation: i32,
    interviews: &[Interview],
) -> Result<(), postgres::Error> {
    let text = format!("COPY {} FROM STDIN", table(address, generation));
    let mut copy = Copy::new(transaction, &text)?;
    for (at, interview) in interviews.iter().enumerate() {
        copy.number(at as u64);
        copy.text(&published::interview_line(interview));
        copy.end_row();
    }
    copy.finish()
}

/// Reads the interviews of a generation through the gate of published boards.
pub(super) fn read(
    client: &mut Client,
    address: &Address,
    generation: i32,
) -> Result<Result<Vec<Interview>, RemoteError>, postgres::Error> {
    let refused = |why: &str| Ok(Err(RemoteError::Refused(why.to_owned())));
    let table = table(address, generation);
    let text = format!("SELECT interview FROM {table} ORDER BY number");
    let none: [(&i32, Type); 0] = [];
    let mut rows = client.query_typed_raw(&text, none)?;
    let (mut interviews, mut size): (Vec<Interview>, usize) = (Vec::new(), 0);
    while let Some(row) = rows.next()? {
        let line: &str = row.try_get(0)?;
        size += line.len();
        if interviews.len() >= MOST || size > TEXT {
            return refused("the board has too many interviews");
        }
        let Ok(interview) = published::interview(line) else {
            return refused("an interview cannot be read");
        };
        interviews.push(interview);
    }
    Ok(Ok(interviews))
}
