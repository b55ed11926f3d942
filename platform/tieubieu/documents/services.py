"""Make a document once, and open its very bytes."""

import hashlib
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

from tieubieu.documents.errors import DocumentDamaged
from tieubieu.documents.ink import Printable, layout_version, render
from tieubieu.documents.models import Document
from tieubieu.lib.canonical import digest


def make_document(kind: str, subject: models.Model, template: str, data: Printable) -> Document:
    """Return the document of these words in this layout, printing it the first time; the file comes before the row."""
    words, version = data.as_data(), layout_version(template)
    about = {
        "kind": kind,
        "subject_kind": subject._meta.label_lower,
        "subject_id": str(subject.pk),
        "content_hash": digest({"template": template, "version": version, "words": words}),
    }
    return Document.objects.filter(**about).first() or _print(about, template, version, words)


def open_document(document_id: UUID) -> bytes:
    """The stored bytes, checked against their digest. Raises `DocumentDamaged`."""
    document = Document.objects.get(pk=document_id)
    try:
        with default_storage.open(document.storage_name) as stored:
            data: bytes = stored.read()
    except OSError as gone:
        raise DocumentDamaged("Tệp của văn bản này không còn trong kho; cần khôi phục từ bản sao lưu.") from gone
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise DocumentDamaged("Tệp của văn bản này đã bị thay đổi; cần khôi phục từ bản sao lưu.")
    return data


def _print(about: dict[str, str], template: str, version: str, words: dict[str, object]) -> Document:
    printed = render(template, words)
    sha256 = hashlib.sha256(printed.pdf).hexdigest()
    row = Document(
        **about,
        template=template,
        template_version=version,
        sha256=sha256,
        size=len(printed.pdf),
        pages=printed.pages,
        storage_name=_keep(f"documents/{about['kind']}/{sha256}.pdf", printed.pdf),
        is_demo=bool(words.get("is_demo")),
    )
    Document.objects.bulk_create([row], ignore_conflicts=True)
    return Document.objects.get(**about)


def _keep(name: str, data: bytes) -> str:
    """The same bytes lie under the same name once."""
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(data))
