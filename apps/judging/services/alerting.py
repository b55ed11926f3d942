"""Who answers for the scoring is told what went otherwise than planned. Nobody of an entry on which they have a
conflict of interest."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.judging.access import counted_sheets, unconflicted_entries
from apps.judging.models import PaperCase, Sheet
from apps.judging.queries.assigning import SCORING, lacking
from apps.rounds.models import Body, Post, Round
from tieubieu.notices.services import Audience, tell


def tell_of_short(round: Round, entries: Iterable[Entry]) -> None:
    """Say to the round's officer and the council's chair which of these entries have fewer judges than the round
    wants, or, where the whole panel scores, none at all."""
    sheets: dict[UUID, list[Sheet]] = defaultdict(list)
    wanted = list(entries)
    for sheet in counted_sheets().filter(entry__in=wanted):
        sheets[sheet.entry_id].append(sheet)
    for entry in wanted:
        left = sum(sheet.state in SCORING for sheet in sheets[entry.pk])
        is_short = lacking(round, sheets[entry.pk]) if round.is_balanced else not left
        if is_short:
            _tell_short(round, entry, left)


def tell_secretary(case: PaperCase, sheet: Sheet, *, is_agreed: bool) -> None:
    """Say that a second typing of a paper differed, and what came of it; no value leaves with it."""
    entry, round = sheet.entry, sheet.entry.round
    what = f"Phiếu giấy của {sheet.judge.person.full_name} cho hồ sơ {entry.code}"
    if is_agreed:
        text = f"{what}: lần nhập thứ hai khác lần thứ nhất rồi nhập lại thì giống; phiếu đã khóa."
    else:
        text = f"{what}: hai lần nhập khác nhau. Xin đối chiếu với phiếu giấy rồi quyết định."
    url = reverse("judging:paper_case", args=[round.code, sheet.pk])
    for person in _heads(round, entry, Q(appointments__post=Post.SECRETARY)):
        _tell(person, f"Phiếu giấy nhập khác nhau: {entry.code}", text, url, f"judging.paper:{case.pk}")


def _tell_short(round: Round, entry: Entry, left: int) -> None:
    each = f" / {round.judges_per_entry}" if round.is_balanced else ""
    text = (
        f"Hồ sơ {entry.name} ({entry.code}) chỉ còn {left}{each} giám khảo chấm sau khi có người không tham gia do xung"
        " đột lợi ích. Xin giao thêm giám khảo trước khi đóng chấm điểm, hoặc đóng với số giám khảo còn lại."
    )
    page = "judging:assigned_entry" if round.is_balanced else "judging:entry"
    url, key = reverse(page, args=[round.code, entry.pk]), f"judging.short:{entry.pk}:{left}"
    for person in _heads(round, entry, Q(appointments__post=Post.CHAIR), with_officer=True):
        _tell(person, f"Thiếu giám khảo: {entry.code}", text, url, key)


def _heads(round: Round, entry: Entry, posts: Q, *, with_officer: bool = False) -> list[Person]:
    seats = Q(appointments__round=round, appointments__body=Body.COUNCIL) & posts
    if with_officer:
        seats |= Q(pk=round.officer_id)
    people = Person.objects.filter(seats, is_active=True).distinct()
    return [person for person in people if unconflicted_entries(person, round).filter(pk=entry.pk).exists()]


def _tell(person: Person, subject: str, text: str, url: str, key: str) -> None:
    tell(person, audience=Audience.OFFICIALS, subject=subject, text=text, url=url, key=key, by_mail=False)
