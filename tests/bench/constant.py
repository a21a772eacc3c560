"""A WSGI application that answers with one page whatever it is asked: what granian takes by itself.

``CONSTANT_PAGE`` names the file with the body; beside it, in a file of that name with ``.json``, are the headers.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGE = Path(os.environ["CONSTANT_PAGE"])
BODY = PAGE.read_bytes()
HEADERS = [(name, value) for name, value in json.loads(PAGE.with_name(f"{PAGE.name}.json").read_text(encoding="utf-8"))]
UNCHANGED = [header for header in HEADERS if header[0] in ("cache-control", "etag", "last-modified", "vary")]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """The page, or that it has not changed to whoever has any."""
    if "HTTP_IF_NONE_MATCH" in environ:
        start_response("304 Not Modified", UNCHANGED)
        return [b""]
    start_response("200 OK", HEADERS)
    return [BODY]
