"""Pictures from the editor's file to what a browser gets."""

import io
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from PIL import Image as Pillow
from PIL import ImageCms

from articles.catalogue.pictures import (
    PictureError,
    make_master,
    make_renditions,
    remove_renditions,
    store_renditions,
    widths_of,
)

UPRIGHT = 6  # how EXIF says that a picture has to be turned by a quarter to the right
ORIENTATION, ARTIST = 0x0112, 0x013B


def photo(width: int = 1800, height: int = 1200, mode: str = "RGB", suffix: str = "JPEG", **options: object) -> bytes:
    """A picture that shades from left to right, so that it has something to compress."""
    shades = Pillow.linear_gradient("L").rotate(90).resize((width, height)).convert(mode)
    out = io.BytesIO()
    shades.save(out, suffix, **options)
    return out.getvalue()


def opened(content: bytes) -> Pillow.Image:
    picture = Pillow.open(io.BytesIO(content))
    picture.load()
    return picture


def with_iptc(jpeg: bytes, *sets: tuple[int, bytes]) -> bytes:
    """``jpeg`` with data sets of record 2 of IPTC, in the segment where Photoshop keeps them."""
    records = b"".join(b"\x1c\x02" + bytes([number]) + len(value).to_bytes(2, "big") + value for number, value in sets)
    block = b"8BIM\x04\x04\x00\x00" + len(records).to_bytes(4, "big") + records + b"\0" * (len(records) % 2)
    content = b"Photoshop 3.0\x00" + block
    return jpeg[:2] + b"\xff\xed" + (len(content) + 2).to_bytes(2, "big") + content + jpeg[2:]


class MasterTests:
    def test_photo_stays_a_photo(self) -> None:
        master = make_master(photo())
        assert master.suffix == "jpg"
        assert opened(master.content).size == (1800, 1200)

    def test_wide_picture_is_scaled_down(self) -> None:
        assert opened(make_master(photo(3000, 1500)).content).size == (2000, 1000)

    def test_metadata_is_gone_and_its_turn_is_done(self) -> None:
        exif = Pillow.Exif()
        exif[ORIENTATION], exif[ARTIST] = UPRIGHT, "Ann Wu, 12 Harbour Street"
        master = make_master(photo(400, 200, exif=exif))
        picture = opened(master.content)
        assert picture.size == (200, 400)
        assert not picture.getexif()
        assert b"Harbour" not in master.content

    def test_colours_are_those_that_browsers_expect(self) -> None:
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        assert "icc_profile" not in opened(make_master(photo(60, 40, icc_profile=profile)).content).info

    def test_see_through_parts_are_kept(self) -> None:
        master = make_master(photo(60, 40, mode="RGBA", suffix="PNG"))
        assert (master.suffix, opened(master.content).mode) == ("png", "RGBA")

    @pytest.mark.parametrize(("mode", "suffix"), [("L", "PNG"), ("P", "GIF"), ("CMYK", "JPEG"), ("RGB", "WEBP")])
    def test_other_kinds_become_photos(self, mode: str, suffix: str) -> None:
        master = make_master(photo(60, 40, mode=mode, suffix=suffix))
        assert opened(master.content).mode == "RGB"

    @pytest.mark.parametrize(
        ("sets", "credit"),
        [
            ([(110, b"Reuters")], "Reuters"),
            ([(80, b"Ann Wu")], "Ann Wu"),
            ([(80, b"Ann Wu"), (110, b"Reuters")], "Reuters"),
            ([(110, "Agence Été".encode())], "Agence Été"),
            ([(110, "Agence Été".encode("latin-1"))], "Agence Été"),
            ([(110, b"  Ann\n Wu\0 ")], "Ann Wu"),
            ([(80, b"Ann Wu"), (80, b"Bo Li")], "Ann Wu"),
            ([(120, b"A caption")], ""),
            ([(110, b"x" * 500)], "x" * 200),
        ],
    )
    def test_credit_in_the_metadata(self, sets: list[tuple[int, bytes]], credit: str) -> None:
        master = make_master(with_iptc(photo(60, 40), *sets))
        assert master.credit == credit
        assert b"Photoshop" not in master.content

    @pytest.mark.parametrize(
        ("raw", "message"),
        [
            (b"", "can't be read as a picture"),
            (b"<script>", "can't be read as a picture"),
            (photo(600, 400)[:900], "can't be read as a picture"),
            (b"\0" * 20_000_001, "20 MB"),
        ],
    )
    def test_what_is_no_picture_is_refused(self, raw: bytes, message: str) -> None:
        with pytest.raises(PictureError, match=message):
            make_master(raw)

    def test_picture_of_too_many_pixels_is_refused_unread(self) -> None:
        huge = io.BytesIO()
        Pillow.new("1", (10_000, 10_000)).save(huge, "PNG", compress_level=1)
        with pytest.raises(PictureError, match="10000 by 10000 pixels"):
            make_master(huge.getvalue())


class RenditionTests:
    @pytest.mark.parametrize(
        ("width", "widths"), [(2000, [480, 960, 1440]), (1000, [480, 960, 1000]), (480, [480]), (100, [100])]
    )
    def test_none_is_blown_up(self, width: int, widths: list[int]) -> None:
        assert widths_of(width) == widths

    def test_each_width_comes_as_webp_and_as_jpeg(self) -> None:
        made = dict(make_renditions(make_master(photo()).content))
        sizes = {kind: opened(content).size for kind, content in made.items()}
        assert sizes == {
            **{f"480.{suffix}": (480, 320) for suffix in ("webp", "jpg")},
            **{f"960.{suffix}": (960, 640) for suffix in ("webp", "jpg")},
            **{f"1440.{suffix}": (1440, 960) for suffix in ("webp", "jpg")},
            **{f"thumbnail.{suffix}": (240, 180) for suffix in ("webp", "jpg")},
        }
        assert {opened(made[kind]).format for kind in made if kind.endswith("webp")} == {"WEBP"}

    def test_see_through_parts_stand_on_white_in_a_jpeg(self) -> None:
        raw = io.BytesIO()
        Pillow.new("RGBA", (60, 40), (0, 0, 0, 0)).save(raw, "PNG")
        made = dict(make_renditions(make_master(raw.getvalue()).content))
        assert opened(made["60.jpg"]).getpixel((30, 20)) == (255, 255, 255)
        assert opened(made["60.webp"]).mode == "RGBA"

    def test_renditions_are_stored_beside_the_master_and_go_with_it(self, tmp_path: Path) -> None:
        storage = FileSystemStorage(tmp_path)
        (tmp_path / "images").mkdir()
        (tmp_path / "images/dish.jpg").write_bytes(make_master(photo(500, 400)).content)
        for _ in range(2):
            store_renditions(storage, "images/dish.jpg")
        kept = sorted(path.name for path in (tmp_path / "renditions/images/dish.jpg").iterdir())
        assert kept == ["480.jpg", "480.webp", "500.jpg", "500.webp", "thumbnail.jpg", "thumbnail.webp"]
        remove_renditions(storage, "images/dish.jpg", 500)
        assert not list((tmp_path / "renditions/images/dish.jpg").iterdir())
