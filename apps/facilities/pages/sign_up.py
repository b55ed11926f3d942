"""Sign-up at the facilities' door, one step after the other; the account made first lets one go on elsewhere."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from apps.accounts.doors import person_of
from apps.accounts.services.signing_up import is_sign_up_open, open_account
from apps.facilities.forms.sign_up import TRAP, AccountForm, AskForm, OwnFacilityForm, TaxCodeForm
from apps.facilities.models import AgentKind, Facility
from apps.facilities.pages.ground import ground_of, province_code_of
from apps.facilities.services.agents import ask_to_act, propose_own_facility
from tieubieu.errors import DomainError
from tieubieu.lib import taxcode
from tieubieu.throttle import count_try

BACKEND = "django.contrib.auth.backends.ModelBackend"
MOST_ACCOUNTS, MOST_CODES = 20, 60


def sign_up(request: HttpRequest) -> HttpResponse:
    """The account; whoever has one goes on to the facility."""
    if request.user.is_authenticated:
        return redirect("sign_up:facility")
    if not is_sign_up_open():
        return render(request, "facilities/sign_up_closed.html")
    form = AccountForm(request.POST or None)
    if form.is_bound and form.is_valid() and not form.is_trapped:
        try:
            count_try(request, "sign_up", most=MOST_ACCOUNTS)
            person = open_account(**form.cleaned_data)
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            login(request, person, backend=BACKEND)
            return redirect("sign_up:facility")
    context = {"form": form, "trap": TRAP}
    return render(request, "facilities/sign_up.html", context, status=422 if form.is_bound else 200)


@login_required
def facility(request: HttpRequest) -> HttpResponse:
    """The tax code decides: a facility that is known is asked for, one that is not is written down."""
    form = TaxCodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            count_try(request, "tax_code", most=MOST_CODES)
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            tax_code = form.cleaned_data["tax_code"]
            is_known = Facility.objects.filter(tax_code=tax_code).exists()
            return redirect("sign_up:ask" if is_known else "sign_up:own", tax_code)
    return render(request, "facilities/sign_up_code.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
def ask(request: HttpRequest, tax_code: str) -> HttpResponse:
    """Ask to act for a facility that the register has; nothing of it is shown."""
    found = Facility.objects.filter(tax_code=tax_code).select_related("merged_into").first()
    if found is None:
        return redirect("sign_up:facility")
    form = AskForm(request.POST or None)
    if form.is_bound and form.is_valid():
        ask_to_act(found, kind=AgentKind(form.cleaned_data["kind"]), actor=person_of(request))
        messages.success(
            request, "Đã gửi đề nghị. Sở Công Thương hoặc chủ cơ sở sẽ trả lời; kết quả báo ở mục Thông báo."
        )
        return redirect("facilities:mine")
    context = {"form": form, "tax_code": tax_code}
    return render(request, "facilities/sign_up_ask.html", context, status=422 if form.is_bound else 200)


@login_required
def own(request: HttpRequest, tax_code: str) -> HttpResponse:
    """Write down a facility that nobody knows yet; its owner may go on at once."""
    form = OwnFacilityForm(request.POST or None, units=ground_of(request).units)
    if form.is_bound and form.is_valid():
        person = person_of(request)
        contact = {"phone": person.phone, "email": person.email, "representative": person.full_name}
        try:
            made = propose_own_facility(
                actor=person, tax_code=tax_code, province_code=province_code_of(request), **form.cleaned_data, **contact
            )
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, f"Đã ghi {made.name}. Cơ sở soạn hồ sơ được ngay trong lúc chờ Sở duyệt.")
            return redirect("facilities:mine")
    context = {"form": form, "tax_code": tax_code, "warning": _warning(tax_code)}
    return render(request, "facilities/sign_up_own.html", context, status=422 if form.is_bound else 200)


def _warning(tax_code: str) -> str:
    """What is odd about the code, such as a check digit that does not fit; an illegal one is refused later."""
    try:
        return taxcode.check(tax_code).warning or ""
    except taxcode.InvalidTaxCode:
        return ""
