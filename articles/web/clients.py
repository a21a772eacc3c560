"""Where a request comes from: the reader's network, as far as the proxies in front can be believed."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# Bits of an address that one subscriber's connection shares: a /24 of IPv4, and a /48 of IPv6, which is what a site
# is given (RFC 6177), so that nobody counts as many by changing address within it.
IPV4_BITS, IPV6_BITS = 24, 48


def network_of(request: HttpRequest) -> str:
    """The network that a request comes from, as 203.0.113.0/24 or 2001:db8::/48; "" if it has no address.

    Of ``X-Forwarded-For`` only the entries that the proxies of ``TRUSTED_PROXIES`` have added count: anybody can send
    what stands before them.
    """
    address = _read(_address_of(request))
    if address is None:
        return ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    bits = IPV4_BITS if isinstance(address, IPv4Address) else IPV6_BITS
    return str(ip_network((address, bits), strict=False))


def _address_of(request: HttpRequest) -> str:
    peer: str = request.META.get("REMOTE_ADDR", "")
    count = settings.TRUSTED_PROXIES
    forwarded = [entry.strip() for entry in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if entry.strip()]
    return forwarded[-min(count, len(forwarded))] if count and forwarded else peer


def _read(text: str) -> IPv4Address | IPv6Address | None:
    """The address, without the port and the brackets that some proxies add; None if it is none."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return ip_address(text.partition("%")[0])
    except ValueError:
        return None
