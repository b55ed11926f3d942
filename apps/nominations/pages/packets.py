"""The upper level's inbox: what arrived, whether it recomputes, and taking it in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, must_see, person_of
from apps.nominations.models import InboxPacket, Nominee
from apps.nominations.services import accept_packet
from apps.nominations.workbook import inbox_workbook
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Every packet received, by province."""
    must_see(request, "nominations.inbox.see", None)
    packets = list(_received())
    total = sum(packet.count for packet in packets)  # type: ignore[attr-defined]  # annotated
    return render(request, "nominations/inbox.html", {"packets": packets, "total": total})


@login_required
def inbox_xlsx(request: HttpRequest) -> HttpResponse:
    """The same packets and their nominees as a workbook."""
    must_see(request, "nominations.inbox.see", None)
    nominees = Nominee.objects.select_related("packet").order_by("packet__sender_name", "group", "product_name")
    return attachment(inbox_workbook(_received(), nominees), "de-cu-da-nhan.xlsx")


@login_required
def packet(request: HttpRequest, packet_id: UUID) -> HttpResponse:
    """One packet: declared against recomputed, line by line, and its nominees."""
    must_see(request, "nominations.inbox.see", None)
    found = get_object_or_404(InboxPacket, pk=packet_id)
    context = {
        "packet": found,
        "nominees": found.nominees.order_by("group", "product_name"),
        "may_accept": person_of(request).has_perm("nominations.packet.accept") and found.state == "received",
    }
    return render(request, "nominations/packet.html", context)


@login_required
@require_POST
def accept(request: HttpRequest, packet_id: UUID) -> HttpResponse:
    must_see(request, "nominations.inbox.see", None)
    must_do(request, "nominations.packet.accept")
    get_object_or_404(InboxPacket, pk=packet_id)
    try:
        accept_packet(packet_id, actor=person_of(request))
        messages.success(request, "Đã tiếp nhận gói đề cử.")
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect("nominations:packet", packet_id)


def _received() -> QuerySet[InboxPacket]:
    return InboxPacket.objects.annotate(count=Count("nominees"))
