"""The minutes say what the log says, once, and are made by a worker."""

from uuid import UUID

import pytest
from browsers import at
from chamber import LOW, sitting
from stage import MARKS

from apps.councils.contents import minutes_words
from apps.councils.making import make_minutes
from apps.councils.models import Way
from apps.councils.services import annul_ballot, ask_minutes, close_session, depart, leave_out, note
from apps.councils.services.minutes import JOB, MAKE_MINUTES
from tieubieu.audit.models import Event
from tieubieu.binding import PUBLIC, bound
from tieubieu.documents import ink
from tieubieu.documents.models import Document
from tieubieu.errors import WrongState
from tieubieu.outbox.models import Message
from tieubieu.progress.queries import latest_job, progress_of
from workers.documents import minutes

pytestmark = pytest.mark.usefixtures("in_daklak")
SUPERIOR = "UBND tỉnh Đắk Lắk"


def closed():
    held = sitting(MARKS, MARKS, MARKS, LOW)
    note(held.session.pk, held.item.pk, text="Sản phẩm có vùng nguyên liệu ổn định", actor=held.officer)
    wrong = held.voted(0, approve=1, against=6)
    annul_ballot(wrong.pk, reason="Ghi nhầm số phiếu", actor=held.officer)
    held.voted(0, approve=6, against=1)
    depart(held.session.pk, held.members[6].pk, actor=held.officer)
    held.voted(1, approve=3, against=3)
    leave_out(held.session.pk, [held.stage.entries[2].pk], reason="Trùng cơ cấu", actor=held.officer)
    close_session(held.session.pk, actor=held.officer)
    held.session.refresh_from_db()
    return held


def test_the_minutes_come_from_what_happened():
    held = closed()

    said = minutes_words(held.session, superior=SUPERIOR)

    told = [what for _, what in said.happened]
    assert told[0].startswith("Khai mạc, có mặt 7 thành viên. Chủ tọa: Hoi-Dong-0; thư ký: Chuyen-Vien.")
    assert "Thảo luận nội dung 1: Sản phẩm có vùng nguyên liệu ổn định" in told
    assert "Hủy biểu quyết số 1. Lý do: Ghi nhầm số phiếu" in told
    assert "Kiểm phiếu biểu quyết số 2: 6 tán thành, 1 không tán thành, 0 không biểu quyết; được thông qua." in told
    assert "Hoi-Dong-6 rời phiên họp (có mặt 6/7, cần ít nhất 5)." in told
    assert told[-1] == "Bế mạc phiên họp; 1 sản phẩm được chọn."
    assert [(one.code, one.votes) for one in said.chosen] == [("THU-2026-001", "6/7")]
    assert [(one.code, one.reason) for one in said.not_chosen] == [
        ("THU-2026-002", "Không đủ phiếu tán thành: 3/6 (biểu quyết số 3)"),
        ("THU-2026-003", "Trùng cơ cấu"),
    ]
    assert said.below == 1
    assert "(có mặt từ" in said.present[6]
    assert "(có mặt từ" not in said.present[0]


def test_the_minutes_carry_the_digests_and_where_the_chain_stood():
    held = closed()

    digests = dict(minutes_words(held.session, superior=SUPERIOR).digests)

    last = Event.objects.get(tag="councils.session.concluded")
    assert digests["Mã băm phiên họp"] == held.session.digest
    assert digests["Mã băm kết quả chấm điểm"] == held.session.snapshot.digest
    assert digests[f"Nhật ký hệ thống, dòng {last.seq}"] == last.hash


def test_the_way_of_voting_is_said():
    held = sitting(way=Way.OWN)
    leave_out(held.session.pk, [e.pk for e in held.stage.entries], reason="Không đề nghị", actor=held.officer)
    close_session(held.session.pk, actor=held.officer)
    held.session.refresh_from_db()

    said = minutes_words(held.session, superior="")

    assert "Cách biểu quyết: từng thành viên bỏ phiếu trên điện thoại." in said.rules
    assert "được chọn" in said.happened[-1][1]


def test_closing_asks_a_worker_who_makes_them_once():
    held = closed()
    job = latest_job(JOB, held.session)
    asked = {"session_id": str(held.session.pk), "job_id": str(job.pk)}

    with bound(PUBLIC):
        assert Message.objects.get(errand=MAKE_MINUTES).args == asked
    minutes(**asked)
    first = type(held.session).objects.get(pk=held.session.pk).document_id
    minutes(**asked)

    assert Document.objects.filter(kind="minutes").count() == 1
    assert type(held.session).objects.get(pk=held.session.pk).document_id == first
    assert progress_of(job.pk).done == 1
    assert Event.objects.filter(tag="councils.minutes.made").count() == 1


def test_minutes_are_asked_again_only_when_they_failed():
    held = closed()
    job = latest_job(JOB, held.session)

    with pytest.raises(WrongState, match="đang được lập"):
        ask_minutes(held.session.pk, actor=held.officer)
    make_minutes(held.session.pk, job_id=UUID(str(job.pk)), superior=SUPERIOR)
    with pytest.raises(WrongState, match="đã lập xong"):
        ask_minutes(held.session.pk, actor=held.officer)


def test_an_open_session_has_no_minutes():
    held = sitting()

    with pytest.raises(WrongState, match="khi phiên họp bế mạc"):
        ask_minutes(held.session.pk, actor=held.officer)


def test_the_page_shows_progress_and_then_the_paper():
    held = closed()
    client = at("daklak", held.officer)
    before = client.get("/ky-binh-chon/THU-2026/hoi-dong/").content.decode()
    job = latest_job(JOB, held.session)

    assert "Lập biên bản họp Hội đồng" in before
    assert client.get(f"/ky-binh-chon/hop-hoi-dong/viec/{job.pk}/").status_code == 200
    assert at("daklak", held.stage.judges[1]).get(f"/ky-binh-chon/hop-hoi-dong/viec/{job.pk}/").status_code == 404
    make_minutes(held.session.pk, job_id=job.pk, superior=SUPERIOR)
    paper = client.get("/ky-binh-chon/THU-2026/hoi-dong/bien-ban/")

    assert (paper.status_code, paper["Content-Type"]) == (200, "application/pdf")
    assert "Mở biên bản (PDF)" in client.get("/ky-binh-chon/THU-2026/hoi-dong/").content.decode()


def test_the_layout_takes_long_names_and_a_session_that_chose_nothing():
    held = sitting()
    leave_out(
        held.session.pk, [e.pk for e in held.stage.entries], reason="Đề nghị hoàn thiện " * 20, actor=held.officer
    )
    close_session(held.session.pk, actor=held.officer)
    held.session.refresh_from_db()

    assert ink.render("minutes", minutes_words(held.session, superior=SUPERIOR)).pages >= 1
