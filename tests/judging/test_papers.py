"""A judge looks at the photos and papers of the entries they score, and at nobody else's."""

import pytest
import specimens as made
from browsers import at
from stage import person, scoring

from apps.dossiers.models import Dossier, Entry, Paper
from apps.judging.models import Sheet
from apps.judging.services import recuse
from apps.rounds.models import Body, Level
from apps.rounds.services import appoint, plan_round
from tenants.gateways import inside
from tieubieu.uploads.services import take_in

pytestmark = pytest.mark.usefixtures("in_daklak")


def sheet_of(stage, judge=0):
    return Sheet.objects.get(judge__person=stage.judges[judge], entry=stage.entries[0])


@pytest.fixture
def scene():
    stage = scoring()
    return stage, sheet_of(stage), at("daklak", stage.judges[0])


def with_files_in(entry):
    """The entry with a real photo and a real PDF in place of the rows alone."""
    entry.papers.all().delete()
    for slot, data, name in (("photo_front", made.photo(), "truoc.jpg"), ("quality", made.pdf(2), "kiem-nghiem.pdf")):
        file = take_in(data, name=name, actor=None)
        Paper.objects.create(entry=entry, slot=slot, file_id=file.pk, added_by=entry.begun_by)
    return {paper.slot: paper for paper in entry.papers.all()}


def paper_path(sheet, paper):
    return f"/cham-diem/{sheet.pk}/giay-to/{paper.pk}/"


def test_a_judge_sees_the_photos_small_and_opens_them_larger(scene):
    stage, sheet, client = scene
    papers = with_files_in(stage.entries[0])
    photo, certificate = paper_path(sheet, papers["photo_front"]), paper_path(sheet, papers["quality"])

    page = client.get(f"/cham-diem/{sheet.pk}/").content.decode()
    small, large, pdf = (client.get(path) for path in (f"{photo}?co=thumb", f"{photo}?co=screen", certificate))

    assert f'src="{photo}?co=thumb"' in page
    assert f'href="{photo}?co=screen"' in page
    assert "2 trang" in page
    assert (small["Content-Type"], pdf["Content-Type"]) == ("image/jpeg", "application/pdf")
    assert len(small.content) < len(large.content)


def sheet_of_another_round(stage):
    """A judge of the province's other round, with a sheet of an entry of the same facility."""
    other = plan_round(
        code="KHAC-2026", level=Level.PROVINCE, year=2026, ordinal=2, name="Kỳ khác", area_code="66",
        actor=stage.officer,
    )  # fmt: skip
    seat = appoint(other.pk, person("giam-khao-khac"), body=Body.PANEL, actor=stage.officer, seat=1)
    entry = Entry.objects.create(round=other, facility=stage.entries[0].facility, name="Sản phẩm khác", group="2")
    Dossier.objects.create(entry=entry)
    return Sheet.objects.create(entry=entry, judge=seat)


def test_papers_are_for_the_judges_of_this_round_alone(scene):
    stage, sheet, _ = scene
    paper = with_files_in(stage.entries[0])["photo_front"]
    elsewhere = sheet_of_another_round(stage)
    stranger = elsewhere.judge.person
    asked = {
        "their own sheet, this round's paper": (stranger, paper_path(elsewhere, paper)),
        "this round's sheet": (stranger, paper_path(sheet, paper)),
        "another judge's sheet": (stage.judges[1], paper_path(sheet, paper)),
        "the officer": (stage.officer, paper_path(sheet, paper)),
    }

    answers = {who: at("daklak", person).get(path).status_code for who, (person, path) in asked.items()}

    assert answers == dict.fromkeys(asked, 404)
    assert at("daklak", stage.judges[1]).get(paper_path(sheet_of(stage, judge=1), paper)).status_code == 200


def test_a_judge_next_door_gets_no_paper(scene, khanhhoa):
    stage, sheet, _ = scene
    path = paper_path(sheet, with_files_in(stage.entries[0])["photo_front"])
    with inside(khanhhoa):
        next_door = scoring()
        neighbour = at("khanhhoa", next_door.judges[0])

    assert neighbour.get(path).status_code == 404


def test_a_recused_judge_and_a_held_paper_are_out(scene):
    stage, sheet, client = scene
    papers = with_files_in(stage.entries[0])
    Paper.objects.filter(pk=papers["quality"].pk).update(is_held=True)

    held = client.get(paper_path(sheet, papers["quality"])).status_code
    before = client.get(paper_path(sheet, papers["photo_front"])).status_code
    recuse(sheet.pk, reason="Người nhà", actor=stage.officer)

    assert (held, before) == (404, 200)
    assert client.get(paper_path(sheet, papers["photo_front"])).status_code == 404
