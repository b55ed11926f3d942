"""Many dossiers at once: each is decided in a transaction of its own, and what did not go through is told by name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.dossiers.pages.deciding import named_screener
from apps.dossiers.pages.desk import back_to_queue, desk_only, visible_entries
from apps.dossiers.pages.desk_forms import asked_in, is_uuid
from apps.dossiers.queries.legal import obstacles
from apps.dossiers.queries.standing import stamp_of
from apps.dossiers.services.screening import accept_entry, assign_entry, refuse_entry
from apps.dossiers.states import MOVES
from tieubieu.errors import DomainError, NotAllowed

MOST = 500
ACCEPT, REFUSE, ASSIGN, MERGE = "tiep-nhan", "khong-hop-le", "giao", "gop"
VERBS = {ACCEPT: "accept", REFUSE: "refuse"}


@dataclass(frozen=True)
class Failed:
    """A dossier that did not go through, by name, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Candidate:
    """A chosen dossier before the act: why it will not go through, if that is known already."""

    entry: Entry
    stamp: str
    reason: str


@desk_only
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Assigning is done at once; accepting and refusing show the list first and are confirmed there."""
    act = request.POST.get("lam", "")
    try:
        chosen = _chosen(request)
    except DomainError as refused:
        messages.warning(request, refused.message)
        return redirect(back_to_queue(asked_in(request)))
    if act == MERGE:
        query = "&".join(f"ho-so={entry.pk}" for entry in chosen)
        return redirect(f"{reverse('desk:join')}?{query}")
    if act == ASSIGN:
        return _assign(request, chosen)
    if act not in VERBS:
        messages.warning(request, "Xin chọn việc cần làm với các hồ sơ đã đánh dấu.")
        return redirect(back_to_queue(asked_in(request)))
    return _confirmed(request, act, chosen) if request.POST.get("da-hoi") else _ask(request, act, chosen)


def _chosen(request: HttpRequest) -> list[Entry]:
    """The dossiers that were ticked; raises `DomainError` for none, too many, and for what is no id."""
    raws = list(dict.fromkeys(request.POST.getlist("ho-so")))
    if not raws:
        raise DomainError("Chưa chọn hồ sơ nào. Xin đánh dấu các hồ sơ trong bảng rồi bấm lại.")
    if len(raws) > MOST:
        raise DomainError(f"Mỗi lần làm nhiều nhất {MOST} hồ sơ; đang chọn {len(raws)}.")
    if not all(is_uuid(raw) for raw in raws):
        raise DomainError("Danh sách chọn gửi lên không hợp lệ; xin tải lại trang rồi chọn lại.")
    found = list(visible_entries(person_of(request)).filter(pk__in=raws).order_by("submitted_at", "id"))
    if not found:
        raise DomainError("Không còn hồ sơ nào trong các hồ sơ đã chọn; xin tải lại trang.")
    return found


def _ask(request: HttpRequest, act: str, chosen: Sequence[Entry], error: str = "") -> HttpResponse:
    candidates = [Candidate(entry, stamp_of(entry), _known_reason(entry, act, request)) for entry in chosen]
    context = {
        "act": act,
        "ready": [one for one in candidates if not one.reason],
        "hindered": [one for one in candidates if one.reason],
        "reason": request.POST.get("ly_do", ""),
        "error": error,
        "address": request.POST.get("loc", ""),
        "back": back_to_queue(asked_in(request)),
    }
    return render(request, "dossiers/desk/bulk.html", context, status=422 if error else 200)


def _confirmed(request: HttpRequest, act: str, chosen: Sequence[Entry]) -> HttpResponse:
    reason, actor = request.POST.get("ly_do", ""), person_of(request)
    if act == REFUSE and not reason.strip():
        return _ask(request, act, chosen, "Cần ghi rõ lý do hồ sơ không hợp lệ để báo cho cơ sở.")

    def run(entry: Entry) -> None:
        seen = request.POST.get(f"da-thay-{entry.pk}", "")
        if act == ACCEPT:
            accept_entry(entry.pk, actor=actor, seen=seen)
        else:
            refuse_entry(entry.pk, reason=reason, actor=actor, seen=seen)

    words = {ACCEPT: "Đã tiếp nhận", REFUSE: "Đã kết luận không hợp lệ"}[act]
    return _done(request, words, *_each(chosen, "dossiers.entry.screen", actor, run))


def _assign(request: HttpRequest, chosen: Sequence[Entry]) -> HttpResponse:
    raw, actor = request.POST.get("nguoi-kiem-tra", ""), person_of(request)

    def run(entry: Entry) -> None:
        assign_entry(entry.pk, officer=named_screener(raw, entry), actor=actor)

    return _done(request, "Đã giao", *_each(chosen, "dossiers.entry.assign", actor, run))


def _each(
    chosen: Sequence[Entry], permission: str, actor: Person, run: Callable[[Entry], None]
) -> tuple[int, list[Failed]]:
    """Ask and act for one after the other; a refusal for one leaves the others alone."""
    done, failed = 0, []
    for entry in chosen:
        try:
            if not actor.has_perm(permission, entry):
                raise NotAllowed("Tài khoản này chỉ được xem hồ sơ của kỳ này.")
            run(entry)
            done += 1
        except DomainError as refused:
            failed.append(Failed(entry.name, refused.message))
    return done, failed


def _done(request: HttpRequest, words: str, done: int, failed: list[Failed]) -> HttpResponse:
    if done:
        messages.success(request, f"{words} {done} hồ sơ.")
    back = back_to_queue(asked_in(request))
    if not failed:
        return redirect(back)
    return render(
        request, "dossiers/desk/bulk_done.html", {"done": done, "words": words, "failed": failed, "back": back}
    )


def _known_reason(entry: Entry, act: str, request: HttpRequest) -> str:
    """Why the act would fail now, so that the list to be confirmed is honest."""
    if not person_of(request).has_perm("dossiers.entry.screen", entry):
        return "Tài khoản này chỉ được xem hồ sơ của kỳ này."
    if entry.state not in MOVES[VERBS[act]][0]:
        return f"Đang ở trạng thái “{entry.get_state_display()}”."
    return " ".join(obstacles(entry)) if act == ACCEPT else ""


def ids_of(request: HttpRequest) -> list[UUID]:
    """The entries named in an address; what is no id is left out."""
    return [UUID(raw) for raw in request.GET.getlist("ho-so")[:MOST] if is_uuid(raw)]
