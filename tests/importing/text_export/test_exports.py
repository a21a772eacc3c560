"""Whole pages as old sites export them, each beside what it must be read as: every field, every warning."""

import json
from pathlib import Path
from typing import Any

import pytest

from articles.importing.decoding import decode
from articles.importing.documents import Document
from articles.importing.fields import fields_of
from articles.importing.formats import parse

FOLDER = Path(__file__).parent.parent / "exports"
PAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))
BLANK = fields_of(Document("", ""))


def read(name: str) -> tuple[dict[str, Any], list[list[Any]]]:
    """The fields that the parser finds in a page, and the warnings."""
    text, warnings = decode((FOLDER / f"{name}.txt").read_bytes())
    document = parse(text, "text")
    return fields_of(document), [list(warning) for warning in warnings + document.warnings]


class ExportTests:
    def test_every_page_has_its_fields_beside_it(self) -> None:
        assert len(PAGES) >= 36
        assert sorted(path.stem for path in FOLDER.glob("*.json")) == PAGES

    @pytest.mark.parametrize("name", PAGES)
    def test_page_is_read_field_by_field(self, name: str) -> None:
        expected = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
        expected_warnings, expected["body"] = expected.pop("warnings"), "\n\n".join(expected["body"])
        fields, warnings = read(name)
        assert warnings == expected_warnings
        for field, value in fields.items():
            assert value == expected.get(field, BLANK[field]), field
        assert expected.keys() <= fields.keys()
