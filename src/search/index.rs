//! A board made ready to be searched.

use std::sync::Arc;

use super::Row;
use super::columns::Columns;
use super::order::{Order, Orders};
use crate::board::{Board, Posting};
use crate::query::Query;

/// A board made ready to be searched.
#[derive(Debug)]
pub struct Index {
    board: Arc<Board>,
    columns: Columns,
    orders: Orders,
}

impl Index {
    /// Indexes a board.
    pub fn new(board: Arc<Board>) -> Self {
        let columns = Columns::new(&board);
        let orders = Orders::new(&board);
        Self {
            board,
            columns,
            orders,
        }
    }

    /// The board behind it.
    pub fn board(&self) -> &Board {
        &self.board
    }

    /// How many postings there are.
    pub fn len(&self) -> usize {
        self.board.postings().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The posting of a row.
    pub fn posting(&self, row: Row) -> &Posting {
        &self.board.postings()[row.0 as usize]
    }

    /// The row of the posting with this id.
    pub fn row(&self, id: &str) -> Option<Row> {
        self.board.position(id).map(|at| Row(at as u32))
    }

    pub(super) fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The order that a query asks for; without one, what decides between postings of one rank.
    pub(super) fn order(&self, query: &Query) -> &Order {
        match query.sort {
            Some(sort) => self.orders.sorted(&self.board, sort),
            None => self.orders.ties(),
        }
    }
}
