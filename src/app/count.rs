//! Formats counts for the screen.

/// A count with grouped digits.
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A count with grouped digits, of a search that may not have counted all.
pub fn at_least(count: usize, is_at_least: bool) -> String {
    let mut text = grouped(count);
    if is_at_least && count > 0 {
        text.push('+');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_counts_are_grouped() {
        for (count, shown) in [
            (0, "0"),
            (999, "999"),
            (9_999, "9,999"),
            (10_000, "10,000"),
            (123_456, "123,456"),
            (1_000_000, "1,000,000"),
        ] {
            assert_eq!(grouped(count), shown);
        }
    }
}
