"""Pictures as readers get them: upright, without metadata, at a few widths, as WebP and as JPEG for older browsers.

What an editor hands in is replaced by a master; the renditions are made of that once, when it is stored. Pure
functions from bytes to bytes, but for ``store_renditions`` and ``remove_renditions``, which reach the storage.
"""

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageFile, ImageOps, IptcImagePlugin, UnidentifiedImageError

# Pixels across. A column of text is 624 wide, twice that on fine screens; a phone is 360 to 430.
WIDTHS = (480, 960, 1440)
THUMBNAIL = (240, 180)
MOST_BYTES = 20_000_000
MOST_PIXELS = 60_000_000
MASTER_WIDTH = 2000
# What IPTC calls the credit, and the by-line where there is none (record 2, data sets 110 and 80).
CREDIT, BYLINE = (2, 110), (2, 80)
CREDIT_LENGTH = 200
QUALITY = {"webp": 78, "jpg": 80}
FORMATS = {"webp": "WEBP", "jpg": "JPEG", "png": "PNG"}
FAULTS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)


class PictureError(ValueError):
    """The file can't be taken as a picture; the message says why and what to do."""


@dataclass(frozen=True)
class Master:
    """A picture as it is kept, ``suffix`` being "jpg", or "png" where it has see-through parts."""

    content: bytes
    suffix: str
    credit: str


def make_master(raw: bytes) -> Master:
    """The picture in ``raw``: upright, in sRGB, at most 2,000 pixels wide, with nothing in it but the picture.

    Its credit is that which its metadata states, "" for none. Raises PictureError.
    """
    if len(raw) > MOST_BYTES:
        sizes = {"size": round(len(raw) / 1e6), "most": MOST_BYTES // 1_000_000}
        raise PictureError(_("The file has %(size)s MB: make it smaller than %(most)s MB.") % sizes)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(raw))
            if picture.width * picture.height > MOST_PIXELS:
                sides = {"width": picture.width, "height": picture.height}
                raise PictureError(_("%(width)s by %(height)s pixels are too many: scale the picture down.") % sides)
            credit = _credit_in(picture)
            upright = _in_srgb(ImageOps.exif_transpose(picture))
    except PictureError:
        raise
    except FAULTS as error:
        raise PictureError(_("This file can't be read as a picture: save it again as JPEG, PNG or WebP.")) from error
    if upright.width > MASTER_WIDTH:
        upright = _scaled(upright, MASTER_WIDTH)
    suffix = "png" if upright.mode == "RGBA" else "jpg"
    return Master(_encoded(upright, suffix, quality=90), suffix, credit)


def widths_of(width: int) -> list[int]:
    """The widths at which there are renditions of a master so wide: none is blown up."""
    return [*(each for each in WIDTHS if each < width), min(width, WIDTHS[-1])][: len(WIDTHS)]


def rendition_name(master: str, kind: str) -> str:
    """The name under which a rendition of ``master`` is stored; ``kind`` is such as "480.webp" or "thumbnail.jpg"."""
    return f"renditions/{master}/{kind}"


def make_renditions(master: bytes) -> Iterator[tuple[str, bytes]]:
    """Each rendition of a master with its kind. Raises OSError for what is no picture."""
    picture = Image.open(io.BytesIO(master))
    picture.load()
    for width in widths_of(picture.width):
        scaled = _scaled(picture, width)
        yield f"{width}.webp", _encoded(scaled, "webp")
        yield f"{width}.jpg", _encoded(_on_white(scaled), "jpg")
    small = ImageOps.fit(picture, THUMBNAIL)
    yield "thumbnail.webp", _encoded(small, "webp")
    yield "thumbnail.jpg", _encoded(_on_white(small), "jpg")


def store_renditions(storage: Storage, name: str) -> None:
    """Make the renditions of the master that is stored as ``name``, in place of any that there are."""
    with storage.open(name) as file:
        master = file.read()
    for kind, content in make_renditions(master):
        target = rendition_name(name, kind)
        storage.delete(target)
        storage.save(target, ContentFile(content))


def remove_renditions(storage: Storage, name: str, width: int) -> None:
    """Remove the renditions of a master of this ``width``."""
    for size in (*widths_of(width), "thumbnail"):
        for suffix in QUALITY:
            storage.delete(rendition_name(name, f"{size}.{suffix}"))


def _credit_in(picture: ImageFile.ImageFile) -> str:
    facts = IptcImagePlugin.getiptcinfo(picture) or {}
    stated = facts.get(CREDIT) or facts.get(BYLINE) or b""
    raw = stated[0] if isinstance(stated, list) else stated
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return " ".join(text.replace("\0", " ").split())[:CREDIT_LENGTH]


def _in_srgb(picture: Image.Image) -> Image.Image:
    """The picture as RGB, or RGBA where parts are see-through, in the colours that browsers take for granted."""
    profile = picture.info.get("icc_profile")
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    plain = picture.convert("RGBA" if has_alpha else "RGB")
    if profile and not has_alpha and picture.mode == "RGB":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            plain = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB")) or plain
        except ImageCms.PyCMSError:
            return plain
    return plain


def _scaled(picture: Image.Image, width: int) -> Image.Image:
    height = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture).convert("RGB")


def _encoded(picture: Image.Image, suffix: str, quality: int = 0) -> bytes:
    """The picture alone: what it brought in metadata is not written."""
    out = io.BytesIO()
    clean = picture.copy()
    clean.info.clear()
    options = {"quality": quality or QUALITY.get(suffix, 0), "progressive": True} if suffix == "jpg" else {}
    if suffix == "webp":
        options = {"quality": QUALITY["webp"], "method": 4}
    clean.save(out, FORMATS[suffix], optimize=suffix != "webp", **options)
    return out.getvalue()
