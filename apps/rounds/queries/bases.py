"""The round's legal bases: its own list, or what the law of the plan's day gives to start from."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from apps.rounds.models import LegalBases, Round
from tenants.reference.queries import rule_set_on
from tieubieu.ui.words import day

FIELDS = ("kind", "number", "issued_on", "effective_from", "issuer", "title")
# Laws are cited by title and date alone (Phụ lục I, Nghị định 30/2020/NĐ-CP).
BARE = ("Luật", "Bộ luật")


@dataclass(frozen=True)
class Bases:
    """`number` 0: nobody saved a list yet, these are the law's own."""

    number: int
    items: list[dict[str, Any]]
    versions: list[LegalBases]


def bases_of(round: Round) -> Bases:
    """The newest list with its history."""
    versions = list(round.bases.select_related("saved_by"))
    if versions:
        return Bases(versions[0].number, versions[0].items, versions)
    on = round.plan_on or timezone.localdate()
    law = rule_set_on(on).legal_basis
    items = [
        {name: str(line.get(name) or "") for name in FIELDS} for line in law if line["effective_from"] <= on.isoformat()
    ]
    return Bases(0, items, [])


def citation(item: dict[str, Any]) -> str:
    """`Thông tư số 26/2014/TT-BCT ngày 28/08/2014 của Bộ trưởng Bộ Công Thương quy định về …`."""
    number = f" số {item['number']}" if item.get("number") and item["kind"] not in BARE else ""
    issued = f" ngày {_day(item['issued_on'])}" if item.get("issued_on") else ""
    issuer = f" của {item['issuer']}" if item.get("issuer") and item["kind"] not in BARE else ""
    title = f" {item['title']}" if item.get("title") else ""
    if item["kind"] in BARE:
        return f"{item['kind']}{title}{issued}"
    return f"{item['kind']}{number}{issued}{issuer}{title}"


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))
