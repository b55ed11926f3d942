"""Who is told what about a dossier. What facilities get and what officials get never share a list.

A facility hears of its dossier in the platform and by mail, an official in the platform; the day's mail to officials
is one digest.
"""

from collections.abc import Iterable
from contextlib import suppress

from django.db.models import Q
from django.urls import reverse

from apps.accounts.models import Person
from apps.accounts.services.signing_up import is_sign_up_open
from apps.dossiers.models import Entry
from tieubieu.errors import DomainError
from tieubieu.notices.models import Audience
from tieubieu.notices.services import tell, write_mail


def tell_facility(entry: Entry, *, subject: str, text: str, key: str = "", url: str = "") -> None:
    """Tell everybody who acts for the facility; where none of them has an address, also the facility's own.

    The letter leads to the dossier, or to the page of ours that `url` names; where nobody has an account to open it
    with, to where one is made, or it says whom to ask.
    """
    people = list(_people_of(entry))
    url = url or facility_page(entry)
    for person in people:
        tell(person, audience=Audience.FACILITIES, subject=subject, text=text, url=url, about=entry, key=key)
    if entry.facility.email and not any(person.email for person in people):
        if not people:
            text, url = _with_a_way_in(text)
        _write(entry, subject, text, url, own_key(entry, key))


def own_key(entry: Entry, key: str) -> str:
    """The key of the letter to the facility's own address."""
    return f"{entry.facility_id}:{key}" if key else ""


def tell_official(person: Person | None, entry: Entry, *, subject: str, text: str, key: str = "") -> None:
    """Tell the person who screens the dossier, in the platform only; nobody when nobody does."""
    if person is not None and person.is_active:
        tell(
            person, audience=Audience.OFFICIALS, subject=subject, text=text, url=desk_page(entry), about=entry,
            key=key, by_mail=False,
        )  # fmt: skip


def desk_page(entry: Entry) -> str:
    return reverse("desk:dossier", args=[entry.pk])


def facility_page(entry: Entry) -> str:
    """Where the facility goes on with its dossier."""
    return reverse("dossiers:tasks", args=[entry.pk])


def _with_a_way_in(text: str) -> tuple[str, str]:
    """What a letter to a facility without an account says of how to get one, and the page that it leads to."""
    said = f"{text}\n\nCơ sở chưa có tài khoản trên hệ thống. "
    if not is_sign_up_open():
        return f"{said}Để xem đầy đủ, xin đề nghị cơ quan tổ chức bình chọn gửi thư mời cấp tài khoản.", ""
    ask = "Để xem đầy đủ, xin mở liên kết này, lập tài khoản rồi đề nghị làm việc cho cơ sở theo mã số thuế."
    return f"{said}{ask}", reverse("sign_up:account")


def _people_of(entry: Entry) -> Iterable[Person]:
    family = Q(facilities_served__facility=entry.facility_id)
    if entry.facility.merged_into_id:
        family |= Q(facilities_served__facility=entry.facility.merged_into_id)
    approved = Q(facilities_served__approved_at__isnull=False)
    return Person.objects.filter(family & approved, is_active=True).distinct()


def _write(entry: Entry, subject: str, text: str, url: str, key: str) -> None:
    """A bad address on the register must not stop a decision; who reads the platform was told there."""
    address = entry.facility.email
    with suppress(DomainError):
        write_mail(address, audience=Audience.FACILITIES, subject=subject, text=text, url=url, key=key)
