//! Addresses that a person may open.

use url::Url;

/// The address, if a board may hold it: http, https or mailto, without a user name or a password.
pub(super) fn safe(written: &str) -> Option<String> {
    let url = Url::parse(written).ok()?;
    let allowed = match url.scheme() {
        "http" | "https" => true,
        "mailto" => url.path().contains('@'),
        _ => false,
    };
    if !allowed || !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let plain = written.bytes().all(|byte| byte.is_ascii_graphic());
    Some(if plain { written.into() } else { url.into() })
}

/// Where an address leads to from a page at `base`.
pub(super) fn joined(base: &str, written: &str) -> Option<String> {
    Some(Url::parse(base).ok()?.join(written).ok()?.into())
}

/// The host and the first parts of the path of an address.
pub(super) fn parts(written: &str) -> Option<(String, Vec<String>)> {
    let url = Url::parse(written.trim()).ok()?;
    let host = url.host_str()?.to_owned();
    let parts = url.path_segments()?.filter(|part| !part.is_empty());
    Some((host, parts.map(str::to_owned).collect()))
}

/// The first part of the path, where hiring systems put the employer's name.
pub(super) fn first_part(written: &str) -> Option<String> {
    parts(written)?.1.into_iter().next()
}

/// The host without its `www.`.
pub(super) fn host(written: &str) -> Option<String> {
    let (host, _) = parts(written)?;
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}
