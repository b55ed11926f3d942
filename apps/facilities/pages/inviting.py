"""Inviting somebody to act for a facility, and accepting: by link or by code, with or without an account."""

from uuid import UUID

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache

from apps.accounts.doors import must_do, person_of
from apps.accounts.services.signing_up import open_account
from apps.facilities.forms.sign_up import TRAP, AccountForm
from apps.facilities.models import AgentInvitation, AgentKind
from apps.facilities.pages.facility import visible
from apps.facilities.pages.sign_up import BACKEND, MOST_ACCOUNTS
from apps.facilities.services.invitations import accept_invitation, by_code, by_token, invite, shown, token_of
from tieubieu.errors import DomainError
from tieubieu.throttle import count_try

MOST_CODES = 20


class InviteForm(forms.Form):
    kind = forms.ChoiceField(
        label="Mời với tư cách", choices=AgentKind.choices, initial=AgentKind.STAFF, widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label="Thư điện tử của người được mời", required=False, help_text="Để trống nếu trao mã hoặc bản in tận tay."
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Mã lời mời", max_length=30, help_text="10 chữ và số trên giấy mời.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )  # fmt: skip


@login_required
@never_cache
def invite_one(request: HttpRequest, facility_id: UUID) -> HttpResponse:
    """The code and its QR are shown once, to be printed or read out."""
    found = visible(request, facility_id)
    must_do(request, "facilities.agent.invite", found)
    form = InviteForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "facility": found}
        return render(request, "facilities/invite.html", context, status=422 if form.is_bound else 200)
    kind, email = AgentKind(form.cleaned_data["kind"]), form.cleaned_data["email"]
    invitation, code = invite(
        found.pk, kind=kind, email=email, path=reverse("sign_up:by_code"), actor=person_of(request)
    )
    link = request.build_absolute_uri(reverse("sign_up:invitation", args=[token_of(invitation)]))
    drawn = segno.make(link, error="m").svg_inline(scale=4, svgclass="qr", lineclass=None, omitsize=False)
    context = {"facility": found, "code": shown(code), "link": link, "email": email, "kind": kind.label}
    return render(request, "facilities/invited.html", {**context, "qr": mark_safe(drawn)})  # noqa: S308 - drawn here


def typed_code(request: HttpRequest) -> HttpResponse:
    """The code from a letter leads to the same page as its link."""
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            count_try(request, "invitation", most=MOST_CODES)
            return redirect("sign_up:invitation", token_of(by_code(form.cleaned_data["code"])))
        except DomainError as refused:
            form.add_error("code", refused.message)
    return render(request, "facilities/invitation_code.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept with the account that is signed in, or make one here."""
    try:
        found = by_token(token)
    except DomainError as gone:
        return render(request, "facilities/invitation_gone.html", {"words": gone.message}, status=404)
    if request.user.is_authenticated:
        return _accept_or_ask(request, found)
    form = AccountForm(request.POST or None, initial={"login": found.email})
    if form.is_bound and form.is_valid() and not form.is_trapped:
        try:
            count_try(request, "sign_up", most=MOST_ACCOUNTS)
            person = open_account(**form.cleaned_data, is_invited=True)
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            login(request, person, backend=BACKEND)
            return _accept(request, found)
    context = {"form": form, "trap": TRAP, "invitation": found}
    return render(request, "facilities/invitation.html", context, status=422 if form.is_bound else 200)


def _accept_or_ask(request: HttpRequest, found: AgentInvitation) -> HttpResponse:
    if request.method == "POST":
        return _accept(request, found)
    return render(request, "facilities/invitation_accept.html", {"invitation": found})


def _accept(request: HttpRequest, found: AgentInvitation) -> HttpResponse:
    try:
        facility = accept_invitation(found.pk, actor=person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
        return redirect("facilities:mine")
    messages.success(request, f"Từ nay được làm việc cho {facility.name}.")
    return redirect("facilities:facility", facility.pk)
