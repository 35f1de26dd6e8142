//! Restricts which servers may be contacted: the public internet by default.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use url::{Host, Url};

use super::FetchError;

/// The servers that a fetch may contact.
#[derive(Debug, Clone, Default)]
pub struct Reach {
    everywhere: bool,
    /// Hosts and ports that the user named.
    named: Arc<BTreeSet<String>>,
}

impl Reach {
    /// The public internet; with `private`, also this machine and its networks.
    pub fn new(private: bool) -> Self {
        Self {
            everywhere: private,
            ..Self::default()
        }
    }

    /// Additionally allows the servers of addresses that the user typed, but not where they redirect to.
    #[must_use]
    pub fn and_typed<'a>(self, addresses: impl Iterator<Item = &'a str>) -> Self {
        let named = addresses.filter_map(|address| server(&Url::parse(address.trim()).ok()?));
        Self {
            named: Arc::new(named.collect()),
            ..self
        }
    }

    /// Whether an address may be requested, judging by its text. A host name is checked again after resolution.
    pub(super) fn allows(&self, url: &Url, redirected: bool) -> Result<(), FetchError> {
        let private = match url.host() {
            Some(Host::Ipv4(ip)) => !is_public(IpAddr::V4(ip)),
            Some(Host::Ipv6(ip)) => !is_public(IpAddr::V6(ip)),
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                name == "localhost" || name.ends_with(".localhost")
            }
            None => return Err(FetchError::Address("has no host name".into())),
        };
        let named = || server(url).is_some_and(|server| self.named.contains(&server));
        if private && !self.everywhere && !named() {
            let host = url.host_str().unwrap_or_default();
            return Err(FetchError::Private(host.to_owned(), redirected));
        }
        Ok(())
    }

    /// Whether a server, given as host and port, may be contacted at this IP address.
    pub(super) fn allows_at(&self, server: &str, ip: IpAddr) -> bool {
        self.everywhere || is_public(ip) || self.named.contains(server)
    }
}

/// Host and port of a server.
fn server(url: &Url) -> Option<String> {
    Some(format!(
        "{}:{}",
        url.host_str()?,
        url.port_or_known_default()?
    ))
}

/// Whether an IP address is on the public internet.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => embedded(ip).map_or_else(|| is_public_v6(ip), is_public_v4),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || matches!(a, 0 | 224..)
        // Carrier-grade NAT, protocol assignments, and benchmarking.
        || (a == 100 && (64..128).contains(&b))
        || (a, b, c) == (192, 0, 0)
        || (a == 198 && matches!(b, 18 | 19)))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    // The public internet is 2000::/3; 2001:db8::/32 is for documentation.
    let [a, b, ..] = ip.segments();
    a & 0xe000 == 0x2000 && (a, b) != (0x2001, 0x0db8)
}

/// The IPv4 address in an IPv6 address that is mapped, translated or tunnelled.
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(of(high, low))
        }
        [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_open_internet() {
        for open in [
            "8.8.8.8",
            "104.18.2.3",
            "2606:4700::1",
            "::ffff:8.8.8.8",
            "198.20.0.1",
        ] {
            assert!(is_public(open.parse().unwrap()), "{open}");
        }
        for closed in [
            "127.0.0.1",
            "127.8.9.1",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "0.1.2.3",
            "100.64.0.1",
            "100.127.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "::127.0.0.1",
        ] {
            assert!(!is_public(closed.parse().unwrap()), "{closed}");
        }
    }

    #[test]
    fn a_typed_server_may_be_asked_and_its_neighbour_not() {
        let reach = Reach::new(false).and_typed(["http://127.0.0.1:81/a"].into_iter());
        for (url, allowed) in [
            ("http://127.0.0.1:81/b", true),
            ("http://127.0.0.1:82/b", false),
            ("http://127.1:81/", true),
            ("http://0x7f.1/", false),
            ("http://2130706433/", false),
            ("http://[::1]/", false),
            ("http://localhost/", false),
            ("http://a.localhost./", false),
            ("https://example.org/", true),
        ] {
            let url = Url::parse(url).unwrap();
            assert_eq!(reach.allows(&url, false).is_ok(), allowed, "{url}");
            assert!(Reach::new(true).allows(&url, false).is_ok());
        }
    }
}
