"""The council, the panel and the support team of a round."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, person_of
from apps.accounts.services import add_person
from apps.rounds.forms.seats import AppointForm, NewMemberForm, ReplaceForm, SeatForm
from apps.rounds.models import Appointment, Body, Post, Round
from apps.rounds.pages.ground import answer, for_who_runs_it, may_run, of_a_round, told
from apps.rounds.queries.handing import product_groups
from apps.rounds.queries.people import never_signed_in, seats_without_code, who_may_sit
from apps.rounds.queries.readiness import member_obstacles
from apps.rounds.queries.tasks import BODY_OF_SLUG, SLUG_OF_BODY
from apps.rounds.rules import rules_of
from apps.rounds.services import appoint, change_post, order_members, release_member, replace_member, state_expertise
from apps.rounds.states import Capability
from apps.rounds.workbook import seats_workbook
from tieubieu.errors import DomainError
from tieubieu.moments import transaction_time
from tieubieu.spreadsheets import attachment

INVITE = "Người này chưa có mật khẩu; khi danh sách đã đủ, xin cấp mã và in giấy mời."


@of_a_round
def body(request: HttpRequest, round: Round, slug: str) -> HttpResponse:
    """Who sits in one body, what its law still asks for, and appointing somebody who is known."""
    which = _body(slug)
    may_write = may_run(request, round) and round.may(Capability.APPOINT)
    if request.method == "POST":
        must_do(request, "rounds.round.run", round)
    form = AppointForm(request.POST or None, people=who_may_sit(round, which), body=which) if may_write else None
    if form is not None and form.is_valid() and told(form, lambda: _appoint(request, round, which, form), "person"):
        messages.success(request, f"Đã cử {form.cleaned_data['person'].full_name} vào {which.label}.")
        return redirect("setup:body", round.code, slug)
    return answer(request, "rounds/body.html", _context(round, which, slug, may_write=may_write), form)


@for_who_runs_it
def new_member(request: HttpRequest, round: Round, slug: str) -> HttpResponse:
    """Appoint somebody who has no account yet."""
    which = _body(slug)
    form = NewMemberForm(request.POST or None, body=which)
    if form.is_valid() and told(form, lambda: _add(request, round, which, form)):
        messages.success(request, f"Đã thêm {form.cleaned_data['full_name']} vào {which.label}. {INVITE}")
        return redirect("setup:body", round.code, slug)
    return answer(request, "rounds/new_member.html", {"round": round, "body": which, "slug": slug}, form)


@for_who_runs_it
def seat(request: HttpRequest, round: Round, seat_id: Any) -> HttpResponse:
    """One member: post, order and expertise; replace, release."""
    found = _seat(round, seat_id)
    form = _seat_form(round, found, request.POST or None)
    if form.is_valid() and told(form, lambda: _reseat(request, found, form)):
        messages.success(request, f"Đã ghi cương vị của {found.person.full_name}.")
        return redirect("setup:body", round.code, SLUG_OF_BODY[found.body])
    return answer(request, "rounds/seat.html", _seat_context(round, found), form)


@for_who_runs_it
def replace(request: HttpRequest, round: Round, seat_id: Any) -> HttpResponse:
    """Seat another person in the same place."""
    found = _seat(round, seat_id)
    form = ReplaceForm(request.POST or None, people=who_may_sit(round, Body(found.body)))
    left = found.person.full_name
    if form.is_valid() and told(form, lambda: _replace(request, found, form)):
        messages.success(request, f"Đã thay {left} bằng {form.cleaned_data['person'].full_name}.")
        return redirect("setup:body", round.code, SLUG_OF_BODY[found.body])
    return answer(request, "rounds/replace.html", _seat_context(round, found), form)


@require_POST
@for_who_runs_it
def release(request: HttpRequest, round: Round, seat_id: Any) -> HttpResponse:
    """Take a member out."""
    found = _seat(round, seat_id)
    try:
        release_member(found.pk, reason=request.POST.get("reason", ""), actor=person_of(request))
    except DomainError as refused:
        form = _seat_form(round, found)
        context = _seat_context(round, found) | {"form": form, "refused": refused.message}
        return render(request, "rounds/seat.html", context, status=refused.status)
    messages.success(request, f"Đã ghi {found.person.full_name} thôi tham gia.")
    return redirect("setup:body", round.code, SLUG_OF_BODY[found.body])


@of_a_round
def seats_xlsx(request: HttpRequest, round: Round) -> HttpResponse:
    return attachment(seats_workbook(round), f"thanh-vien-{round.code}.xlsx")


def _body(slug: str) -> Body:
    if slug not in BODY_OF_SLUG:
        raise Http404
    return BODY_OF_SLUG[slug]


def _seat(round: Round, seat_id: Any) -> Appointment:
    return get_object_or_404(round.appointments.select_related("person", "round"), pk=seat_id)


def _context(round: Round, which: Body, slug: str, *, may_write: bool) -> dict[str, Any]:
    return {
        "round": round,
        "body": which,
        "slug": slug,
        "seats": round.appointments.filter(body=which).select_related("person__unit", "person__one_time_code"),
        "now": transaction_time(),
        "uninvited": seats_without_code(round, which).count(),
        "changes": round.seat_changes.filter(body=which).select_related("left", "joined", "changed_by"),
        "obstacles": [found for found in member_obstacles(round) if found.part == which.value],
        "law": _law(round, which),
        "may_write": may_write,
    }


def _law(round: Round, which: Body) -> str:
    """What the law says of the body, in one sentence."""
    rules = rules_of(round)
    if which == Body.COUNCIL:
        sizes = " hoặc ".join(str(size) for size in rules["council_sizes"])
        level = rules["level"]
        return (
            f"Hội đồng có {sizes} thành viên; Chủ tịch là {level['council_chair']},"
            f" Phó Chủ tịch thường trực là {level['council_deputy']} (Điều 9)."
        )
    if which == Body.PANEL:
        return "Ban Giám khảo có số lẻ thành viên, có Trưởng ban, do Chủ tịch Hội đồng thành lập (Điều 11)."
    return "Tổ chuyên môn giúp việc do Hội đồng thành lập (khoản 2 Điều 10); không quy định số người."


def _seat_form(round: Round, found: Appointment, typed: QueryDict | None = None) -> SeatForm:
    initial = {"post": found.post, "seat": found.seat, "groups": found.groups}
    return SeatForm(typed, body=found.body, groups=product_groups(round), initial=initial)


def _seat_context(round: Round, found: Appointment) -> dict[str, Any]:
    return {
        "round": round,
        "seat": found,
        "body": Body(found.body),
        "slug": SLUG_OF_BODY[found.body],
        "may_write": round.may(Capability.APPOINT),
        "may_invite": never_signed_in().filter(pk=found.person_id).exists(),
    }


def _appoint(request: HttpRequest, round: Round, which: Body, form: AppointForm) -> None:
    given = form.cleaned_data
    appoint(
        round.pk,
        given["person"],
        body=which,
        post=Post(given["post"]),
        seat=_next_place(round, which),
        actor=person_of(request),
    )


@transaction.atomic
def _add(request: HttpRequest, round: Round, which: Body, form: NewMemberForm) -> None:
    person = add_person(form.person(), actor=person_of(request))
    post = Post(form.cleaned_data["post"])
    appoint(round.pk, person, body=which, post=post, seat=_next_place(round, which), actor=person_of(request))


@transaction.atomic
def _reseat(request: HttpRequest, found: Appointment, form: SeatForm) -> None:
    actor, given = person_of(request), form.cleaned_data
    change_post(found.pk, post=Post(given["post"]), actor=actor)
    if "groups" in given:
        state_expertise(found.pk, given["groups"], actor=actor)
    others = [one.pk for one in found.round.appointments.filter(body=found.body).exclude(pk=found.pk)]
    place = min(given["seat"], len(others) + 1) - 1
    order_members(found.round_id, Body(found.body), [*others[:place], found.pk, *others[place:]], actor=actor)


def _replace(request: HttpRequest, found: Appointment, form: ReplaceForm) -> None:
    given = form.cleaned_data
    replace_member(found.pk, given["person"], reason=given["reason"], actor=person_of(request))


def _next_place(round: Round, which: Body) -> int:
    return round.appointments.filter(body=which).count() + 1
