"""Đắk Lắk's round of the present: open, and with a dossier in every state, so that a visitor finds the desk at work.

Invented from end to end and marked so; the figures of the published rounds know nothing of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from apps.accounts.models import Person
from apps.demo.casting import DemoEntry, Play, cast
from apps.demo.people import gather
from apps.demo.playing import draft_for
from apps.demo.road import open_another
from apps.dossiers.models import Entry, Side
from apps.dossiers.queries.answers import answers_of
from apps.dossiers.services import (
    accept_entry,
    assign_entry,
    file_again,
    refuse_entry,
    save_answer,
    submit_entry,
    withdraw_entry,
)
from apps.dossiers.services.checking import record_check
from apps.dossiers.services.supplements import Asked, ask_supplement, write_note
from apps.facilities.models import Facility
from apps.rounds.models import Round
from tenants.gateways import inside

PRESENT, YEAR = "daklak", 2026
SAYS = "(minh họa)"


@dataclass(frozen=True)
class Scene:
    """One dossier on its way: the draft, who owns it and who screens it."""

    entry: Entry
    owner: Person
    officer: Person

    def file(self) -> None:
        submit_entry(self.entry.pk, is_declared=True, actor=self.owner)

    def check(self, place: str, verdict: str, note: str = "") -> None:
        record_check(self.entry.pk, place, verdict=verdict, note=note, seen="", actor=self.officer)


def open_the_present() -> Round:
    """Open the round and play its scenes in the bound tenant; a dossier that is there already is left as it is."""
    play = cast(PRESENT)
    company = gather(play.judges)
    round = open_another(_today(play), company)
    there = set(round.entries.values_list("name", flat=True))
    for wanted, scene in zip(play.entries, SCENES, strict=False):
        if wanted.name not in there:
            scene(_set(round, wanted, company.officer, is_assisted=scene is _assisted))
    return round


def present_stands() -> bool:
    """Whether every scene has been played."""
    with inside(PRESENT):
        return Entry.objects.filter(round__code=_code()).count() >= len(SCENES)


def _today(play: Play) -> Play:
    return replace(
        play,
        round_code=_code(),
        round_name=f"Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu tỉnh {play.province_name} năm {YEAR}"
        " (dữ liệu minh họa, đang nhận hồ sơ)",
        year=YEAR,
        plan_number=f"09/KH-UBND {SAYS}",
        plan_on=date(YEAR, 3, 16),
    )


def _code() -> str:
    return f"DLK-{YEAR}"


def _set(round: Round, wanted: DemoEntry, officer: Person, *, is_assisted: bool) -> Scene:
    maker = Facility.objects.get(tax_code=wanted.tax_code)
    owner = Person.objects.filter(facilities_served__facility=maker).first() or officer
    actor = officer if is_assisted else owner
    return Scene(draft_for(round, maker, wanted, actor), actor, officer)


def _drafted(scene: Scene) -> None:
    """Left as it is: the facility goes on."""


def _filed(scene: Scene) -> None:
    scene.file()


def _sent_back(scene: Scene) -> None:
    scene.file()
    scene.check("paper:photo_side", "wrong", "Ảnh mờ, không thấy rõ bao bì")
    _ask(scene, [Asked("paper:photo_side", "incorrect", "Chụp lại mặt bên, đủ sáng, rõ bao bì")])
    write_note(scene.entry.pk, side=Side.FACILITY, text=f"Cơ sở đang chụp lại ảnh. {SAYS}", actor=scene.owner)


def _given(scene: Scene) -> None:
    scene.file()
    assign_entry(scene.entry.pk, officer=scene.officer, actor=scene.officer)


def _half_checked(scene: Scene) -> None:
    _given(scene)
    scene.check("paper:photo_front", "good")
    scene.check("paper:business_licence", "missing", "Chỉ có trang đầu")


def _corrected(scene: Scene) -> None:
    """Filed again in a transaction of its own, so that before and after are two moments."""
    _given(scene)
    _ask(scene, [Asked("field:summary", "incomplete", "Nói rõ sản phẩm khác gì hàng cùng loại")])
    said = answers_of(Entry.objects.get(pk=scene.entry.pk).dossier).get("summary", "")
    more = f"{said} Khác hàng cùng loại ở vùng nguyên liệu và cách chế biến. {SAYS}"
    save_answer(scene.entry.pk, "summary", more, base=said, actor=scene.owner)
    file_again(scene.entry.pk, number=2, is_declared=True, actor=scene.owner)


def _accepted(scene: Scene) -> None:
    scene.file()
    accept_entry(scene.entry.pk, actor=scene.officer)


def _refused(scene: Scene) -> None:
    scene.file()
    refuse_entry(scene.entry.pk, reason=f"Sản phẩm mua về đóng gói lại, không do cơ sở sản xuất {SAYS}",
                 actor=scene.officer)  # fmt: skip


def _assisted(scene: Scene) -> None:
    """Typed and filed by the officer; the owner has not confirmed yet."""
    scene.file()


def _withdrawn(scene: Scene) -> None:
    scene.file()
    withdraw_entry(scene.entry.pk, actor=scene.owner, reason=f"Cơ sở để sang kỳ sau {SAYS}")


def _ask(scene: Scene, points: Sequence[Asked]) -> None:
    due_on = timezone.localdate() + timedelta(days=7)
    text = f"Xin cơ sở bổ sung các mục dưới đây rồi gửi lại. {SAYS}"
    ask_supplement(scene.entry.pk, points=points, text=text, due_on=due_on, actor=scene.officer)


SCENES: tuple[Callable[[Scene], None], ...] = (
    _drafted, _sent_back, _filed, _given, _half_checked, _corrected, _accepted, _accepted, _refused, _assisted,
    _withdrawn, _filed,
)  # fmt: skip
