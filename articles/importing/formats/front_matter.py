"""The YAML between the fences of a Markdown story, read as plain texts, lists and mappings with their lines.

No scalar turns into a number, a date or a truth value by itself: a headline may be ``404`` or ``no``. Aliases are
refused, since a few lines of them can unfold into gigabytes.
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml
from django.utils.translation import gettext as _

from articles.importing.documents import LineWarning, ParseError, fold

FENCE = "---"
ENDS = (FENCE, "...")
NULL = "tag:yaml.org,2002:null"
NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


class _Loader(yaml.SafeLoader):
    """Composes nodes; refuses aliases."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            problem = _("aliases (*name) are not read; write the value out")
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=mark)
        return super().compose_node(parent, index)


class Field:
    """One value of the front matter: a text, a list or a mapping, and where it stands.

    ``name`` says how messages call it. Every reader below raises ParseError, with the line, for a value of another
    shape than it is for.
    """

    def __init__(self, name: str, node: yaml.Node) -> None:
        self.name = name
        self.node = node
        # The fence is line 1, so the first line of the YAML is line 2; marks count from 0.
        self.line = node.start_mark.line + 2

    def fault(self, message: str) -> ParseError:
        """The error to raise for this value."""
        return ParseError(self.line, f"{self.name}: {message}")

    @property
    def is_empty(self) -> bool:
        """Whether nothing is given: an empty value, ``~`` or ``null``."""
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag == NULL

    def text(self, longest: int = 0) -> str:
        """The value as one line of text of at most ``longest`` characters (0: of any length)."""
        if self.is_empty:
            return ""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fault(_("a text is needed here, not a list or a mapping"))
        if NO_TEXT.search(self.node.value):
            raise self.fault(_("holds characters that are no text"))
        value = fold(self.node.value)
        if longest and len(value) > longest:
            said = {"count": len(value), "most": longest}
            raise self.fault(_("%(count)s characters, and at most %(most)s fit") % said)
        return value

    def items(self) -> list["Field"]:
        """The values of a list; one value alone is a list of one, nothing is an empty list."""
        if self.is_empty:
            return []
        nodes = self.node.value if isinstance(self.node, yaml.SequenceNode) else [self.node]
        return [item for node in nodes if not (item := Field(self.name, node)).is_empty]

    def texts(self, longest: int = 0) -> list[str]:
        """The texts of a list, without the empty ones."""
        return [text for item in self.items() if (text := item.text(longest))]

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.node, yaml.MappingNode)

    def pairs(self) -> Iterator[tuple[str, "Field"]]:
        """The names and values of a mapping, in order; a name given twice is an error."""
        if not self.is_mapping:
            raise self.fault(_("a mapping of names and values is needed here"))
        seen = set()
        for key_node, value_node in self.node.value:
            key = Field(self.name, key_node)
            name = key.text()
            if not name or name in seen:
                twice = _("“%(name)s” is given twice") % {"name": name}
                raise key.fault(twice if name else _("a value without a name"))
            seen.add(name)
            yield name, Field(name, value_node)

    def fields(self, known: frozenset[str], warnings: list[LineWarning]) -> dict[str, "Field"]:
        """The values of a mapping by their ``known`` names, absent ones as empty; an unknown name gets a warning."""
        found = dict(self.pairs())
        unknown = found.keys() - known
        warnings += [
            LineWarning(found[name].line, _("unknown field “%(name)s”: not read") % {"name": name}) for name in unknown
        ]
        return {name: found.get(name) or self._nothing(name) for name in known}

    def _nothing(self, name: str) -> "Field":
        return Field(name, yaml.ScalarNode(NULL, "", self.node.start_mark))


def split(text: str) -> tuple[Field, str, int]:
    """The front matter of ``text``, the body below it, and the line on which the body starts.

    Raises ParseError if the front matter is missing, has no end or is not YAML.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise ParseError(1, _("no front matter: the first line of a Markdown story is ---"))
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() in ENDS), None)
    if end is None:
        raise ParseError(1, _("the front matter has no end: close it with a line of ---"))
    front = Field(_("front matter"), _compose("\n".join(lines[1:end])))
    return front, "\n".join(lines[end + 1 :]).strip("\n"), end + 2


def _compose(text: str) -> yaml.Node:
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ParseError(line, _("the front matter is not YAML: %(error)s") % {"error": error.problem}) from error
    except yaml.YAMLError as error:
        first = str(error).splitlines()[0]
        raise ParseError(1, _("the front matter is not YAML: %(error)s") % {"error": first}) from error
    except RecursionError:
        raise ParseError(1, _("the front matter is nested too deeply")) from None
    if not isinstance(node, yaml.MappingNode):
        raise ParseError(2, _("the front matter holds no fields; give at least a headline"))
    return node
