"""Finding files, and refusing what is none."""

import io
from pathlib import Path

import pytest

from articles.importing import files
from articles.importing.files import SUFFIXES, FoundFile, ReadError, find


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with stories, a folder within it, and things that are no stories."""
    place = tmp_path / "archive"
    for name in ("b.txt", "a.md", "c.MARKDOWN", "sub/a.txt", "notes.pdf", ".hidden.txt", ".git/x.txt"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(name)
    return place


def faults_of(found: list[FoundFile]) -> list[str]:
    return [file.fault for file in found if file.fault]


class FindTests:
    def test_folder_gives_its_stories_in_order(self, folder: Path) -> None:
        found = list(find([str(folder)]))
        assert [file.name for file in found] == ["a.md", "b.txt", "c.MARKDOWN", "sub/a.txt"]
        assert found[0].label == f"{folder}/a.md"
        assert [file.read().decode() for file in found] == [file.name for file in found]

    def test_single_file_of_any_name_is_taken(self, folder: Path) -> None:
        assert [file.name for file in find([str(folder / "notes.pdf")])] == ["notes.pdf"]

    def test_places_come_in_the_order_given(self, folder: Path) -> None:
        assert [file.name for file in find([str(folder / "b.txt"), str(folder / "sub")])] == ["b.txt", "a.txt"]

    def test_missing_place_is_named(self, tmp_path: Path) -> None:
        (found,) = find([str(tmp_path / "none")])
        assert found.label.endswith("none")
        assert "No such file or directory" in found.fault
        with pytest.raises(ReadError, match="No such file"):
            found.read()

    @pytest.mark.parametrize("place", ["a\0b", "x" * 5000])
    def test_impossible_path_is_a_fault(self, place: str) -> None:
        assert len(faults_of(list(find([place])))) == 1

    def test_device_is_no_file(self) -> None:
        assert faults_of(list(find(["/dev/null"]))) == ["neither a file nor a folder"]

    def test_folder_without_stories_is_a_fault(self, folder: Path) -> None:
        empty = folder / "empty"
        empty.mkdir()
        assert faults_of(list(find([str(empty)]))) == [f"holds no story; names end in {', '.join(SUFFIXES)}"]

    def test_link_out_of_the_folder_is_refused(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("secret")
        (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
        (folder / "away").symlink_to(tmp_path)
        found = list(find([str(folder)]))
        assert len(found) == 6
        assert faults_of(found) == ["a link that leads out of the folder: not followed"] * 2

    def test_link_within_the_folder_is_followed_and_a_loop_is_not(self, folder: Path) -> None:
        (folder / "again.txt").symlink_to(folder / "b.txt")
        (folder / "loop").symlink_to(folder)
        found = list(find([str(folder)]))
        assert [file.name for file in found] == ["a.md", "again.txt", "b.txt", "c.MARKDOWN", "sub/a.txt"]
        assert found[1].read() == b"b.txt"

    def test_folder_that_is_itself_a_link_is_read(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "short").symlink_to(folder)
        assert faults_of(list(find([str(tmp_path / "short")]))) == []

    def test_strange_names_can_be_printed_and_kept(self, folder: Path) -> None:
        (folder / "sub" / "a\n\udcff\x1b.txt").write_text("x")
        found = list(find([str(folder / "sub")]))
        assert [file.name for file in found] == ["a???.txt", "a.txt"]
        assert found[0].read() == b"x"

    def test_unreadable_folder_is_named(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(path: Path) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "iterdir", refuse)
        assert faults_of(list(find([str(folder)]))) == ["the folder can't be read (Permission denied)"]


class ReadTests:
    def test_file_that_is_gone(self, folder: Path) -> None:
        (folder / "dead.txt").symlink_to(folder / "nowhere.txt")
        dead = next(file for file in find([str(folder)]) if file.name == "dead.txt")
        with pytest.raises(ReadError, match=r"can't be read \(No such file or directory\)"):
            dead.read()

    def test_file_that_may_not_be_read(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: object) -> None:
            raise PermissionError(13, "Permission denied")

        (found,) = find([str(folder / "b.txt")])
        monkeypatch.setattr(Path, "open", refuse)
        with pytest.raises(ReadError, match=r"can't be read \(Permission denied\)"):
            found.read()

    def test_file_that_is_too_big(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(files, "MAX_BYTES", 4)
        (found,) = find([str(folder / "b.txt")])
        with pytest.raises(ReadError, match="no single story"):
            found.read()

    def test_standard_input_has_no_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Title\n\nText.")))
        (found,) = find(["-"])
        assert (found.label, found.name, found.read()) == ("standard input", "", b"Title\n\nText.")


class LineTests:
    """Files of any size, line by line."""

    def test_lines_of_a_file_and_of_standard_input(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "b.txt").write_bytes(b"one\ntwo")
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"one\ntwo")))
        for place in (str(folder / "b.txt"), "-"):
            (found,) = find([place])
            assert list(found.lines(4)) == [b"one\n", b"two"]

    def test_line_that_is_too_long(self, folder: Path) -> None:
        (found,) = find([str(folder / "b.txt")])
        with pytest.raises(ReadError, match="a line of more than 0 MB"):
            list(found.lines(4))

    def test_file_that_is_not_there(self, folder: Path) -> None:
        with pytest.raises(ReadError, match="No such file"):
            list(FoundFile("x", "x", folder / "none.jsonl").lines(4))
        with pytest.raises(ReadError, match="no file at all"):
            list(FoundFile("x", fault="no file at all").lines(4))

    def test_mark_at_the_start(self, folder: Path) -> None:
        (found,) = find([str(folder / "b.txt")])
        assert found.starts_with(b"b.t")
        assert not found.starts_with(b"b.md")
        assert not FoundFile("x", "x", folder / "none.txt").starts_with(b"b")
        assert not FoundFile("standard input").starts_with(b"")
