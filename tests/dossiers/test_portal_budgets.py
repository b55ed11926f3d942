"""Every list of the portal and of one dossier asks the same questions for one row as for fifty."""

import pytest
from browsers import at
from django.db import connection
from django.test.utils import CaptureQueriesContext
from makers import made
from portal import Portal
from stage import put_papers

from apps.dossiers.events import ScreeningEvent
from apps.dossiers.models import Dossier, Entry, Filing, Note, Paper, Point, Side, Supplement
from apps.facilities.models import AgentKind, FacilityAgent
from apps.facilities.services import add_product
from tieubieu.audit.services import record

pytestmark = pytest.mark.usefixtures("in_daklak")

FACILITY = {
    "/ho-so/": 12,
    "/ho-so/moi/{round}/?co-so={maker}": 16,
    "/ho-so/{entry}/": 17,
    "/ho-so/{entry}/anh/": 14,
    "/ho-so/{entry}/giay-to/": 17,
    "/ho-so/{entry}/kiem-tra/": 15,
    "/ho-so/{entry}/buoc/summary/": 10,
    "/ho-so/{entry}/trao-doi/": 10,
    "/ho-so/{entry}/xac-nhan/": 11,
    "/co-so/cua-toi/": 6,
}
OFFICIAL = {
    "/ho-so/giup/?tim=hop": 11,
    "/ho-so/moi/{round}/?co-so={maker}": 17,
    "/ho-so/mau/": 9,
    "/kiem-tra/": 17,
    "/kiem-tra/ho-so.xlsx": 9,
    "/kiem-tra/{entry}/": 35,
    "/kiem-tra/{entry}/lich-su/": 9,
    "/kiem-tra/{entry}/bo-sung/": 19,
    "/kiem-tra/bien-ban/THU-2026/": 9,
}


def filled(at_the_portal: Portal, count: int) -> Entry:
    """So many dossiers of each kind, and one with so many of everything that hangs on it; rows alone."""
    model, stage, owner = at_the_portal.draft("Mẫu"), at_the_portal.stage, at_the_portal.owner
    kinds = [("draft", False), ("submitted", False), ("submitted", True), ("withdrawn", False), ("supplement", True)]
    entries = [
        Entry(
            round=stage.round, facility=at_the_portal.maker, name=f"{state} {is_assisted} {number}", group="2",
            state=state, is_assisted=is_assisted, begun_by=owner, officer=stage.officer,
            submitted_at=None if state == "draft" else model.started_at,
        )
        for number in range(count) for state, is_assisted in kinds
    ]  # fmt: skip
    Entry.objects.bulk_create(entries)
    Dossier.objects.bulk_create([Dossier(entry=one, form=model.dossier.form) for one in entries])
    filed = [one for one in entries if one.submitted_at]
    Filing.objects.bulk_create([filing(one, owner, 1) for one in filed])
    Supplement.objects.bulk_create(
        [Supplement(entry=one, text="", due_on="2030-01-01", asked_by=stage.officer) for one in entries
         if one.state == "supplement"]
    )  # fmt: skip
    for number in range(count):
        add_product(at_the_portal.maker, name=f"Sản phẩm {number}", group="2")
        maker = made(f"Hợp tác xã {number}", f"{number:010}")
        FacilityAgent.objects.create(facility=maker, person=owner, kind=AgentKind.OWNER, approved_at=model.started_at)
    return laden(entries[4], at_the_portal, count)


def laden(entry: Entry, at_the_portal: Portal, count: int) -> Entry:
    put_papers(entry)
    one, request = entry.papers.first(), entry.supplements.get()
    Paper.objects.bulk_create(
        [Paper(entry=entry, slot="award", file_id=one.file_id, added_by=at_the_portal.owner) for _ in range(count)]
    )
    Point.objects.bulk_create(
        [Point(supplement=request, place=f"field:{number}", wrong="incorrect") for number in range(count)]
    )
    Filing.objects.bulk_create([filing(entry, at_the_portal.owner, number) for number in range(2, count + 2)])
    officer = at_the_portal.stage.officer
    Note.objects.bulk_create([Note(entry=entry, side=Side.AUTHORITY, author=officer, text="x") for _ in range(count)])
    for _ in range(count):
        record(ScreeningEvent.NOTE_WRITTEN, entry, actor=officer)
    return entry


def filing(entry: Entry, by: object, number: int) -> Filing:
    return Filing(
        entry=entry, number=number, filed_by=by, is_assisted=entry.is_assisted, content={}, digest="sha256:0",
        receipt_code=f"{entry.pk.hex[:14]}-{number}",
    )  # fmt: skip


def questions(who: object, addresses: dict[str, int], at_the_portal: Portal, entry: Entry) -> dict[str, int]:
    known = {"round": at_the_portal.stage.round.pk, "maker": at_the_portal.maker.pk, "entry": entry.pk}
    client, asked = at("daklak", who), {}
    client.get("/khong-co/")  # what a process asks once
    for address in addresses:
        with CaptureQueriesContext(connection) as told:
            answer = client.get(address.format(**known))
        assert answer.status_code == 200, address
        asked[address] = len(told)
    return asked


@pytest.mark.parametrize("count", [1, 50])
def test_a_facilitys_pages_ask_the_same_questions_for_one_row_as_for_fifty(at_the_portal, count):
    entry = filled(at_the_portal, count)

    assert questions(at_the_portal.owner, FACILITY, at_the_portal, entry) == FACILITY


@pytest.mark.parametrize("count", [1, 50])
def test_an_officials_pages_ask_the_same_questions_for_one_row_as_for_fifty(at_the_portal, count):
    entry = filled(at_the_portal, count)

    assert questions(at_the_portal.stage.officer, OFFICIAL, at_the_portal, entry) == OFFICIAL
