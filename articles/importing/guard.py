"""Which network addresses this machine may be sent to: public ones, checked where the connection is made."""

import ipaddress
import socket
import time
from ipaddress import IPv4Address, IPv6Address

from django.conf import settings
from django.utils.translation import gettext as _

NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Outdated ways to write an IPv4 address as an IPv6 one.
IPV4_COMPATIBLE = ipaddress.ip_network("::/96")


class FetchError(Exception):
    """The address can't be fetched; the message gives the cause."""


class RefusedError(FetchError):
    """The address leads where nothing is fetched from."""


def is_exempt(host: str, port: int) -> bool:
    """Whether the setting FETCH_ALLOW names this host and port, as they stand in the address."""
    return f"{host}:{port}" in settings.FETCH_ALLOW


def is_public(address: str) -> bool:
    """Whether ``address`` is one of the internet's: not this machine, its network or a group, nor these in disguise.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64) is as public as that.
    """
    ip = ipaddress.ip_address(address)
    carried = _carried(ip)
    if carried is not None:
        return is_public(str(carried))
    is_local = ip.is_multicast or ip.is_reserved or ip.is_unspecified or getattr(ip, "is_site_local", False)
    return ip.is_global and not is_local


def _carried(ip: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(ip, IPv4Address):
        return None
    if ip in NAT64 or ip in IPV4_COMPATIBLE:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


def connect(host: str, port: int, *, deadline: float, is_free: bool) -> socket.socket:
    """A connection to ``host``, made to the very address that was checked, so that no second answer leads elsewhere.

    ``deadline`` is a time of the monotonic clock; ``is_free`` leaves the check out. Raises FetchError if the name is
    unknown or nothing answers, and RefusedError if any of its addresses is not public.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        said = {"host": host, "error": getattr(error, "strerror", None) or error}
        raise FetchError(_("%(host)s: no such name (%(error)s)") % said) from error
    for *_rest, place in found:
        if not is_free and not is_public(str(place[0])):
            message = _("%(host)s leads to %(address)s, which is not a public address: not fetched")
            raise RefusedError(message % {"host": host, "address": place[0]})
    fault: OSError | None = None
    for family, kind, protocol, _name, place in found:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(max(deadline - time.monotonic(), 0.001))
            connection.connect(place)
        except OSError as error:
            connection.close()
            fault = error
        else:
            return connection
    said = {"host": host, "port": port, "error": fault}
    raise FetchError(_("%(host)s: no connection to port %(port)s (%(error)s)") % said) from fault
