"""Photos and papers of a dossier: shown, handed in one by one, put in order, served to whoever may see them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.dossiers.doors import filler_only, paper_to_see
from apps.dossiers.models import Entry, Paper, Slot
from apps.dossiers.pages.filling import frame
from apps.dossiers.queries.files import SlotShown, slots_shown
from apps.dossiers.queries.papers import PHOTOS
from apps.dossiers.queries.reading import points_of
from apps.dossiers.services import add_paper, caption_paper, move_paper, remove_paper
from tieubieu.errors import DomainError
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.services import PRINTABLE
from tieubieu.uploads.serving import serve

VARIANTS = ("thumb", "screen")
STEPS = {"len": -1, "xuong": 1}


@filler_only
def photos(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The three photos of the law, taken here or chosen."""
    return _slots_page(request, entry, is_photo=True)


@filler_only
def papers(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The copies of papers."""
    return _slots_page(request, entry, is_photo=False)


@filler_only
@require_POST
def upload(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Take one file in. A script gets the slot's fragment or a message; a plain form goes back to its page."""
    wants_fragment = "application/json" in request.headers.get("Accept", "")
    slot = request.POST.get("muc", "")
    try:
        add_paper(
            entry.pk,
            slot,
            request.FILES.get("tep"),
            actor=person_of(request),
            paper_id=_named(request, "ma"),
            replaces=_named(request, "thay"),
            caption=request.POST.get("chu-thich", ""),
        )
    except DomainError as refused:
        if wants_fragment:
            return JsonResponse({"message": refused.message}, status=refused.status)
        messages.error(request, refused.message)
        return redirect(_page_of(entry, slot))
    if wants_fragment:
        return slot_fragment(request, entry, slot)
    return redirect(_page_of(entry, slot))


@filler_only
@require_POST
def change(request: HttpRequest, entry: Entry, paper_id: UUID) -> HttpResponse:
    """Take a paper out, move it up or down, or give it other words."""
    paper = get_object_or_404(Paper, pk=paper_id, entry=entry)
    actor, wanted = person_of(request), request.POST.get("viec", "")
    try:
        if wanted == "bo":
            remove_paper(paper.pk, actor=actor)
        elif wanted in STEPS:
            move_paper(paper.pk, STEPS[wanted], actor=actor)
        else:
            caption_paper(paper.pk, request.POST.get("chu-thich", ""), actor=actor)
    except DomainError as refused:
        told = {"refused": refused.message, "typed_for": paper.pk, "typed_words": request.POST.get("chu-thich", "")}
        return _slots_page(request, entry, told=told, is_photo=_is_photo(paper.slot))
    return redirect(_page_of(entry, paper.slot))


@login_required
def paper(request: HttpRequest, entry_id: UUID, paper_id: UUID) -> HttpResponse:
    """The file itself, or a smaller picture of it, for those who may see the dossier."""
    found = paper_to_see(request, entry_id, paper_id)
    file = get_object_or_404(StoredFile, pk=found.file_id)
    asked = request.GET.get("co", "")
    if asked and asked not in VARIANTS:
        raise Http404
    return serve(request, file, asked, download=request.GET.get("tai") == "1")


def slot_fragment(request: HttpRequest, entry: Entry, slot: str) -> HttpResponse:
    shown = next(one for one in slots_shown(entry, with_held=True) if one.slot == slot)
    context = {**frame(request, entry), "one": _dressed(entry, shown), "smallest": PRINTABLE}
    return render(request, "dossiers/parts/slot.html", context)


def _slots_page(
    request: HttpRequest, entry: Entry, *, is_photo: bool, told: dict[str, object] | None = None
) -> HttpResponse:
    """The page of the photos or of the papers; `told` says what was refused there and what was typed."""
    slots = [shown for shown in slots_shown(entry, with_held=True) if shown.is_photo == is_photo]
    context: dict[str, object] = {"slots": [_dressed(entry, shown) for shown in slots], "smallest": PRINTABLE}
    context |= {**frame(request, entry), **(told or {})}
    return render(request, f"dossiers/{_page_name(is_photo)}.html", context, status=422 if told else 200)


def _dressed(entry: Entry, shown: SlotShown) -> dict[str, object]:
    return {
        "slot": shown.slot,
        "help": HELP[Slot(shown.slot)],
        "is_photo": shown.is_photo,
        "is_required": shown.is_required,
        "papers": shown.papers,
        "point": points_of(entry).get(f"paper:{shown.slot.value}"),
    }


def _page_of(entry: Entry, slot: str) -> str:
    return f"{reverse(f'dossiers:{_page_name(_is_photo(slot))}', args=[entry.pk])}#muc-{slot}"


def _is_photo(slot: str) -> bool:
    return slot in PHOTOS


def _page_name(is_photo: bool) -> str:
    return "photos" if is_photo else "papers"


def _named(request: HttpRequest, name: str) -> UUID | None:
    """The paper that a form names; what is no id names nothing that there is."""
    try:
        return UUID(request.POST[name]) if request.POST.get(name) else None
    except ValueError as bad:
        raise Http404 from bad


HELP = {
    Slot.PHOTO_FRONT: "Chụp thẳng mặt trước, thấy trọn sản phẩm và nhãn.",
    Slot.PHOTO_SIDE: "Chụp ngang một bên, cùng khoảng cách với ảnh chính diện.",
    Slot.PHOTO_TOP: "Chụp từ phía trên nhìn xuống.",
    Slot.BUSINESS_LICENCE: "Bản chụp rõ bốn góc hoặc bản quét; bản có chứng thực hay đóng dấu sao y của cơ sở.",
    Slot.LOWER_CERTIFICATE: "Giấy chứng nhận sản phẩm tiêu biểu cấp xã còn hiệu lực, khi xã đã tổ chức bình chọn.",
    Slot.QUALITY: "Phiếu kiểm nghiệm, công bố hợp chuẩn, ISO, HACCP… nếu có.",
    Slot.FOOD_SAFETY: "Với thực phẩm: giấy chứng nhận đủ điều kiện an toàn thực phẩm, bản tự công bố, nếu có.",
    Slot.AWARD: "Bằng khen, giấy chứng nhận OCOP, giải thưởng của sản phẩm, nếu có.",
    Slot.OTHER: "Giấy đăng ký nhãn hiệu, hợp đồng tiêu thụ, tài liệu giới thiệu, nếu có.",
}
