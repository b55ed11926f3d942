"""Sealed scoring: a judge sees their own sheets and nobody else's."""

import rules
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow, wears
from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.judging.models import LockedVersion, Sheet
from apps.judging.states import SheetState
from apps.rounds.access import round_of
from apps.rounds.models import Body, Post, Round
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


def visible_sheets(person: Person, round: Round) -> QuerySet[Sheet]:
    """The sheets that count, of entries of which the person may learn anything: their states, never their marks."""
    return (
        Sheet.objects.filter(entry__in=unconflicted_entries(person, round))
        .exclude(state=SheetState.RECUSED)
        .select_related("entry__facility", "entry__round", "judge__person")
    )


def unsealed_entries(person: Person, round: Round) -> QuerySet[Entry]:
    """The list face of `judging.scores.see`: who still has a sheet to lock sees nobody else's marks, opened or not."""
    if not person.has_perm("judging.scores.see", round):
        return Entry.objects.none()
    sheets = Sheet.objects.filter(entry=OuterRef("pk"))
    drafts = sheets.filter(state=SheetState.DRAFT)
    return unconflicted_entries(person, round).filter(
        Q(opening__isnull=False) | ~Exists(drafts),
        Exists(sheets.filter(state=SheetState.LOCKED)),
        ~Exists(drafts.filter(judge__person=person)),
    )


def unconflicted_entries(person: Person, round: Round) -> QuerySet[Entry]:
    """The entries of the round of which the person may learn anything at all, in whichever capacity they ask."""
    recused = Sheet.objects.filter(judge__person=person, state=SheetState.RECUSED)
    return Entry.objects.filter(round=round).exclude(pk__in=recused.values("entry"))


def own_sheets(person: Person) -> QuerySet[Sheet]:
    """The list face of `judging.sheet.see`; entries from which the judge is recused are not shown at all."""
    return (
        Sheet.objects.filter(judge__person=person)
        .exclude(state=SheetState.RECUSED)
        .select_related("entry__round", "entry__facility", "entry__dossier__form", "judge__person")
    )
