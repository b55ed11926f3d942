"""Who is told what about a complaint: its facility, whoever handles it, and the members who mark anew. Nobody with a
conflict of interest."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.models import Person
from apps.dossiers.services.announcing import tell_facility
from apps.judging.access import unconflicted_entries
from apps.recognition.models import Complaint, Review
from apps.rounds.models import Body, Post
from tieubieu.notices.services import Audience, tell
from tieubieu.ui.words import day, moment


def own_page(complaint: Complaint) -> str:
    """Where the facility follows its complaint."""
    return reverse("results:complaint", args=[complaint.entry_id, complaint.code])


def desk_page(complaint: Complaint) -> str:
    """Where it is handled."""
    return reverse("publication:complaint", args=[complaint.round.code, complaint.pk])


def tell_of_filing(complaint: Complaint) -> None:
    """The receipt to the facility, the news to whoever handles it."""
    due = f" Hạn trả lời: hết ngày {day(complaint.due_on)}." if complaint.due_on else ""
    entry = complaint.entry
    said = f"Đã nhận khiếu nại về kết quả của “{entry.name}” {_how(complaint)}.\nMã biên nhận: {complaint.code}.{due}"
    tell_facility(
        entry, subject=f"Đã nhận khiếu nại {complaint.code}", text=said, key=_key("filed", complaint),
        url=own_page(complaint),
    )  # fmt: skip
    _tell_handlers(
        complaint,
        subject=f"Khiếu nại mới về kết quả: {entry.code}",
        text=f"{entry.facility.name} khiếu nại về kết quả của {entry.name} ({entry.code}).{_by_whom(complaint)}{due}",
        key=_key("filed", complaint),
    )


def tell_of_withdrawal(complaint: Complaint) -> None:
    entry = complaint.entry
    _tell_handlers(
        complaint,
        subject=f"Khiếu nại {complaint.code} đã được rút",
        text=f"{entry.facility.name} đã rút khiếu nại về kết quả của {entry.name} ({entry.code}).",
        key=_key("withdrawn", complaint),
    )


def tell_of_receiving(complaint: Complaint) -> None:
    due = f" và trả lời chậm nhất ngày {day(complaint.due_on)}" if complaint.due_on else ""
    tell_facility(
        complaint.entry,
        subject=f"Khiếu nại {complaint.code} được tiếp nhận",
        text=f"Hội đồng bình chọn đã tiếp nhận khiếu nại về kết quả của “{complaint.entry.name}”{due}.",
        key=_key("received", complaint),
        url=own_page(complaint),
    )


def tell_of_answer(complaint: Complaint) -> None:
    number = f" (văn bản số {complaint.answer_number})" if complaint.answer_number else ""
    tell_facility(
        complaint.entry,
        subject=f"Trả lời khiếu nại {complaint.code}",
        text=f"Hội đồng bình chọn trả lời khiếu nại về kết quả của “{complaint.entry.name}”{number}:"
        f" {complaint.get_verdict_display().lower()}.\n{complaint.answer}",
        key=_key("answered", complaint),
        url=own_page(complaint),
    )


def tell_reviewer(review: Review) -> None:
    entry = review.complaint.entry
    tell(
        review.member.person,
        audience=Audience.OFFICIALS,
        subject=f"Chấm lại theo khiếu nại: {entry.code}",
        text=f"Thành viên được giao chấm lại các tiêu chí bị khiếu nại của {entry.name} ({entry.code}). Xin chấm và"
        " khóa phiếu chấm lại; phiếu đã khóa trước đây vẫn được giữ nguyên.",
        url=reverse("reviews:review", args=[review.pk]),
        about=review,
        key=f"recognition.review:{review.pk}",
    )


def tell_of_result(complaint: Complaint) -> None:
    """The disputed criteria are marked and the result is computed."""
    _tell_handlers(
        complaint,
        subject=f"Đã chấm lại xong: {complaint.entry.code}",
        text=f"Các phiếu chấm lại của {complaint.entry.name} ({complaint.entry.code}) đã khóa, kết quả đã tính lại."
        " Xin xem và trả lời khiếu nại.",
        key=f"{_key('computed', complaint)}:{complaint.revised_id}",
    )


def _tell_handlers(complaint: Complaint, *, subject: str, text: str, key: str) -> None:
    url = desk_page(complaint)
    for person in _handlers(complaint):
        tell(
            person, audience=Audience.OFFICIALS, subject=subject, text=text, url=url, about=complaint, key=key,
            by_mail=False,
        )  # fmt: skip


def _handlers(complaint: Complaint) -> list[Person]:
    """The round's officer and the council's chair and secretary, as far as each may know of the entry."""
    round = complaint.round
    heads = Q(appointments__round=round, appointments__body=Body.COUNCIL)
    heads &= Q(appointments__post__in=(Post.CHAIR, Post.SECRETARY))
    people = Person.objects.filter(heads | Q(pk=round.officer_id), is_active=True).distinct()
    return [person for person in people if unconflicted_entries(person, round).filter(pk=complaint.entry_id).exists()]


def _how(complaint: Complaint) -> str:
    filed_at = timezone.localtime(complaint.filed_at)
    if complaint.is_on_paper:
        return f"bằng đơn giấy ngày {day(filed_at)}, do {complaint.brought_by} nộp"
    return f"lúc {moment(filed_at)}"


def _by_whom(complaint: Complaint) -> str:
    return f" Đơn giấy, {complaint.filed_by.full_name} nhập." if complaint.is_on_paper else ""


def _key(what: str, complaint: Complaint) -> str:
    return f"recognition.complaint.{what}:{complaint.pk}"
