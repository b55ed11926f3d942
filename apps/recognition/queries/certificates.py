"""Which certificates exist, and what the public may know of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from apps.recognition.models import Certificate, RecognitionHistory
from apps.recognition.states import CertificateState
from apps.rounds.models import Level, Round
from tieubieu.lib.text import sort_key


def certificates_of(round: Round) -> QuerySet[Certificate]:
    return Certificate.objects.filter(decision__round=round).select_related("entry", "decision").order_by("number")


@dataclass(frozen=True)
class HistoryLine:
    """One product or maker with every level at which it was recognised before the platform."""

    product_name: str
    holder_name: str
    levels: list[str]


def history_lines() -> list[HistoryLine]:
    """The published history, one line for each product of a maker, levels from the lowest up."""
    found: dict[tuple[str, str], list[str]] = {}
    for line in RecognitionHistory.objects.all():
        found.setdefault((line.product_name, line.holder_name), []).append(line.level)
    return [
        HistoryLine(product, holder, [Level(level).label for level in sorted(levels, key=Level.values.index)])
        for (product, holder), levels in sorted(found.items(), key=lambda item: sort_key(item[0][0]))
    ]


def state_on(certificate: Certificate, day: date) -> str:
    """The state shown to people: a valid certificate past its last day is expired."""
    if certificate.state == CertificateState.VALID and day > certificate.valid_until:
        return "expired"
    return certificate.state


def register_line(certificate: Certificate, *, issuer: str, issuer_name: str, province: str) -> Mapping[str, Any]:
    """What the nation's register keeps of a certificate; public facts only."""
    decision = certificate.decision
    return {
        "id": str(certificate.pk),
        "issuer": issuer,
        "issuer_name": issuer_name,
        "province_code": province,
        "number": certificate.number,
        "level": certificate.level,
        "year": certificate.year,
        "product_name": certificate.product_name,
        "holder_name": certificate.holder_name,
        "holder_address": certificate.holder_address,
        "group": certificate.group,
        "decision": decision.number if decision else "",
        "issued_on": certificate.issued_on.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
        "state": certificate.state,
        "is_demo": certificate.is_demo,
        "version": certificate.version,
    }
