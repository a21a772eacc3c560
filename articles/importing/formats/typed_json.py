"""JSON into frozen dataclasses by their types, and back: every value is checked, each fault told with its place."""

import json
from collections.abc import Hashable
from dataclasses import MISSING, asdict, fields, is_dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.importing.documents import LineWarning, ParseError
from articles.importing.fields import plain

Record = TypeVar("Record")


def dump(record: Any) -> str:
    """A dataclass as JSON on one line, its names in the order of the alphabet."""
    return json.dumps(plain(asdict(record)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Reader:
    """Reads the values of one line; ``warnings`` gathers the names that nothing is read of."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.warnings: list[LineWarning] = []

    def read(self, kind: type[Record], value: Any, name: str) -> Record:
        """``value`` as a ``kind``; ``name`` is how messages call it. Raises ParseError for a value of another shape."""
        if not isinstance(value, dict):
            raise self._fault(name, _("an object is needed"))
        hints = _hints(cast("Hashable", kind))
        unknown = sorted(value.keys() - hints.keys())
        self.warnings += [
            LineWarning(self.line, _("%(field)s: unknown, not read") % {"field": f"{name}.{key}"}) for key in unknown
        ]
        given = {key: self._value(hints[key], value[key], f"{name}.{key}") for key in hints if key in value}
        missing = [key for key in _needed(cast("Hashable", kind)) if key not in given]
        if missing:
            raise self._fault(name, _("%(names)s missing") % {"names": _(", ").join(missing)})
        return kind(**given)

    def _value(self, hint: Any, value: Any, name: str) -> Any:
        if isinstance(hint, UnionType):
            (hint,) = (part for part in get_args(hint) if part is not NoneType)
            if value is None:
                return None
        if isinstance(hint, type) and is_dataclass(hint):
            return self.read(hint, value, name)
        if get_origin(hint) is tuple:
            return self._list(get_args(hint)[0], value, name)
        if hint in (datetime, Decimal):
            return self._parsed(hint, value, name)
        if type(value) is not hint:
            raise self._fault(name, str(NEEDS[hint]))
        if hint is str and not _is_text(value):
            raise self._fault(name, _("holds characters that are no text"))
        return value

    def _list(self, hint: Any, value: Any, name: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise self._fault(name, _("a list is needed"))
        return tuple(self._value(hint, item, f"{name}[{place}]") for place, item in enumerate(value))

    def _parsed(self, hint: Any, value: Any, name: str) -> Any:
        try:
            parsed = datetime.fromisoformat(value) if hint is datetime else Decimal(value)
        except (TypeError, ValueError, InvalidOperation):
            raise self._fault(name, str(NEEDS[hint])) from None
        is_whole = parsed.tzinfo is not None if isinstance(parsed, datetime) else parsed.is_finite()
        if not isinstance(value, str) or not is_whole:
            raise self._fault(name, str(NEEDS[hint]))
        return parsed

    def _fault(self, name: str, message: str) -> ParseError:
        return ParseError(self.line, f"{name}: {message}")


NEEDS = {
    str: gettext_lazy("a text is needed"),
    int: gettext_lazy("a whole number is needed"),
    bool: gettext_lazy("true or false is needed"),
    datetime: gettext_lazy("a time with its offset, as in ISO 8601, is needed"),
    Decimal: gettext_lazy("a number in quotes is needed"),
}


def _is_text(value: str) -> bool:
    """Whether a database can hold it: no zero bytes, no halves of surrogate pairs."""
    return "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


@cache
def _needed(kind: Any) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING)
