"""Web addresses as feeds, pages and lists of sources give them."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from articles.importing.documents import URL_LENGTH

SCHEMES = ("http", "https")
DEFAULT_PORTS = {("http", 80), ("https", 443)}
# Parameters that say where a reader came from, and nothing about what the page is.
TRACKING = re.compile(r"utm_\w+|at_\w+|fbclid|gclid|msclkid|mc_[ce]id|cmpid|ref_src", re.IGNORECASE)
NOT_IN_ADDRESSES = re.compile(r"[\x00-\x20\x7f-\xa0\"<>\\^`{|}\u2028\u2029]|\s")


def web_address(stated: str, base: str = "") -> str:
    """``stated`` as a whole http or https address, taken relative to ``base``; "" if it is none or too long."""
    if not stated.strip():
        return ""
    try:
        address = urljoin(base, NOT_IN_ADDRESSES.sub(_quoted, stated.strip()))
        parts = urlsplit(address)
        has_host = bool(parts.hostname and re.search(r"\w", parts.hostname)) and parts.port != 0
    except ValueError:
        return ""
    return address if parts.scheme in SCHEMES and has_host and len(address) <= URL_LENGTH else ""


def canonical(address: str) -> str:
    """``address`` in the one form in which two links to the same page are equal: for comparing, not for following.

    Without scheme, ``www.``, default port, fragment, tracking parameters and closing slash; "" stays "".
    """
    if not address:
        return ""
    try:
        parts = urlsplit(address.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return address.strip()
    if port and (parts.scheme, port) not in DEFAULT_PORTS:
        host = f"{host}:{port}"
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])]
    return urlunsplit(("", host, parts.path.rstrip("/"), urlencode(query), ""))


def host_of(address: str) -> str:
    """The host as a reader would say it, such as scmp.com; "" if the address has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _quoted(sign: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode("utf-8", "replace"))
