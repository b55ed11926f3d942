"""What one facility is told about one entry, and nothing of anybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from apps.councils.models import Outcome, Selection
from apps.councils.queries.standing import standing
from apps.dossiers.models import Entry
from apps.facilities.models import Facility
from apps.judging.models import Sheet
from apps.judging.states import SheetState
from apps.recognition.models import Certificate, Decision
from apps.recognition.queries.naming import names_any
from apps.rounds.models import Round
from tieubieu.lib.text import sort_key
from tieubieu.ui.words import number

FEWEST = 2  # with one sheet an average is one judge's marks, and one remark is one judge's remark


@dataclass(frozen=True)
class Average:
    label: str
    most: str
    value: str | None


@dataclass(frozen=True)
class Averages:
    """The averages of one product; of a set that was made after scoring there is one for each of its products."""

    name: str
    lines: list[Average]
    total: str | None
    counted: int


@dataclass(frozen=True)
class Remarks:
    """`texts` in the order of their own words; `kept_back` name somebody, or would be one alone."""

    texts: list[str]
    kept_back: int


@dataclass(frozen=True)
class Result:
    """An entry's outcome in words, the decision behind it, and what the province lets its facility see of the marks."""

    entry: Entry
    selection: Selection
    decision: Decision
    certificate: Certificate | None
    headline: str
    reason: str
    averages: list[Averages]
    remarks: Remarks | None


def selection_of(entry: Entry) -> Selection | None:
    """What the council concluded about the entry; None for one that it did not decide about."""
    found = Selection.objects.filter(entry=entry, session__closed_at__isnull=False)
    return found.select_related("session__snapshot").order_by("-session__closed_at").first()


def result_of(entry: Entry) -> Result | None:
    """The result of an entry whose round is published; None for one that was never before the council."""
    selection = selection_of(entry)
    if selection is None:
        return None
    round = entry.round
    is_told = bool(round.rules.get("tell_scores"))
    strangers = names_of_others(round, entry.facility) if is_told or selection.reason else []
    return Result(
        entry=entry,
        selection=selection,
        decision=round.decision,
        certificate=Certificate.objects.filter(decision__round=round, entry=entry).order_by("issued_on").last(),
        headline=headline(selection),
        reason=reason_of(selection, round, strangers),
        averages=averages_of(entry, selection) if is_told else [],
        remarks=remarks_of(entry, strangers) if is_told else None,
    )


def headline(selection: Selection) -> str:
    """The outcome in one plain sentence."""
    if selection.outcome == Outcome.SELECTED:
        return "Sản phẩm được công nhận là sản phẩm công nghiệp nông thôn tiêu biểu."
    if selection.outcome == Outcome.PASSED_NOT_SELECTED:
        return "Sản phẩm đạt điểm nhưng không được Hội đồng chọn công nhận trong kỳ này."
    return "Sản phẩm chưa đạt điểm để được công nhận trong kỳ này."


def reason_of(selection: Selection, round: Round, strangers: Sequence[str]) -> str:
    """Why, in words for the facility. A reason that names somebody else is told without its words."""
    mark = number(round.rules["pass_mark"])
    if selection.outcome == Outcome.BELOW:
        return f"Điểm bình quân của Ban Giám khảo chưa đạt {mark} điểm (khoản 1 Điều 17 Thông tư 26/2014/TT-BCT)."
    if selection.outcome == Outcome.SELECTED:
        tier = f" Mức: {selection.tier}." if selection.tier else ""
        return f"Điểm bình quân đạt từ {mark} điểm và Hội đồng bình chọn đã chọn.{tier}"
    law = "Số lượng sản phẩm được công nhận do Hội đồng quyết định (khoản 1 Điều 17 Thông tư 26/2014/TT-BCT)."
    if not selection.reason or names_any(selection.reason, strangers):
        return law
    return f"Lý do của Hội đồng: {selection.reason.rstrip('.')}. {law}"


def scored_entries(entry: Entry) -> list[Entry]:
    """The entries whose sheets stand behind this one: itself, or the products of a set made after scoring."""
    if Sheet.objects.filter(entry=entry).exists():
        return [entry]
    return list(entry.members.order_by("code"))


def averages_of(entry: Entry, selection: Selection) -> list[Averages]:
    """Each criterion's average as the result in force counted it; nothing where a single sheet counted."""
    results = standing(selection.session.snapshot)
    criteria = entry.round.rules["criteria"]
    told = [(one, results[one.code]) for one in scored_entries(entry) if one.code in results]
    return [_averages(one, line, criteria) for one, line in told if line["counted"] >= FEWEST]


def remarks_of(entry: Entry, strangers: Sequence[str]) -> Remarks:
    """What the judges remarked, without who: sorted by its own words, so that the order tells nothing."""
    locked = Sheet.objects.filter(entry__in=scored_entries(entry), state=SheetState.LOCKED)
    given = (text for text in locked.values_list("remark", flat=True) if text.strip())
    texts = sorted(given, key=lambda text: (sort_key(text), text))
    plain = [text for text in texts if not names_any(text, strangers)]
    shown = plain if len(plain) >= FEWEST else []
    return Remarks(shown, len(texts) - len(shown))


def names_of_others(round: Round, own: Facility) -> list[str]:
    """Everybody whom a text for this facility must not name: the members of the bodies, the other facilities and
    the codes of their entries. Three queries."""
    family = Q(pk=own.pk) | Q(merged_into=own.pk)
    if own.merged_into_id:
        family |= Q(pk=own.merged_into_id) | Q(merged_into=own.merged_into_id)
    mine = set(Facility.objects.filter(family).values_list("pk", flat=True))
    others = Entry.objects.filter(round=round, submitted_at__isnull=False).exclude(facility__in=mine)
    found = list(round.appointments.values_list("person__full_name", flat=True))
    for name, code in others.values_list("facility__name", "code"):
        found += [name, code]
    return found


def _averages(entry: Entry, line: dict[str, Any], criteria: Sequence[dict[str, Any]]) -> Averages:
    lines = [Average(one["label"], one["max"], line["criteria"][one["code"]]["value"]) for one in criteria]
    return Averages(entry.name, lines, line["total"], line["counted"])
