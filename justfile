# Recipes for everyday work; `just` lists them.

default:
    @just --list

# Browse the shipped board.
run *args:
    cargo run --release -- {{args}}

# Formatting, lints and docs, as the gate checks them.
check:
    cargo fmt --check
    cargo clippy --locked --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps --document-private-items

# The test command of the README.
test *args:
    cargo test --locked {{args}}

# Everything that has to pass before a change is merged.
gate:
    .ci/run

# Draw the pictures of the README again.
screens:
    UPDATE_SCREENS=1 cargo test --locked --test all -- screens:: tour::

# Draw every screen at every size in every theme, to be looked at.
sheet folder="target/sheet":
    CONTACT_SHEET={{folder}} cargo test --locked --test all contact_sheet
