"""A member with a conflict of interest learns nothing of the entry: every page, count, file and word × every role, the
program of a partner among them.

The first entry is the tempting one: it is the best, and ties with the second. Whoever has no conflict sees it, which
is the negative control of each cell.
"""

import io
import re
from decimal import Decimal

import pytest
import python_calamine
from browsers import at
from programs import answers_of, introduced, told_by
from stage import scoring

from apps.accounts.models import Role, RoleGrant
from apps.councils.queries import candidates
from apps.dossiers import api as entries_api
from apps.judging.access import hidden_entries, own_sheets, unconflicted_entries
from apps.judging.models import ConflictKind, Sheet
from apps.judging.queries import latest_snapshot, progress_by_judge
from apps.judging.services import (
    close_scoring,
    compute_snapshot,
    declare_conflict,
    dismiss_conflict,
    lock_sheet,
    save_marks,
    uphold_conflict,
)
from apps.rounds.models import Body, Post, Round
from tieubieu.errors import DomainError

pytestmark = pytest.mark.usefixtures("in_daklak")

MARKS = [("32", "32", "8", "8"), ("32", "32", "8", "8"), ("30", "30", "8", "7")]
PAGES = (
    "/cham-diem/",
    "/cham-diem/xung-dot/",
    "/cham-diem/ky/{code}/xung-dot/",
    "/cham-diem/ky/{code}/xung-dot/xung-dot.xlsx",
    "/ky-binh-chon/{code}/",
    "/ky-binh-chon/{code}/ket-qua-cham/",
    "/ky-binh-chon/{code}/ket-qua-cham.xlsx",
    "/ky-binh-chon/{code}/ket-qua-cham.json",
    "/ky-binh-chon/{code}/tham-khao/",
    "/ky-binh-chon/{code}/tham-khao.xlsx",
    "/ky-binh-chon/{code}/hoi-dong/",
    "/ky-binh-chon/{code}/de-cu/",
    "/cham-diem/ky/{code}/tien-do/",
    "/cham-diem/ky/{code}/tien-do.xlsx",
    "/cham-diem/ky/{code}/phan-cong/",
    "/cham-diem/ky/{code}/phan-cong.xlsx",
    "/cham-diem/ky/{code}/phan-cong/{entry}/",
)
RESULTS = PAGES[5:10]
SHEETS = PAGES[12:]
ROLES = ("chair", "secretary", "member", "judge", "officer")


@pytest.fixture
def scene():
    """Three entries scored and sealed; an officer who sits on the council too, for officers are members there."""
    stage = scoring(3)
    seats = stage.round.appointments.filter(body=Body.COUNCIL)
    seats.filter(person=stage.council[1]).update(post=Post.SECRETARY)
    for sheet in Sheet.objects.select_related("judge__person", "entry"):
        marks = MARKS[stage.entries.index(sheet.entry)]
        typed = {f"C{n}": Decimal(mark) for n, mark in enumerate(marks, 1)}
        save_marks(sheet.pk, typed, remark="", actor=sheet.judge.person)
        lock_sheet(sheet.pk, actor=sheet.judge.person)
    RoleGrant.objects.create(person=stage.council[3], role=Role.OFFICER)
    job = close_scoring(stage.round.pk, actor=stage.officer)
    compute_snapshot(stage.round.pk, job_id=job)
    return stage


def people(stage):
    found = dict(zip(ROLES[:3], stage.council, strict=False))
    return found | {"judge": stage.judges[0], "officer": stage.council[3]}


def conflict(stage, who, *, is_upheld=False):
    made = declare_conflict(
        stage.round.pk, facility_id=stage.entries[0].facility_id, kind=ConflictKind.BUSINESS, words="", actor=who
    )
    return uphold_conflict(made.pk, actor=stage.officer) if is_upheld else made


def read(client, stage, page):
    """Status and text of a page or a workbook, without the signed-in member's own declaration."""
    answer = client.get(page.format(code=stage.round.code, entry=stage.entries[0].pk))
    if page.endswith(".xlsx") and answer.status_code == 200:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
        return answer.status_code, "\n".join("\t".join(map(str, row)) for row in rows)
    return answer.status_code, answer.content.decode()


def tells(stage, text):
    entry = stage.entries[0]
    return any(token in text for token in (entry.code, entry.name, entry.facility.name))


@pytest.mark.parametrize("is_upheld", [False, True])
def test_nothing_leaks_on_any_page_to_anybody_with_a_conflict(scene, is_upheld):
    who = people(scene)
    for person in who.values():
        conflict(scene, person, is_upheld=is_upheld)

    leaks = {
        (role, page)
        for role, person in who.items()
        for page in PAGES
        if page != "/cham-diem/xung-dot/" and tells(scene, read(at("daklak", person), scene, page)[1])
    }

    assert leaks == set()
    assert program_reads(scene, introduced("daklak")) == set()


def program_reads(stage, program):
    """The lists in which a partner's program reads of the entry."""
    return {path for path, said in answers_of(program).items() if tells(stage, said)}


def test_a_program_reads_the_same_with_a_conflict_and_without_even_if_results_were_public(scene, monkeypatch):
    """Its answers are no way round a conflict, nor a way to learn of one; were the round public it would read on."""
    program = introduced("daklak")
    sealed = program_reads(scene, program)
    monkeypatch.setattr(entries_api, "published_rounds", Round.objects.all)
    public = told_by(program)

    for person in people(scene).values():
        conflict(scene, person, is_upheld=True)

    assert told_by(program) == public
    assert (sealed, program_reads(scene, program)) == (set(), {"/entries/"})


def test_without_a_conflict_the_same_people_see_it(scene):
    conflict(scene, scene.judges[1])
    who = people(scene)

    seen = {
        (role, page)
        for role, person in who.items()
        for page in PAGES
        if tells(scene, read(at("daklak", person), scene, page)[1])
    }

    results = {(role, page) for role in ("chair", "secretary", "officer") for page in RESULTS}
    conflicts = {(role, page) for role in ("chair", "secretary", "officer") for page in PAGES[2:4]}
    sheets = {(role, page) for role in ("chair", "secretary", "officer", "judge") for page in SHEETS}
    assert seen == results | conflicts | sheets | {("judge", "/cham-diem/")}


def test_a_dismissed_conflict_hides_nothing(scene):
    chair = scene.council[0]
    dismiss_conflict(conflict(scene, chair).pk, reason="Trùng họ tên", actor=scene.officer)

    assert tells(scene, read(at("daklak", chair), scene, RESULTS[0])[1])
    assert hidden_entries(chair, scene.round) == frozenset()


def test_ranks_have_no_gap_and_no_tie_with_nobody(scene):
    chair = scene.council[0]
    snapshot = latest_snapshot(scene.round)
    official = [(c.rank, c.tied) for c in candidates(snapshot)]
    conflict(scene, chair)

    shown = [(c.rank, c.tied) for c in candidates(snapshot, hidden_entries(chair, scene.round))]

    assert official == [(1, True), (1, True), (3, False)]
    assert shown == [(1, False), (2, False)]


def test_the_cockpit_counts_without_it(scene):
    chair, free = scene.council[0], scene.council[1]
    conflict(scene, chair)

    hers, his = (read(at("daklak", person), scene, "/ky-binh-chon/{code}/")[1] for person in (chair, free))

    assert [re.search(r"(\d+) hồ sơ đạt điểm", text).group(1) for text in (hers, his)] == ["2", "3"]
    assert [row["total"] for row in progress_by_judge(scene.round, hidden_entries(chair, scene.round))] == [2, 2, 2]
    assert [row["total"] for row in progress_by_judge(scene.round)] == [3, 3, 3]


def test_whoever_may_not_know_one_keeps_neither_file_nor_nomination(scene):
    officer = scene.council[3]
    pages = ("ket-qua-cham.json", "de-cu/")
    before = [at("daklak", officer).get(f"/ky-binh-chon/{scene.round.code}/{page}").status_code for page in pages]
    conflict(scene, officer)

    after = [at("daklak", officer).get(f"/ky-binh-chon/{scene.round.code}/{page}").status_code for page in pages]

    assert (before, after) == ([200] * 2, [404] * 2)


def test_a_hidden_sheet_answers_as_one_that_never_was(scene):
    judge = scene.judges[0]
    sheet = Sheet.objects.get(judge__person=judge, entry=scene.entries[0])
    client = at("daklak", judge)
    missing = f"/cham-diem/{scene.round.pk}/"
    conflict(scene, judge)

    for path in ("", "luu/", "khoa/"):
        there, nowhere = (
            client.post(f"{base}{path}", "{}", content_type="application/json") if path else client.get(base)
            for base in (f"/cham-diem/{sheet.pk}/", missing)
        )
        assert (there.status_code, strip(there.content)) == (nowhere.status_code, strip(nowhere.content))
    assert own_sheets(judge).count() == 2


def strip(content):
    """A page without what differs each time by itself."""
    return re.sub(rb"nonce-[^'\"]+|csrf[^>]+>|[0-9a-f-]{36}", b"", content)


def test_the_rule_in_sql_and_the_rule_in_python_agree(scene):
    conflict(scene, scene.judges[0])
    visible = set(unconflicted_entries(scene.judges[0], scene.round).values_list("pk", flat=True))

    assert visible == {entry.pk for entry in scene.entries} - hidden_entries(scene.judges[0], scene.round)
    assert len(visible) == 2


def test_waiting_sheets_are_counted_without_what_the_officer_may_not_know():
    stage = scoring(2)
    RoleGrant.objects.create(person=stage.judges[0], role=Role.OFFICER)
    conflict(stage, stage.judges[0])

    with pytest.raises(DomainError, match="Còn 3 phiếu"):
        close_scoring(stage.round.pk, actor=stage.judges[0])
    with pytest.raises(DomainError, match="Còn 6 phiếu"):
        close_scoring(stage.round.pk, actor=stage.officer)
