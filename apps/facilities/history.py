"""What happened to a facility, as people read it: from the log, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.facilities.models import FIGURES, CraftVillage, Facility, FacilityKind, FacilityYear
from apps.facilities.models.facility import AgentKind
from apps.facilities.queries import Ground
from tieubieu.audit.queries import events_of
from tieubieu.audit.tags import sentence
from tieubieu.lib.phones import shown_phone
from tieubieu.ui.words import NOTHING, number

SAYS = {"reason": "Lý do", "person": "Người", "year": "Năm", "other": "Cơ sở kia", "kind": "Tư cách", "batch": "Tệp"}


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Happening:
    """One event: `notes` are single facts (label, words), `changes` fields before and after."""

    at: datetime
    what: str
    who: str
    notes: list[tuple[str, str]]
    changes: list[Change]


class Wording:
    """How values of the register are written out; craft villages are looked up at most once."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._villages: dict[str, str] | None = None

    def label(self, field: str) -> str:
        """The field's name as the form says it."""
        return field_label(field)

    def value(self, field: str, value: object) -> str:
        """The value of a field as the page shows it."""
        if value in (None, ""):
            return NOTHING
        writer = self._writers().get(field, str)
        return writer(str(value))

    def _writers(self) -> Mapping[str, Callable[[str], str]]:
        return {
            "kind": lambda value: _label(FacilityKind, value),
            "commune_code": self._commune,
            "craft_village_id": self._village,
            "phone": shown_phone,
            **dict.fromkeys(FIGURES, number),
        }

    def _commune(self, code: str) -> str:
        unit = self.ground.units.get(code)
        return unit.full_name if unit else code

    def _village(self, key: str) -> str:
        if self._villages is None:
            self._villages = {str(pk): name for pk, name in CraftVillage.objects.values_list("pk", "name")}
        return self._villages.get(key, key)


def history(facility: Facility, wording: Wording) -> list[Happening]:
    """Everything that happened to the facility, newest first."""
    return [
        Happening(
            at=event.happened_at,
            what=sentence(event.tag),
            who=event.actor_name,
            notes=[(SAYS[key], _note(key, value)) for key, value in event.facts.items() if key in SAYS and value],
            changes=_changes(event.facts.get("changes"), wording),
        )
        for event in reversed(events_of(facility))
    ]


def field_label(field: str) -> str:
    """The Vietnamese name of a field of the facility or of its year, with a capital."""
    name = field.removesuffix("_id")
    model = Facility if name in {f.name for f in Facility._meta.get_fields()} else FacilityYear
    label = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def _changes(changes: Any, wording: Wording) -> list[Change]:
    if not isinstance(changes, dict):
        return []
    return [
        Change(wording.label(field), wording.value(field, before), wording.value(field, after))
        for field, (before, after) in changes.items()
    ]


def _note(key: str, value: object) -> str:
    return _label(AgentKind, str(value)) if key == "kind" else str(value)


def _label(choices: Any, value: str) -> str:
    return str(choices(value).label) if value in choices.values else value
