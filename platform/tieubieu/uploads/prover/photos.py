"""Photos: decoded whole, set upright, stripped of everything but their colours, and drawn anew as JPEG."""

import io
import struct

from PIL import Image, ImageOps

from tieubieu.uploads.prover.looks import kind_by_first_bytes, refuse_polyglot
from tieubieu.uploads.prover.refusals import Refused

FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heic": "HEIF"}
MOST_PIXELS = 64_000_000
# 15 × 22 cm at 300 dots per inch stays possible whatever the shape.
LONGEST_SIDE = 4096
SHORTEST_KEPT = 1772
SMALLER = {"screen": (1280, 80), "thumb": (320, 78)}
QUALITY = 90
LARGEST_PROFILE = 1_000_000
BROKEN_EXIF = (ValueError, TypeError, KeyError, SyntaxError, OSError, struct.error, OverflowError, ZeroDivisionError)
ORIENTATION = 0x0112
QUARTER_TURNS = (5, 6, 7, 8)
BACKGROUND = (255, 255, 255)

# Our own limit is stricter and refuses before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


def open_and_prove(data: bytes, kinds: frozenset[str]) -> dict[str, object]:
    """Draw `photo`, `screen` and `thumb` into the current folder. Raises `Refused`, or whatever the decoder raises."""
    kind = kind_by_first_bytes(data) or ""
    refuse_polyglot(data)
    opened = _opened(kind, data)
    _require_measure(opened)
    given = opened.size
    upright, is_turned = _decoded(opened)
    picture, profile = _plain(upright)
    _draw(picture, "photo", QUALITY, profile)
    for name, (side, quality) in SMALLER.items():
        picture.thumbnail((side, side), reducing_gap=2.0)
        _draw(picture, name, quality, profile)
    with Image.open("photo", formats=["JPEG"]) as kept:
        width, height = kept.size
    return {"kind": kind, "given": given[::-1] if is_turned else given, "width": width, "height": height}


def _opened(kind: str, data: bytes) -> Image.Image:
    if kind == "heic":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)
    return Image.open(io.BytesIO(data), formats=[FORMATS[kind]])


def _require_measure(opened: Image.Image) -> None:
    width, height = opened.size
    if width * height > MOST_PIXELS:
        raise Refused("pixels", width=width, height=height)
    # A phone's JPEG and HEIC may hold several pictures; PNG and WebP with several are films.
    if opened.format in ("PNG", "WEBP") and getattr(opened, "n_frames", 1) > 1:
        raise Refused("animated")


def _decoded(opened: Image.Image) -> tuple[Image.Image, bool]:
    """The picture upright and no larger than it is kept; whether that swapped its sides."""
    target = _kept_size(opened.size)
    is_turned = _orientation(opened) in QUARTER_TURNS
    opened.draft("RGB", target)
    opened.load()
    small = _resized(opened, target) if opened.size != target else opened
    try:
        return ImageOps.exif_transpose(small), is_turned
    except BROKEN_EXIF:
        return small, False


def _orientation(opened: Image.Image) -> int:
    try:
        return int(opened.getexif().get(ORIENTATION, 1))
    except BROKEN_EXIF:
        return 1


def _kept_size(size: tuple[int, int]) -> tuple[int, int]:
    scale = max(LONGEST_SIDE / max(size), SHORTEST_KEPT / min(size))
    return size if scale >= 1 else (round(size[0] * scale), round(size[1] * scale))


def _resized(picture: Image.Image, target: tuple[int, int]) -> Image.Image:
    """Smaller, with what it knows about itself: `resize` forgets its position and its turn."""
    exif = picture.getexif()
    smaller = picture.resize(target, Image.Resampling.LANCZOS, reducing_gap=2.0)
    smaller.info = dict(picture.info)
    smaller.getexif().update(exif)
    return smaller


def _plain(picture: Image.Image) -> tuple[Image.Image, bytes | None]:
    """RGB on white, without anything that came along, and the colour profile if it is one for RGB."""
    profile = _profile(picture.info.get("icc_profile"))
    if picture.mode.startswith("I"):
        # Sixteen bits of grey: left to itself the conversion makes white of all but the darkest.
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode == "CMYK" and profile is not None:
        return _from_print_colours(picture, profile), None
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        plain = Image.new("RGB", picture.size, BACKGROUND)
        plain.paste(picture, mask=picture.getchannel("A"))
    else:
        plain = picture.convert("RGB")
    plain.info = {}
    return plain, profile if profile is not None and profile[16:20] == b"RGB " else None


def _profile(raw: object) -> bytes | None:
    """The profile's bytes when a colour engine can read them."""
    if not isinstance(raw, bytes) or not 128 <= len(raw) <= LARGEST_PROFILE:
        return None
    from PIL import ImageCms

    try:
        ImageCms.ImageCmsProfile(io.BytesIO(raw))
    except (ImageCms.PyCMSError, OSError):
        return None
    return raw


def _from_print_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        turned = None
    plain = turned or picture.convert("RGB")
    plain.info = {}
    return plain


def _draw(picture: Image.Image, name: str, quality: int, profile: bytes | None) -> None:
    picture.save(name, "JPEG", quality=quality, icc_profile=profile)
