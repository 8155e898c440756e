"""Which network addresses are public. Everything else is refused unless private ones are allowed."""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_REFUSED = tuple(
    ipaddress.ip_network(n)
    for n in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)
"""Special-purpose blocks of IANA's IPv4 and IPv6 registries (RFC 6890 and its successors), with those that
carry an IPv4 address inside: mapped (::ffff:0:0/96), compatible (::/96), 6to4 (2002::/16), Teredo (in
2001::/23)."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(text: str) -> bool:
    """True for an address that the whole internet can reach, as far as registries tell."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address in _NAT64:
        # On networks with IPv6 only, public IPv4 hosts are reached through this block (RFC 6052).
        return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    if any(address.version == block.version and address in block for block in _REFUSED):
        return False
    return address.is_global and not address.is_multicast
