"""Whom an internet address stands for."""

from ipaddress import IPv6Address, ip_address
from typing import Final

NETWORK_BITS: Final = 64


def network_of(host: str) -> str:
    """
    Return the address itself, or with IPv6 its network of 64 bits.

    One subscriber holds a whole such network and may come from another of its addresses each time.
    """
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return f"{int(address) >> (address.max_prefixlen - NETWORK_BITS):x}::/{NETWORK_BITS}"
