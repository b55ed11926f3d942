"""What goes into a packet: dossier, snapshot, decision, certificate, issuer and rule set of the nominees."""

from collections.abc import Sequence
from typing import Any

from apps.councils.queries import Candidate, candidates
from apps.dossiers.models import Dossier, Entry
from apps.dossiers.queries import labelled
from apps.judging.models import Snapshot
from apps.recognition.models import Certificate, Decision
from apps.rounds.models import Round
from tieubieu.binding import current
from tieubieu.documents.services import open_document
from tieubieu.errors import DomainError


def packet_content(round: Round, certificates: Sequence[Certificate], target_level: str) -> dict[str, Any]:
    """The JSON half of the packet."""
    session = round.sessions.select_related("snapshot").exclude(closed_at=None).latest("closed_at")
    totals = {c.entry.pk: c for c in candidates(session.snapshot)}
    return {
        "issuer": {"slug": current().slug, "round": round.code, "level": round.level, "area": round.area_code},
        "target_level": target_level,
        "rules": round.rules,
        "snapshot": _snapshot(session.snapshot),
        "decision": _decision(round.decision),
        "nominees": [_nominee(c, totals) for c in certificates],
    }


def packet_files(certificates: Sequence[Certificate]) -> dict[str, bytes]:
    """The certificates' PDFs by their name in the packet."""
    return {f"certificates/{c.pk}.pdf": open_document(c.document_id) for c in certificates if c.document_id}


def certificates_to_nominate(round: Round, entries: Sequence[Entry]) -> list[Certificate]:
    """Each nominee needs a valid lower certificate, already made (Điều 12 TT 26/2014/TT-BCT)."""
    found = list(
        Certificate.objects.filter(decision__round=round, entry__in=entries, state="valid")
        .exclude(document_id=None)
        .select_related("entry__facility", "entry__round", "entry__dossier__form")
        .order_by("number")
    )
    if len(found) != len(entries):
        ready = {c.entry_id for c in found}
        missing = ", ".join(e.code for e in entries if e.pk not in ready)
        raise DomainError(f"Chưa có giấy chứng nhận còn hiệu lực cho: {missing}.")
    return found


def _snapshot(snapshot: Snapshot) -> dict[str, Any]:
    return {**snapshot.body, "digest": snapshot.digest, "number": str(snapshot.number)}


def _decision(decision: Decision) -> dict[str, str]:
    return {
        "number": decision.number,
        "signed_on": decision.signed_on.isoformat(),
        "signer": decision.signer,
        "signer_title": decision.signer_title,
        "authority": decision.authority,
        "snapshot_digest": decision.snapshot_digest,
    }


def _nominee(certificate: Certificate, totals: dict[Any, Candidate]) -> dict[str, Any]:
    entry = certificate.entry
    assert entry is not None
    facility = entry.facility
    dossier = getattr(entry, "dossier", None)
    return {
        "entry": str(entry.pk),
        "code": entry.code,
        "name": entry.name,
        "kind": entry.kind,
        "group": entry.group,
        "is_demo": entry.is_demo,
        "total": totals[entry.pk].total or "",
        "facility": {
            "name": facility.name,
            "tax_code": facility.tax_code,
            "kind": facility.kind,
            "address": facility.address,
            "commune_code": facility.commune_code,
        },
        "dossier": {
            "registration": dossier.registration if dossier else {},
            "description": dossier.description if dossier else {},
            "answers": _answers(dossier) if dossier else [],
        },
        "certificate": {
            "id": str(certificate.pk),
            "number": certificate.number,
            "issued_on": certificate.issued_on.isoformat(),
            "valid_until": certificate.valid_until.isoformat(),
            "token": certificate.token,
            "file": f"certificates/{certificate.pk}.pdf",
        },
    }


def _answers(dossier: Dossier) -> list[dict[str, str]]:
    """The dossier in words, for a reader who knows none of the sender's fields."""
    return [{"section": line.section, "label": line.label, "words": line.words} for line in labelled(dossier)]
