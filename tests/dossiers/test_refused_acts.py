"""What was typed for an act that is refused is still in the answer, wherever one can type a reason or a name."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import unescape

import pytest
from browsers import at
from django.test import Client
from portal import Portal, agent, photo

from apps.accounts.models import Person
from apps.dossiers.models import Check, Entry, SavedView, Slot
from apps.dossiers.queries.standing import stamp_of
from apps.dossiers.services import add_paper, withdraw_entry
from apps.facilities.models import Facility, FacilityAgent
from apps.facilities.services.agents import refuse_agent
from apps.facilities.services.registering import propose_facility
from apps.facilities.services.standing import approve_facility
from apps.rounds.models import Round
from apps.rounds.services import revise_plan
from apps.rounds.states import Phase
from tieubieu.audit.models import Event

LONG = "Chưa đủ giấy tờ. " * 40
SHORT = "Chưa rõ người đại diện"


@dataclass(frozen=True)
class Typed:
    """Somebody sends words by a form that stands in a dialog, or by one of the page itself."""

    who: Person
    path: str
    name: str
    dialog: str = ""
    words: str = LONG
    besides: tuple[tuple[str, str], ...] = ()
    overtake: Callable[[], object] | None = None

    @property
    def data(self) -> dict[str, str]:
        return {self.name: self.words, "hop-thoai": self.dialog, **dict(self.besides)}


def sign_up(portal: Portal) -> Typed:
    found = propose_facility(actor=portal.owner, tax_code="0312687878", name="Cơ sở Mới", kind="household")
    officer = portal.stage.officer
    overtake = lambda: approve_facility(found.pk, actor=officer)  # noqa: E731
    return Typed(officer, f"/co-so/{found.pk}/xet/tu-choi/", "reason", "chua-duyet", overtake=overtake)


def agent_request(portal: Portal) -> Typed:
    agent(portal.maker, "nguoi-xin", approved=False)
    found, officer = FacilityAgent.objects.get(person__login="nguoi-xin"), portal.stage.officer
    overtake = lambda: refuse_agent(found.pk, reason="Không quen", actor=officer)  # noqa: E731
    return Typed(officer, f"/co-so/nguoi-lam-thay/{found.pk}/tu-choi/", "reason", found.dialog, overtake=overtake)


def agent_ended(portal: Portal) -> Typed:
    agent(portal.maker, "nguoi-giup")
    found = FacilityAgent.objects.get(person__login="nguoi-giup")
    return Typed(portal.owner, f"/co-so/nguoi-lam-thay/{found.pk}/tu-choi/", "reason", found.dialog)


def plan_taken_back(portal: Portal) -> Typed:
    stage = portal.stage
    Round.objects.filter(pk=stage.round.pk).update(phase=Phase.PLANNED)
    overtake = lambda: revise_plan(stage.round.pk, reason="Sửa trước", actor=stage.officer)  # noqa: E731
    path = f"/ky-binh-chon/{stage.round.code}/thiet-lap/sua-lai/"
    return Typed(stage.officer, path, "reason", "sua-lai", overtake=overtake)


def withdrawal(portal: Portal) -> Typed:
    entry = portal.filed()
    overtake = lambda: withdraw_entry(entry.pk, actor=portal.owner)  # noqa: E731
    return Typed(portal.owner, f"/ho-so/{entry.pk}/rut/", "ly-do", "rut-ho-so", overtake=overtake)


def conclusion(portal: Portal) -> Typed:
    entry = portal.filed()
    path = f"/kiem-tra/{entry.pk}/khong-hop-le/"
    besides = (("da-thay", stamp_of(entry)),)
    return Typed(portal.stage.officer, path, "ly_do", "khong-hop-le", besides=besides)


def caption(portal: Portal) -> Typed:
    entry = portal.draft()
    paper = add_paper(entry.pk, Slot.PHOTO_FRONT, photo(), actor=portal.owner)
    return Typed(portal.owner, f"/ho-so/{entry.pk}/tep/{paper.pk}/doi/", "chu-thich")


def view_name(portal: Portal) -> Typed:
    return Typed(portal.stage.officer, "/kiem-tra/cach-xem/", "ten", besides=(("nguoi", "toi"),))


def checked_line(portal: Portal) -> Typed:
    entry = portal.filed()
    besides = (("muc", "field:summary"), ("ket-qua", "bad"))
    return Typed(portal.stage.officer, f"/kiem-tra/{entry.pk}/muc/", "ghi-chu", besides=besides)


def beginning(portal: Portal) -> Typed:
    portal.draft("Cacao")
    besides = (("co-so", str(portal.maker.pk)), ("cau", "nhom"), ("loai", "mot"), ("nhom", "2"))
    return Typed(portal.owner, f"/ho-so/moi/{portal.stage.round.pk}/", "ten", words="Cacao", besides=besides)


IN_DIALOGS = [sign_up, agent_request, agent_ended, plan_taken_back, withdrawal, conclusion]
ON_PAGES = [caption, view_name, checked_line, beginning]
OVERTAKEN = [sign_up, agent_request, plan_taken_back, withdrawal]


def everything() -> list[object]:
    """What the acts of this file could have changed."""
    return [
        list(Facility.objects.order_by("pk").values_list("standing", "standing_reason")),
        list(FacilityAgent.objects.order_by("pk").values_list("approved_at", "refused_at")),
        list(Round.objects.order_by("pk").values_list("phase", "rules_digest")),
        list(Entry.objects.order_by("pk").values_list("name", "state", "reason", "papers__caption")),
        SavedView.objects.count(),
        Check.objects.count(),
        Event.objects.count(),
    ]


def is_kept(page: str, typed: Typed) -> bool:
    return typed.words.strip() in page


def is_open(page: str, dialog: str) -> bool:
    return re.search(rf'<dialog class="dialog" id="{dialog}"[^>]* data-opened', page) is not None


def sent(client: Client, typed: Typed) -> tuple[int, str]:
    answer = client.post(typed.path, typed.data)
    return answer.status_code, unescape(answer.content.decode())


@pytest.mark.parametrize("made", [*IN_DIALOGS, *ON_PAGES], ids=lambda made: made.__name__)
def test_words_that_are_refused_are_still_there_and_nothing_changed(at_the_portal, made):
    typed = made(at_the_portal)
    before = everything()

    status, page = sent(at("daklak", typed.who), typed)

    assert (status // 100, status != 404) == (4, True)
    assert is_kept(page, typed)
    assert not typed.dialog or is_open(page, typed.dialog)
    assert everything() == before


@pytest.mark.parametrize("made", OVERTAKEN, ids=lambda made: made.__name__)
def test_whoever_comes_second_still_has_the_words_when_the_form_is_gone(at_the_portal, made):
    typed = replace(made(at_the_portal), words=SHORT)
    assert typed.overtake is not None
    typed.overtake()
    before = everything()

    status, page = sent(at("daklak", typed.who), typed)

    assert status in (403, 409)
    assert is_kept(page, typed)
    assert everything() == before


def test_only_the_dialog_that_was_sent_opens_and_holds_the_words(at_the_portal):
    agent(at_the_portal.maker, "nguoi-khac", approved=False)
    other = FacilityAgent.objects.get(person__login="nguoi-khac")
    typed = agent_request(at_the_portal)

    _, page = sent(at("daklak", typed.who), typed)

    assert is_open(page, typed.dialog)
    assert not is_open(page, other.dialog)
    assert page.count(f">{typed.words.strip()}") == 1


def test_a_page_that_is_merely_shown_again_would_hold_nothing(at_the_portal):
    """A control: what the answer to a redirect would be."""
    typed = sign_up(at_the_portal)

    page = unescape(at("daklak", typed.who).get(typed.path.replace("xet/tu-choi/", "")).content.decode())

    assert f'id="{typed.dialog}"' in page
    assert not is_open(page, typed.dialog)
    assert not is_kept(page, typed)
