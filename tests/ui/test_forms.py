"""Every form of the filing half keeps what was typed, says what is wrong beside it, and breaks over nothing."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from browsers import at
from campaigns import WORDS
from desks import filed, owner
from django import forms
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from makers import TAN_LAP, commune_officer, made
from reading import Read, forms_of, told_beside
from stage import Stage, person

from apps.accounts.models import OrganisationalUnit, Person, Role
from apps.dossiers.fieldbook import Field, Form
from apps.dossiers.models import Entry, SavedView
from apps.dossiers.services import Subject, begin_entry
from apps.dossiers.services.forms import add_field
from apps.facilities.forms.sign_up import TRAP
from apps.facilities.models import CraftVillage, Facility
from apps.nominations.pages.proposals import SendForm
from apps.nominations.services import propose
from apps.outreach.criteria import Criteria
from apps.outreach.services import plan_campaign
from apps.rounds.models import Appointment, Level, Round
from apps.rounds.services import plan_round
from tieubieu import requests

pytestmark = pytest.mark.usefixtures("in_daklak")

TYPED = "Chữ gõ thử"
TOO_LONG = "a" * 6000
ROW = re.compile(r".+-\d+-")  # of a form with many like lines
MOST_FIELDS = 4  # of one form, each attacked by itself
TOLD = re.compile(r'(class="error[^"]*"|role="alert")(?![^>]*hidden)[^>]*>|class="notice notice-wrong"')
SENTENCE = re.compile(r"[A-ZĐÀ-Ỹ“][^<>]{6,}[.?!:]")
HOSTILE = [
    "\0", "\u202egnp.exe", "a" * 6000, "9" * 5000, "-1", "1e400", "NaN", "٣٤", "99/99/9999", "31/02/2026", "25:61",
    "<script>alert(1)</script>", "{{ 7*7 }}", "\n\n", "𝕏" * 300, "None", "́" * 40,
]  # fmt: skip


@dataclass
class Scene:
    """A province at work: a round in planning, one that takes dossiers, facilities, a proposal, a campaign."""

    stage: Stage
    draft: Round
    administrator: Person
    newcomer: Person
    owner: Person
    local: Person
    maker: Facility
    twin: Facility
    entry: Entry
    filed: Entry
    found: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A page with a form: whose browser, where, which form of the page by its action's end, and what makes it wrong."""

    who: str
    address: str
    wrong: dict[str, str] = field(default_factory=dict)
    action: str = ""


SETUP, PEOPLE, FACILITY = "/ky-binh-chon/{draft.code}/thiet-lap", "/tai-khoan", "/co-so/{maker.pk}"
DESK, DOSSIER = "/kiem-tra/{filed.pk}/", "/ho-so/{entry.pk}/"
PLACES = [
    Place("officer", "/ky-binh-chon/moi/"),
    Place("officer", f"{SETUP}/ke-hoach/"),
    Place("officer", f"{SETUP}/can-cu/sua/"),
    Place("officer", f"{SETUP}/quy-dinh/"),
    Place("officer", f"{SETUP}/khung-diem/chung/"),
    Place("officer", f"{SETUP}/so-luong-muc-thuong/"),
    Place("officer", f"{SETUP}/thoi-han/"),
    Place("officer", f"{SETUP}/thoi-han/filing/"),
    Place("officer", f"{SETUP}/to-chuc/hoi-dong/nguoi-moi/"),
    Place("officer", "/ky-binh-chon/{round.code}/thiet-lap/thanh-vien/{seat.pk}/"),
    Place("officer", "/ky-binh-chon/{round.code}/thiet-lap/thanh-vien/{seat.pk}/thay/", {"reason": ""}),
    Place("officer", "/ky-binh-chon/lich/", action=""),
    Place("officer", "/co-so/moi/"),
    Place("officer", "/co-so/lang-nghe/moi/"),
    Place("officer", "/co-so/lang-nghe/{village.pk}/"),
    Place("officer", f"{FACILITY}/sua/"),
    Place("owner", f"{FACILITY}/lien-he/"),
    Place("owner", f"{FACILITY}/so-lieu/2025/"),
    Place("owner", f"{FACILITY}/moi-nguoi/"),
    Place("visitor", f"{PEOPLE}/dang-ky/", {"login": "12"}),
    Place("newcomer", f"{PEOPLE}/dang-ky/co-so/"),
    Place("newcomer", f"{PEOPLE}/dang-ky/co-so/0300588569/moi/", {"name": ""}),
    Place("visitor", f"{PEOPLE}/dang-ky/loi-moi/"),
    Place("administrator", f"{PEOPLE}/nguoi-dung/moi/"),
    Place("administrator", f"{PEOPLE}/nguoi-dung/{{owner.pk}}/sua/"),
    Place("administrator", f"{PEOPLE}/don-vi/moi/", {"name": ""}),
    Place("administrator", f"{PEOPLE}/don-vi/{{unit.pk}}/", {"name": ""}),
    Place("visitor", f"{PEOPLE}/ma-mot-lan/"),
    Place("local", "/de-cu/de-nghi/{proposal.pk}/", action="/gui/"),
    Place("officer", "/van-dong/moi/{round.code}/", {"subject": ""}),
    Place("officer", "/van-dong/{campaign.pk}/sua/", {"subject": ""}),
    Place("officer", f"{DESK}bo-sung/"),
    Place("officer", DESK, {"ly_do": " "}, "/khong-hop-le/"),
    Place("officer", DESK, {"noi_dung": "x" * 4001}, "/trao-doi/"),
    Place("owner", f"{DOSSIER}san-pham/", {"ten": ""}),
    Place("owner", f"{DOSSIER}buoc/revenue/", action="/buoc/revenue/"),
    Place("owner", f"{DOSSIER}buoc/licence_on/", action="/buoc/licence_on/"),
    Place("owner", f"{DOSSIER}muc/business/", action=""),
    Place("owner", "/ho-so/{filed.pk}/trao-doi/", {"noi-dung": "x" * 4001}),
    Place("officer", "/ho-so/mau/them/"),
    Place("officer", "/ho-so/mau/o/lao_dong_nu/", {"label": ""}),
]  # fmt: skip


@pytest.fixture
def scene() -> Scene:
    cache.clear()
    stage = filed(1)
    maker = stage.entries[0].facility
    draft = plan_round(
        code="NHAP-2026",
        level=Level.PROVINCE,
        year=2026,
        ordinal=2,
        name="Kỳ nháp",
        area_code="66",
        actor=stage.officer,
    )
    theirs = owner(maker)
    local = commune_officer(TAN_LAP)
    village = CraftVillage.objects.create(
        name="Làng gốm", commune_code=TAN_LAP, recognised_on="2010-01-01", decision="12/QĐ"
    )
    unit = OrganisationalUnit.objects.create(name="Phòng Quản lý công nghiệp")
    entry = begin_entry(stage.round.pk, maker, Subject("Bột cacao", "2"), actor=theirs)
    add_field(
        Field("lao_dong_nu", Form.REGISTRATION, "business", "Lao động nữ", help="Ví dụ: 9"), actor=stage.officer
    )  # fmt: skip
    neighbour = made("Hợp tác xã số 0", "0312687878", commune_code=TAN_LAP)
    stage.round.refresh_from_db()
    local_entry = begin_entry(stage.round.pk, neighbour, Subject("Chè", "2"), actor=local)
    proposal = propose(stage.round.pk, TAN_LAP, [local_entry.pk], actor=local)
    campaign = plan_campaign(stage.round.pk, WORDS, criteria=Criteria(), actor=stage.officer)
    found = {
        "village": village, "unit": unit, "proposal": proposal, "campaign": campaign, "round": stage.round,
        "seat": Appointment.objects.filter(round=stage.round).first(),
    }  # fmt: skip
    administrator = person("quan-tri", Role.ADMINISTRATOR)
    return Scene(
        stage, draft, administrator, person("moi-den"), theirs, local, maker, neighbour, entry, stage.entries[0], found
    )


def browser(scene: Scene, who: str) -> Client:
    if who == "officer":
        return at("daklak", scene.stage.officer)
    return at("daklak") if who == "visitor" else at("daklak", getattr(scene, who))


def opened(scene: Scene, place: Place) -> tuple[Client, str, Read]:
    """The page's form: the one that is named, else the one into which most is typed."""
    client = browser(scene, place.who)
    address = place.address.format(**vars(scene), **scene.found)
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    found = [one for one in forms_of(page.content.decode()) if one.action.endswith(place.action)]
    form = max(found, key=lambda one: len(one.typed))
    assert form.typed, (address, place.action)
    return client, form.action or address, form


def undone(act: Callable[[], Any]) -> Any:
    """What comes of it, with nothing left behind."""
    with transaction.atomic():
        answer = act()
        transaction.set_rollback(True)
    return answer


def words_after(page: str, place: int) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page[place:]))[:400]


def lost(scene: Scene, place: Place) -> object:
    """What is wrong with how the form answers to what cannot be used; nothing when all is well."""
    client, action, form = opened(scene, place)
    typed = dict.fromkeys(form.typed - form.secret - {TRAP}, TYPED) | place.wrong
    answer = undone(lambda: client.post(action, form.fields | typed))
    page = answer.content.decode()
    if answer.status_code not in (409, 422):
        return answer.status_code
    again = {name: value for one in forms_of(page) for name, value in one.fields.items() if name in typed}
    gone = {name: again.get(name) for name, value in typed.items() if again.get(name, "").strip() != value.strip()}
    told = [SENTENCE.search(words_after(page, place.end())) for place in TOLD.finditer(page)]
    return gone or (None if any(told) else "says nothing")


def misplaced(scene: Scene, place: Place) -> object:
    """What is wrong with where the form says what is wrong, one field after the other being spoiled and the others left
    as they stood; "unproven" when none of them can be spoiled. The rest of its own row may be asked for as well."""
    client, action, form = opened(scene, place)
    before = _beside(client, action, form.fields) or {}
    found, faults = 0, {}
    for name in sorted(form.typed - {TRAP}):
        told = _beside(client, action, form.fields | {name: place.wrong.get(name, TOO_LONG)})
        new = {other for other, words in (told or {}).items() if before.get(other) != words}
        if told is None or (not new and name not in told):
            continue  # what was typed was taken
        found += 1
        row = ROW.match(name)
        elsewhere = {other for other in new - {name} if not (row and other.startswith(row[0]))}
        if name not in told or elsewhere:
            faults[name] = told
    return faults or (None if found else "unproven")


def _beside(client: Client, action: str, values: dict[str, str]) -> dict[str, str] | None:
    """What is told beside which field; None when the values were taken."""
    answer = undone(lambda: client.post(action, values))
    return told_beside(answer.content.decode()) if answer.status_code in (409, 422) else None


def test_every_form_says_what_is_wrong_beside_the_field_that_is_wrong(scene):
    faults = {f"{place.address} {place.action}": fault for place in PLACES if (fault := misplaced(scene, place))}

    assert faults == {}


def test_words_beside_the_wrong_field_would_be_seen(scene, monkeypatch):
    """A control: what is said of the number of a letter is put beside its day."""
    told = SendForm.full_clean

    def put_wrong(form: forms.Form) -> None:
        told(form)
        if "number" in form.errors:
            form.errors["signed_on"] = form.errors.pop("number")

    monkeypatch.setattr(SendForm, "full_clean", put_wrong)

    assert misplaced(scene, next(place for place in PLACES if place.action == "/gui/"))


def test_every_form_keeps_what_was_typed_and_says_what_is_wrong(scene):
    faults = {f"{place.address} {place.action}": fault for place in PLACES if (fault := lost(scene, place))}

    assert faults == {}


@pytest.mark.parametrize(
    ("who", "address", "typed"),
    [
        ("officer", f"{SETUP}/chep/", {"source": "KHONG-CO", "start": TYPED}),
        (
            "owner",
            "/ho-so/moi/{round.pk}/",
            {"co-so": "{maker.pk}", "cau": "ten", "loai": "a", "ten": TYPED, "gom": "Ấm"},
        ),
    ],
)
def test_what_is_asked_in_an_address_is_kept_too(scene, who, address, typed):
    known = {**vars(scene), **scene.found}

    answer = browser(scene, who).get(
        address.format(**known), {name: value.format(**known) for name, value in typed.items()}
    )

    assert answer.status_code == 422
    assert f'value="{TYPED}"' in answer.content.decode()
    assert TOLD.search(answer.content.decode())


def attacks(form: Read) -> Iterator[dict[str, str]]:
    """Everything hostile at once, and one field after the other among those that are good."""
    typed = sorted(form.typed)
    for shift in range(2):
        values = [*HOSTILE[shift * 8 :], *HOSTILE]
        yield form.fields | dict(zip(typed, values * len(typed), strict=False))
    yield form.fields | dict.fromkeys(set(form.fields) | set(form.chosen), HOSTILE[3])
    for place, name in enumerate(typed[:MOST_FIELDS]):
        yield form.fields | {name: HOSTILE[place % len(HOSTILE)]}


def test_no_hostile_value_breaks_a_form(scene):
    broken = {}
    for place in PLACES:
        client, action, form = opened(scene, place)
        for told in attacks(form):
            try:
                status = undone(partial(client.post, action, told)).status_code
            except Exception as fault:
                status = f"{type(fault).__name__}: {fault}"[:300]
            if not isinstance(status, int) or status >= 500:
                broken[place.address] = (told, status)

    assert broken == {}


def test_a_form_that_forgot_would_be_seen(scene, monkeypatch):
    """A control: the page is drawn without what was typed."""
    monkeypatch.setattr(SendForm, "__init__", lambda form, *_: forms.Form.__init__(form, {}))

    assert lost(scene, next(place for place in PLACES if place.action == "/gui/"))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=some.data())
def test_no_mixture_of_values_breaks_a_form(scene, data):
    place = data.draw(some.sampled_from(PLACES))
    client, action, form = opened(scene, place)
    days = some.dates().map(lambda day: f"{day:%d/%m/%Y}")
    values = some.one_of(some.sampled_from(HOSTILE), some.text(max_size=30), days)
    told = {name: data.draw(values) for name in form.fields}

    answer = undone(lambda: client.post(action, {n: v.encode(errors="replace").decode() for n, v in told.items()}))

    assert answer.status_code < 500


KEPT_VIEW = ("/kiem-tra/cach-xem/", {"ten": "Gần\0 hạn"})


def test_nul_is_left_out_of_a_form_and_the_rest_is_kept(scene):
    browser(scene, "officer").post(*KEPT_VIEW)

    assert SavedView.objects.get().name == "Gần hạn"


def test_what_holds_nul_would_be_refused_otherwise(scene, monkeypatch):
    """A control."""
    monkeypatch.setattr(requests, "_leave_nul_out", lambda request: None)

    assert browser(scene, "officer").post(*KEPT_VIEW).status_code == 422
    assert not SavedView.objects.exists()
