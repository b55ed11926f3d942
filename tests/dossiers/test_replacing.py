"""A paper is replaced where it lies, whatever its kind: while the dossier is written, and while it is mended."""

from uuid import uuid4

import pytest
import specimens as made
from browsers import at
from django.core.files.uploadedfile import SimpleUploadedFile
from portal import sent_back

from apps.dossiers.models import Paper
from apps.dossiers.queries import papers_of
from apps.dossiers.services import add_paper, caption_paper, file_again, submit_entry
from tieubieu.errors import WrongState
from tieubieu.uploads.errors import UploadRefused
from tieubieu.uploads.models import StoredFile

KINDS = [("pdf", made.pdf()), ("docx", made.docx()), ("xlsx", made.xlsx())]


def handed_in(data, name="giay-to.pdf"):
    return SimpleUploadedFile(name, data)


def three(entry, owner):
    """Three papers in one slot, the middle one with words of its own."""
    return [
        add_paper(entry.pk, "quality", handed_in(made.pdf(n), f"{n}.pdf"), actor=owner, caption=f"Phiếu {n}")
        for n in (1, 2, 3)
    ]


def names(entry, *, with_held=True):
    papers = list(papers_of(entry, with_held=with_held).filter(slot="quality"))
    files = StoredFile.objects.in_bulk([paper.file_id for paper in papers])
    return [(files[paper.file_id].name, paper.caption) for paper in papers]


@pytest.mark.parametrize(("kind", "data"), KINDS)
def test_in_a_draft_the_new_file_takes_the_place_and_the_words_of_the_old(at_the_portal, kind, data):
    entry = at_the_portal.draft()
    _, middle, _ = three(entry, at_the_portal.owner)

    add_paper(entry.pk, "quality", handed_in(data, f"moi.{kind}"), actor=at_the_portal.owner, replaces=middle.pk)

    assert names(entry) == [("1.pdf", "Phiếu 1"), (f"moi.{kind}", "Phiếu 2"), ("3.pdf", "Phiếu 3")]


def test_under_correction_the_old_paper_stays_filed_until_the_dossier_is_filed_again(at_the_portal):
    entry = at_the_portal.draft(whole=True)
    _, middle, _ = three(entry, at_the_portal.owner)
    entry = sent_back(at_the_portal, submit_entry(entry.pk, is_declared=True, actor=at_the_portal.owner))

    new = add_paper(
        entry.pk, "quality", handed_in(made.docx(), "moi.docx"), actor=at_the_portal.owner, replaces=middle.pk
    )

    assert [name for name, _ in names(entry)] == ["1.pdf", "moi.docx", "3.pdf"]
    assert [name for name, _ in names(entry, with_held=False)] == ["1.pdf", "2.pdf", "3.pdf"]
    file_again(entry.pk, number=2, is_declared=True, actor=at_the_portal.owner)
    assert [name for name, _ in names(entry, with_held=False)] == ["1.pdf", "moi.docx", "3.pdf"]
    assert Paper.objects.get(pk=new.pk).caption == "Phiếu 2"


def test_a_held_paper_is_replaced_once_more(at_the_portal):
    entry = at_the_portal.draft(whole=True)
    _, middle, _ = three(entry, at_the_portal.owner)
    entry = sent_back(at_the_portal, submit_entry(entry.pk, is_declared=True, actor=at_the_portal.owner))
    actor = at_the_portal.owner
    first = add_paper(entry.pk, "quality", handed_in(made.docx(), "mot.docx"), actor=actor, replaces=middle.pk)

    caption_paper(first.pk, "Phiếu mới", actor=actor)
    add_paper(entry.pk, "quality", handed_in(made.pdf(), "hai.pdf"), actor=actor, replaces=first.pk)

    assert names(entry)[1] == ("hai.pdf", "Phiếu mới")
    assert len(names(entry)) == 3


def test_a_file_that_is_refused_leaves_the_old_one_where_it_was(at_the_portal):
    entry = at_the_portal.draft()
    _, middle, _ = three(entry, at_the_portal.owner)
    before = names(entry)

    with pytest.raises(UploadRefused):
        add_paper(entry.pk, "quality", handed_in(b"MZ"), actor=at_the_portal.owner, replaces=middle.pk)

    assert names(entry) == before


@pytest.mark.parametrize("which", ["one replaced before", "one of another slot", "one of another dossier"])
def test_what_is_not_there_is_not_replaced(at_the_portal, which):
    entry, owner = at_the_portal.draft(), at_the_portal.owner
    _, middle, _ = three(entry, owner)
    other = at_the_portal.draft("Cà phê")
    add_paper(entry.pk, "quality", handed_in(made.pdf(), "hai.pdf"), actor=owner, replaces=middle.pk)
    targets = {
        "one replaced before": middle.pk,
        "one of another slot": add_paper(entry.pk, "award", handed_in(made.pdf()), actor=owner).pk,
        "one of another dossier": add_paper(other.pk, "quality", handed_in(made.pdf()), actor=owner).pk,
    }
    before = Paper.objects.filter(removed_at__isnull=True).count()

    with pytest.raises(WrongState, match="Xin tải lại trang"):
        add_paper(entry.pk, "quality", handed_in(made.docx()), actor=owner, replaces=targets[which])

    assert Paper.objects.filter(removed_at__isnull=True).count() == before


def test_a_full_slot_still_takes_a_replacement(at_the_portal, monkeypatch):
    monkeypatch.setattr("apps.dossiers.services.papers.MOST_IN_A_SLOT", 3)
    entry = at_the_portal.draft()
    _, middle, _ = three(entry, at_the_portal.owner)

    add_paper(entry.pk, "quality", handed_in(made.pdf(), "moi.pdf"), actor=at_the_portal.owner, replaces=middle.pk)

    assert len(names(entry)) == 3


def test_an_answer_that_got_lost_replaces_once(at_the_portal):
    entry, owner = at_the_portal.draft(), at_the_portal.owner
    _, middle, last = three(entry, owner)
    page, sending = at("daklak", owner), str(uuid4())

    for _ in range(2):
        posted = {
            "muc": "quality",
            "ma": sending,
            "thay": str(middle.pk),
            "tep": handed_in(made.docx(), "a.docx"),
        }
        answer = page.post(f"/ho-so/{entry.pk}/tep/", posted, headers={"accept": "application/json"})
        assert answer.status_code == 200

    assert [name for name, _ in names(entry)] == ["1.pdf", "a.docx", "3.pdf"]
    assert f'data-replaces="{last.pk}"' in answer.content.decode()


def test_by_a_plain_form_too_and_photos_offer_it_by_their_own_buttons(at_the_portal):
    entry, owner = at_the_portal.draft(), at_the_portal.owner
    _, middle, _ = three(entry, owner)
    page = at("daklak", owner)

    shown = page.get(f"/ho-so/{entry.pk}/giay-to/").content.decode()
    page.post(
        f"/ho-so/{entry.pk}/tep/", {"muc": "quality", "thay": str(middle.pk), "tep": handed_in(made.pdf(), "b.pdf")}
    )

    assert shown.count('name="thay"') == 3
    assert 'name="thay"' not in page.get(f"/ho-so/{entry.pk}/anh/").content.decode()
    assert [name for name, _ in names(entry)] == ["1.pdf", "b.pdf", "3.pdf"]
