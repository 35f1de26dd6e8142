//! Web addresses that may be opened.

use url::Url;

/// The address if a board may contain it: http, https or mailto, without user name and password.
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

/// Resolves an address against the page at `base`.
pub(super) fn joined(base: &str, written: &str) -> Option<String> {
    Some(Url::parse(base).ok()?.join(written).ok()?.into())
}

/// Host and path segments of an address.
pub(super) fn parts(written: &str) -> Option<(String, Vec<String>)> {
    let url = Url::parse(written.trim()).ok()?;
    let host = url.host_str()?.to_owned();
    let parts = url.path_segments()?.filter(|part| !part.is_empty());
    Some((host, parts.map(str::to_owned).collect()))
}

/// The first path segment, which names the employer on hiring systems.
pub(super) fn first_part(written: &str) -> Option<String> {
    parts(written)?.1.into_iter().next()
}

/// Host without `www.`.
pub(super) fn host(written: &str) -> Option<String> {
    let (host, _) = parts(written)?;
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}
