//! From which address somebody asks.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

/// Which addresses count as one: whoever has one of IPv6 has the 2^64 beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network(IpAddr);

/// The network of an address.
pub(super) fn network(address: IpAddr) -> Network {
    const OF_ONE_PLACE: u128 = !0 << 64;
    Network(match address.to_canonical() {
        IpAddr::V4(four) => four.into(),
        IpAddr::V6(six) => Ipv6Addr::from_bits(six.to_bits() & OF_ONE_PLACE).into(),
    })
}

/// Who asks, as far as the network tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// None if a proxy did not say for whom it asks.
    pub network: Option<Network>,
}

impl Caller {
    /// Who asks over a connection from this address. Of a proxy the last address that it was told
    /// counts, which is the one it saw itself; everything before it anybody may have written.
    pub(super) fn of(from: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> Self {
        if !proxies.contains(&from) {
            return Self { network: Some(network(from)) };
        }
        let named = headers.get_all("x-forwarded-for").iter().next_back();
        let named = named.and_then(|value| value.to_str().ok());
        let named = named.and_then(|list| address(list.rsplit(',').next()?.trim()));
        Self { network: named.map(network) }
    }
}

/// An address as proxies write it: some name the port as well, and put one of IPv6 in brackets.
fn address(text: &str) -> Option<IpAddr> {
    let in_brackets = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || text.parse::<SocketAddr>().ok().map(|it| it.ip());
    text.parse().ok().or_else(with_port).or_else(in_brackets)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const PROXY: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn caller(from: IpAddr, forwarded: &[&str]) -> Option<Network> {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_str(value).unwrap());
        }
        Caller::of(from, &headers, &[PROXY]).network
    }

    #[test]
    fn only_a_proxy_is_believed_and_only_what_it_saw_itself() {
        let ward: IpAddr = "203.0.113.7".parse().unwrap();
        assert_eq!(caller(ward, &["198.51.100.1"]), Some(network(ward)));
        assert_eq!(caller(PROXY, &["198.51.100.1, 203.0.113.7"]), Some(network(ward)));
        assert_eq!(caller(PROXY, &["198.51.100.1", "203.0.113.7"]), Some(network(ward)));
        for written in ["203.0.113.7:4711", " 203.0.113.7 ", "10.0.0.1,203.0.113.7"] {
            assert_eq!(caller(PROXY, &[written]), Some(network(ward)), "{written}");
        }
        let six = network("2001:db8::1".parse().unwrap());
        for written in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711"] {
            assert_eq!(caller(PROXY, &[written]), Some(six), "{written}");
        }
        assert_eq!(caller(PROXY, &["203.0.113.7, "]), None);
        assert_eq!(caller(PROXY, &["unknown"]), None);
        assert_eq!(caller(PROXY, &[]), None);
    }

    #[test]
    fn the_addresses_of_one_place_count_as_one() {
        let at = |text: &str| network(text.parse().unwrap());
        assert_eq!(at("2001:db8:1:2::1"), at("2001:db8:1:2:ffff::9"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_ne!(at("203.0.113.7"), at("203.0.113.8"));
        assert_eq!(at("::ffff:203.0.113.7"), at("203.0.113.7"));
    }
}
