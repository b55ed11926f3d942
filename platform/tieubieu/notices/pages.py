"""My notices, and for whoever looks after the mail: what was sent, to whom, with what result."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tieubieu.errors import DomainError
from tieubieu.notices.models import Audience, Mail, MailState, Notice
from tieubieu.notices.queries import mails, notices_of, unread_count
from tieubieu.notices.services import read_all, read_notice, resend
from tieubieu.notices.workbook import mail_workbook
from tieubieu.spreadsheets import attachment

PAGE = 50
MOST_EXPORTED = 20_000


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The person's own notices, unread first."""
    page = Paginator(notices_of(request.user), PAGE).get_page(request.GET.get("trang"))
    has_unread = any(notice.read_at is None for notice in page)
    return render(request, "notices/mine.html", {"page": page, "has_unread": has_unread})


@login_required
def notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice; opening it is reading it. Somebody else's is the same 404 as none."""
    found = get_object_or_404(Notice, pk=notice_id, person=request.user)
    read_notice(found)
    return render(request, "notices/notice.html", {"notice": found})


@login_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark all as read."""
    read_all(request.user)
    return redirect("notices:mine")


@login_required
def unread(request: HttpRequest) -> HttpResponse:
    """The number beside the place in the navigation; nothing when there is nothing."""
    count = unread_count(request.user)
    if not count:
        return HttpResponse(status=204)
    return render(request, "notices/count.html", {"count": "99+" if count > 99 else count})


def for_officials(permission: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page that does not exist for whoever lacks the permission."""

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.has_perm(permission):  # type: ignore[union-attr]  # signed in
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return door


@for_officials("notices.mail.see")
def sent(request: HttpRequest) -> HttpResponse:
    """The letters to one audience at a time."""
    asked = _asked(request)
    page = Paginator(mails(**asked), PAGE).get_page(request.GET.get("trang"))
    words = {"page": page, "asked": asked, "audiences": Audience.choices, "states": MailState.choices}
    return render(request, "notices/mails.html", words)


@for_officials("notices.mail.see")
def export(request: HttpRequest) -> HttpResponse:
    return attachment(mail_workbook(mails(**_asked(request))[:MOST_EXPORTED]), "thu-da-gui.xlsx")


@for_officials("notices.mail.see")
def mail(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    found = get_object_or_404(Mail, pk=mail_id)
    may_resend = request.user.has_perm("notices.mail.resend")  # type: ignore[union-attr]
    is_waiting = found.state == MailState.WAITING
    return render(request, "notices/mail.html", {"mail": found, "may_resend": may_resend and not is_waiting})


@for_officials("notices.mail.resend")
@require_POST
def send_again(request: HttpRequest, mail_id: UUID) -> HttpResponse:
    try:
        found = resend(mail_id, actor=request.user)  # type: ignore[arg-type]
    except Mail.DoesNotExist as missing:
        raise Http404 from missing
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Thư tới {found.address} sẽ được gửi lại trong ít phút.")
    return redirect("notices:mail", mail_id)


def _asked(request: HttpRequest) -> dict[str, str]:
    """The filter as asked; what is no audience or state counts as not asked."""
    audience, state = request.GET.get("gui-toi", ""), request.GET.get("trang-thai", "")
    return {
        "audience": audience if audience in Audience.values else Audience.FACILITIES.value,
        "state": state if state in MailState.values else "",
        "words": request.GET.get("tim", "").strip()[:100],
    }
