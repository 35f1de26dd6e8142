//! Extracts the paths that a Rust file uses.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Every path in a file outside its tests, from the root of its crate. A macro is a path ending in `!`.
pub(super) fn paths(place: &str, source: &str) -> Vec<Vec<String>> {
    let tokens: TokenStream = source.parse().expect("Rust");
    let mut paths = Vec::new();
    gather(tokens, &[], &mut paths);
    for path in &mut paths {
        from_root(place, path);
    }
    paths
}

/// Collects the paths in tokens; `before` is the prefix of the enclosing braces.
fn gather(tokens: TokenStream, before: &[String], paths: &mut Vec<Vec<String>>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut path: Vec<String> = before.to_vec();
    let mut joined = true;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                joined = tokens
                    .next_if(|next| matches!(next, TokenTree::Punct(next) if next.as_char() == ':'))
                    .is_some();
            }
            TokenTree::Punct(punct) => {
                if punct.as_char() == '!' && path.len() > before.len() {
                    paths.push(vec![format!("{}!", path[path.len() - 1])]);
                }
                if punct.as_char() == '#'
                    && tokens
                        .next_if(|next| next.to_string().replace(' ', "") == "[cfg(test)]")
                        .is_some()
                {
                    skip_item(&mut tokens);
                }
                end(&mut path, before, paths);
                joined = true;
            }
            TokenTree::Ident(name) => {
                if !joined {
                    end(&mut path, before, paths);
                }
                path.push(name.to_string().trim_start_matches("r#").to_owned());
                joined = false;
            }
            TokenTree::Group(group) => {
                let continues = joined && group.delimiter() == Delimiter::Brace;
                let outer = if continues { path.clone() } else { Vec::new() };
                if !continues {
                    end(&mut path, before, paths);
                }
                gather(group.stream(), &outer, paths);
                path = before.to_vec();
                joined = true;
            }
            TokenTree::Literal(_) => {}
        }
    }
    end(&mut path, before, paths);
}

/// Ends a path; the next one has the same prefix.
fn end(path: &mut Vec<String>, before: &[String], paths: &mut Vec<Vec<String>>) {
    if path.len() > before.len() {
        paths.push(path.clone());
    }
    *path = before.to_vec();
}

/// Skips the item after `#[cfg(test)]`: up to a semicolon or past the next braces.
fn skip_item(tokens: &mut impl Iterator<Item = TokenTree>) {
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => return,
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => return,
            _ => {}
        }
    }
}

/// Resolves `super::super::x` and `jobdeck::x` to `crate::x`.
fn from_root(place: &str, path: &mut Vec<String>) {
    let depth = place.split('/').count();
    let up = path.iter().take_while(|part| *part == "super").count();
    if up >= depth {
        path.splice(..up, ["crate".to_owned()]);
    } else if path.first().is_some_and(|head| head == "jobdeck") {
        "crate".clone_into(&mut path[0]);
    }
}
