"""The kinds of file that may be handed in. Everything else is refused."""

from django.db.models import TextChoices


class Kind(TextChoices):
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"
    HEIC = "heic", "HEIC"
    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (.docx)"
    XLSX = "xlsx", "Excel (.xlsx)"

    @property
    def is_photo(self) -> bool:
        return self in PHOTOS


PHOTOS = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP, Kind.HEIC})
PAPERS = frozenset({Kind.PDF, Kind.DOCX})
ANY = frozenset(Kind)

# What is kept: a photo of whatever kind is kept as a JPEG drawn anew.
MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} | dict.fromkeys(PHOTOS, "image/jpeg")
ENDINGS = {Kind.PDF: "pdf", Kind.DOCX: "docx", Kind.XLSX: "xlsx"} | dict.fromkeys(PHOTOS, "jpg")


def listed(kinds: frozenset[Kind]) -> str:
    """The kinds as a sentence names them: “JPEG, PNG hoặc PDF”."""
    *before, last = [kind.label for kind in Kind if kind in kinds]
    return f"{', '.join(before)} hoặc {last}" if before else str(last)
