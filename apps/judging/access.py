"""Sealed scoring: a judge sees their own sheets and nobody else's, and nobody learns anything of an entry on which they
have a conflict of interest. `unconflicted_entries` is the one rule for that; every list, count and export asks it."""

from uuid import UUID

import rules
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from apps.accounts.access import AUTHORITY, Hat, allow, wears
from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.judging.models import Conflict, LockedVersion, Sheet, Source
from apps.judging.states import BARRING, SET_ASIDE, SheetState
from apps.rounds.access import round_of
from apps.rounds.models import Appointment, Body, Post, Round
from apps.rounds.states import Capability


@rules.predicate
def is_open_for_scoring(_: Person, sheet: Sheet | None = None) -> bool:
    return sheet is not None and sheet.entry.round.may(Capability.SCORE) and sheet.state == SheetState.DRAFT


allow("judging.sheet.see", "Xem phiếu chấm của mình", Hat.JUDGE)
allow(
    "judging.sheet.score",
    "Chấm phiếu của mình",
    Hat.JUDGE,
    when=is_open_for_scoring,
    condition="phiếu chưa khóa, kỳ đang chấm điểm",
)
SITTING = (Hat.COUNCIL_MEMBER, Hat.JUDGE)
BODIES = (Body.COUNCIL, Body.PANEL)
allow("judging.conflict.declare", "Khai xung đột lợi ích của mình", *SITTING)
allow(
    "judging.conflict.see",
    "Xem xung đột lợi ích của thành viên",
    *AUTHORITY,
    Hat.COMMUNE_OFFICER,
    Hat.CHAIR,
    Hat.SECRETARY,
)


@rules.predicate
def is_free_to_decide(person: Person, subject: object = None) -> bool:
    """Never about oneself, and never about an entry on which one has a conflict."""
    return not isinstance(subject, Conflict) or visible_conflicts(person, subject.round).filter(pk=subject.pk).exists()


allow(
    "judging.conflict.decide",
    "Quyết định về xung đột lợi ích",
    Hat.OFFICER,
    Hat.COMMUNE_OFFICER,
    Hat.CHAIR,
    when=is_free_to_decide,
    condition="không phải của mình, không phải với cơ sở mà mình có xung đột",
)


def has_conflict(person: Person | OuterRef, *, entry: str = "") -> Q:
    """Whether the person has an undecided or upheld conflict on the entry of a row, or was recused from it by hand;
    `entry` leads from the row to it.

    A conflict with a facility is one with all that was merged into it or that it was merged into; one on an entry is
    also one on the set it went into, and on what went into the set.
    """
    barring = Conflict.objects.filter(person=person, round=OuterRef(f"{entry}round"), state__in=BARRING)
    barring = barring.alias(root=Coalesce(F("facility__merged_into"), F("facility")))
    here = Q(entry=None) | Q(entry=OuterRef(f"{entry}pk")) | Q(entry=OuterRef(f"{entry}merged_into"))
    here |= Q(entry__merged_into=OuterRef(f"{entry}pk"))
    root = Coalesce(OuterRef(f"{entry}facility__merged_into"), OuterRef(f"{entry}facility"))
    recused = Sheet.objects.filter(judge__person=person, state=SheetState.RECUSED, entry=OuterRef(f"{entry}pk"))
    return Q(Exists(barring.filter(here, root=root))) | Q(Exists(recused))


def unconflicted_entries(person: Person, round: Round) -> QuerySet[Entry]:
    """The entries of the round of which the person may learn anything at all, in whichever capacity they ask."""
    return Entry.objects.filter(~has_conflict(person), round=round)


def hidden_entries(person: Person, round: Round) -> frozenset[UUID]:
    """The other entries of the round: what every figure, list and file for this person is made without; one query."""
    return frozenset(Entry.objects.filter(has_conflict(person), round=round).values_list("pk", flat=True))


def visible_conflicts(person: Person, round: Round) -> QuerySet[Conflict]:
    """The list face of `judging.conflict.see` and `.decide`: none of one's own, and none with a facility with which
    one has a conflict oneself. The whole facility: who may not know one of its entries should not weigh the others."""
    root = Coalesce(F("facility__merged_into"), F("facility"))
    own = Conflict.objects.filter(round=round, person=person, state__in=BARRING).values(root=root)
    return Conflict.objects.filter(round=round).alias(root=root).exclude(person=person).exclude(root__in=own)


def declared_by(person: Person) -> QuerySet[Conflict]:
    """What the person declared; what was found about them is not theirs to see."""
    return Conflict.objects.filter(person=person, source=Source.DECLARED).select_related("round", "facility", "entry")


def own_seats(person: Person) -> QuerySet[Appointment]:
    """The seats for which conflicts matter: on a council, on a panel."""
    return Appointment.objects.filter(person=person, body__in=BODIES)


RUNNING = (Hat.OFFICER, Hat.COMMUNE_OFFICER, Hat.CHAIR, Hat.SECRETARY)


@rules.predicate
def heads_a_body(person: Person, subject: object = None) -> bool:
    """Chairs the council or the panel of the round."""
    round = round_of(subject)
    seats = Q(body__in=(Body.COUNCIL, Body.PANEL), post=Post.CHAIR)
    return round is not None and round.appointments.filter(seats, person=person).exists()


@rules.predicate
def runs_or_heads(person: Person, subject: object = None) -> bool:
    """A member of the panel who does not chair it knows only the own sheets."""
    return wears(person, subject, *RUNNING, *AUTHORITY) or heads_a_body(person, subject)


@rules.predicate
def is_scoring_over(_: Person, subject: object = None) -> bool:
    round = round_of(subject)
    if round is None or round.may(Capability.SCORE):
        return False
    return LockedVersion.objects.filter(sheet__entry__round=round).exists()


HEADS = "là Chủ tịch Hội đồng hoặc Trưởng ban Giám khảo; có lý do; kỳ đang chấm điểm"
allow(
    "judging.progress.see",
    "Xem tiến độ chấm điểm (số phiếu, không có điểm)",
    *AUTHORITY,
    Hat.COMMUNE_OFFICER,
    Hat.CHAIR,
    Hat.SECRETARY,
    Hat.JUDGE,
    when=runs_or_heads,
    condition="giám khảo: chỉ Trưởng ban",
)
allow("judging.judge.remind", "Nhắc giám khảo còn phiếu chưa khóa", *RUNNING)
allow("judging.entry.see", "Xem trạng thái các phiếu của một hồ sơ", *AUTHORITY, *RUNNING[1:], Hat.JUDGE)
allow("judging.sheet.reopen", "Mở lại phiếu đã khóa", Hat.CHAIR, Hat.JUDGE, when=heads_a_body, condition=HEADS)
allow("judging.scores.open", "Mở niêm phong điểm", Hat.CHAIR, Hat.JUDGE, when=heads_a_body, condition=HEADS)
allow(
    "judging.scores.see",
    "Xem điểm của thành viên khác khi đã hết niêm phong",
    Hat.CHAIR,
    Hat.SECRETARY,
    Hat.JUDGE,
    condition="mọi phiếu của hồ sơ đã khóa hoặc đã mở niêm phong; phiếu của mình đã khóa",
)
allow(
    "judging.versions.see",
    "Xem mọi bản đã khóa của các phiếu",
    Hat.AUDITOR,
    when=is_scoring_over,
    condition="đã đóng chấm điểm",
)


@rules.predicate
def sees_every_entry(person: Person, subject: object = None) -> bool:
    """No entry of the round is hidden from them by a conflict."""
    round = round_of(subject)
    return round is not None and not hidden_entries(person, round)


@rules.predicate
def judges_nothing_here(person: Person, subject: object = None) -> bool:
    """Who marks in the round reads nobody else's paper."""
    round = round_of(subject)
    return round is not None and not round.appointments.filter(body=Body.PANEL, person=person).exists()


NO_JUDGE = "không ở trong Ban Giám khảo của kỳ; mỗi lần nhập một người khác nhau"
allow(
    "judging.paper.type",
    "In phiếu giấy và nhập phiếu giấy đã ký",
    Hat.SECRETARY,
    Hat.SUPPORT,
    when=judges_nothing_here,
    condition=NO_JUDGE,
)
allow(
    "judging.paper.decide",
    "Quyết định khi hai lần nhập phiếu giấy khác nhau",
    Hat.SECRETARY,
    when=judges_nothing_here,
    condition="không nhập phiếu ấy; có lý do",
)


allow(
    "judging.assignment.see",
    "Xem phân công chấm điểm",
    *AUTHORITY,
    Hat.COMMUNE_OFFICER,
    Hat.CHAIR,
    Hat.SECRETARY,
    Hat.JUDGE,
    when=runs_or_heads,
    condition="giám khảo: chỉ Trưởng ban",
)
HANDING_OUT = (Hat.OFFICER, Hat.COMMUNE_OFFICER, Hat.SECRETARY)
allow(
    "judging.assignment.make",
    "Xác nhận phương án phân công chấm điểm, phương án bù chỗ thiếu",
    *HANDING_OUT,
    when=sees_every_entry,
    condition="không có xung đột lợi ích với hồ sơ nào của kỳ",
)
allow(
    "judging.assignment.change",
    "Giao thêm, bỏ giám khảo của một hồ sơ",
    *HANDING_OUT,
    when=judges_nothing_here,
    condition="không ở trong Ban Giám khảo của kỳ; chưa đóng chấm điểm",
)


def assigned_sheets() -> QuerySet[Sheet]:
    """Who scores what: the one answer that every list, count, door, reminder and print of sheets begins with."""
    return Sheet.objects.exclude(state__in=SET_ASIDE)


def counted_sheets() -> QuerySet[Sheet]:
    """Of these the sheets that count today: not those that an undecided conflict of their judge holds back."""
    return assigned_sheets().filter(~has_conflict(OuterRef("judge__person"), entry="entry__"))


def visible_sheets(person: Person, round: Round) -> QuerySet[Sheet]:
    """The sheets that count, of entries of which the person may learn anything: their states, never their marks."""
    found = counted_sheets().filter(entry__in=unconflicted_entries(person, round))
    return found.select_related("entry__facility", "entry__round", "judge__person")


def unsealed_entries(person: Person, round: Round) -> QuerySet[Entry]:
    """The list face of `judging.scores.see`: who still has a sheet to lock sees nobody else's marks, opened or not.

    Where not the whole panel scores all, a judge sees the marks of their own entries alone, for they may yet be given
    another; the heads see all once scoring is over.
    """
    if not person.has_perm("judging.scores.see", round):
        return Entry.objects.none()
    sheets = Sheet.objects.filter(entry=OuterRef("pk"))
    drafts = sheets.filter(state=SheetState.DRAFT)
    return scored_with(person, round, unconflicted_entries(person, round)).filter(
        Q(opening__isnull=False) | ~Exists(drafts),
        Exists(sheets.filter(state=SheetState.LOCKED)),
        ~Exists(drafts.filter(judge__person=person)),
    )


def scored_with(person: Person, round: Round, entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Of the entries those into which a member of the panel may look: all of them where the whole panel scores, else
    those that they score, and all for a head of the round once scoring is over. For everybody else: all."""
    if not round.is_balanced or judges_nothing_here(person, round):
        return entries
    if not round.may(Capability.SCORE) and heads_a_body(person, round):
        return entries
    return entries.filter(Exists(assigned_sheets().filter(entry=OuterRef("pk"), judge__person=person)))


def entries_followed(person: Person, round: Round) -> QuerySet[Entry]:
    """The list face of `judging.entry.see`: entries with sheets; a judge who runs and heads nothing follows those that
    they score."""
    found = unconflicted_entries(person, round).filter(Exists(Sheet.objects.filter(entry=OuterRef("pk"))))
    return found if runs_or_heads(person, round) else scored_with(person, round, found)


def own_sheets(person: Person) -> QuerySet[Sheet]:
    """The list face of `judging.sheet.see`; entries from which the judge is recused, or that are not theirs to score
    any more, are not shown at all."""
    return (
        assigned_sheets()
        .filter(~has_conflict(person, entry="entry__"), judge__person=person)
        .select_related("entry__round", "entry__facility", "entry__dossier__form", "judge__person")
    )
