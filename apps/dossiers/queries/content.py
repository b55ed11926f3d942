"""What a filing fixes: the whole content of a dossier as plain data, under one digest."""

from typing import Any

from apps.dossiers.models import Entry, Paper
from apps.dossiers.queries.papers import papers_of
from tieubieu.uploads.models import StoredFile


def content_of(entry: Entry) -> dict[str, Any]:
    """Entry, answers and papers as they stand, each paper with the hash of its bytes."""
    dossier = entry.dossier
    return {
        "entry": str(entry.pk),
        "round": entry.round.code,
        "name": entry.name,
        "kind": entry.kind,
        "set_case": entry.set_case,
        "group": entry.group,
        "items": [item.product.name for item in entry.items.select_related("product").order_by("product__name")],
        "facility": {"name": entry.facility.name, "tax_code": entry.facility.tax_code},
        "form": dossier.form.number if dossier.form else None,
        "registration": dossier.registration,
        "description": dossier.description,
        "papers": _papers(entry),
    }


def _papers(entry: Entry) -> list[dict[str, Any]]:
    papers = list(papers_of(entry))
    files = StoredFile.objects.in_bulk([paper.file_id for paper in papers])
    return [_paper(paper, files.get(paper.file_id)) for paper in papers]


def _paper(paper: Paper, file: StoredFile | None) -> dict[str, Any]:
    return {
        "slot": paper.slot,
        "caption": paper.caption,
        "file": str(paper.file_id),
        "name": file.name if file else "",
        "sha256": file.sha256 if file else None,
    }
