"""One run: a panel saves its marks as the clock says, nothing acknowledged is lost, and the sheets are scored."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.conf import settings
from django.db import connection

from apps.dossiers.measuring.crowd import PROVINCE
from apps.judging.measuring import proof, scoring
from apps.judging.measuring.crowd import Panel, gather
from tenants.benchmarks.arrivals import Served, Step, open_loop
from tenants.benchmarks.figures import Figure, number, proof_figure
from tenants.benchmarks.provinces import database_of_our_own, raise_province
from tenants.benchmarks.site import Site, served
from tenants.gateways import inside

DATABASE, SLUG = "tieubieu_benchmark_judging", "dochamdiem1"
HOME = "/cham-diem/"
EVERY_SECONDS = 5
SHOWN = 3


@dataclass
class Saving:
    """The panel saves box after box; what the site said it has kept is noted down, to be proven."""

    site: Site
    panel: Panel
    kept: dict[tuple[UUID, str], Decimal] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def supply(self) -> int:
        return len(self.panel.judges) * len(self.panel.boxes) * len(self.panel.judges[0].sheets)

    def save(self, n: int) -> str:
        """The n-th save: every judge's next box, as the page of a sheet does it."""
        judge, place = self.panel.judges[n % len(self.panel.judges)], n // len(self.panel.judges)
        sheet, (box, most) = judge.sheets[place // len(self.panel.boxes)], self._box(place)
        value = (most * (50 + n % 51) / 100).quantize(Decimal("0.01"))
        body = json.dumps({"criterion": box, "value": str(value), "version": 0, "base": ""}).encode()
        answer = self.site.post(f"/cham-diem/{sheet}/luu/", judge.session, body, "application/json")
        if answer.status == HTTPStatus.OK:
            with self._lock:
                self.kept[sheet, box] = value
        return answer.refused(HTTPStatus.OK)

    def _box(self, place: int) -> tuple[str, Decimal]:
        return list(self.panel.boxes.items())[place % len(self.panel.boxes)]


def run(*, tell: Callable[[str], object], seconds: int, judges: int) -> list[Figure]:
    """Measure once, in a database of its own: so many judges save for so many seconds."""
    tell("Dựng một tỉnh để đo, trong cơ sở dữ liệu riêng …")
    with TemporaryDirectory(prefix="tieubieu-do-") as folder, database_of_our_own(DATABASE, SLUG):
        raise_province(SLUG, PROVINCE)
        return measure(SLUG, Path(folder), tell=tell, seconds=seconds, judges=judges)


def measure(slug: str, folder: Path, *, tell: Callable[[str], object], seconds: int, judges: int) -> list[Figure]:
    """Measure in the fresh province of this slug, in the database at hand."""
    host = f"{slug}.{settings.BASE_HOST}"
    with inside(slug):
        panel = gather(judges)
    with served(str(connection.settings_dict["NAME"]), host, folder.as_uri(), folder / "web.log") as site:
        saving = Saving(site, panel)
        tell(f"{judges} giám khảo tự động lưu, mỗi người {EVERY_SECONDS} giây một lần, trong {seconds} giây …")
        step = _kept_up(saving, seconds)
    tell("Đối chiếu từng lời báo đã lưu với cơ sở dữ liệu, rồi tính kết quả …")
    with inside(slug):
        lost = proof_figure("Điểm báo đã lưu mà không có", len(saving.kept), proof.lost_marks(saving.kept))
        return [*_figures_of(step, judges, seconds), lost, *scoring.figures(panel)]


def _kept_up(saving: Saving, seconds: int) -> Step:
    """Every judge is due at a moment of their own, and again every five seconds; each thread is warm before."""
    open_loop(lambda n: _visit(saving, n), [0.0] * len(saving.panel.judges))
    rate = len(saving.panel.judges) / EVERY_SECONDS
    due = [n / rate for n in range(min(int(rate * seconds), saving.supply))]
    return Step(rate, tuple(open_loop(saving.save, due)))


def _visit(saving: Saving, n: int) -> str:
    return saving.site.get(HOME, saving.panel.judges[n].session).refused(HTTPStatus.OK)


def _figures_of(step: Step, judges: int, seconds: int) -> list[Figure]:
    slowest = max(step.served, key=_seconds)
    note = f"{len(step.served)} lần lưu của {judges} giám khảo trong {seconds} s, tính từ lúc đến hẹn"
    return [
        Figure("Nhịp lưu của cả Ban Giám khảo", step.rate, "lần/s", None, note),
        Figure("  p50", step.middle * 1000, "ms", None),
        Figure("  p99", step.slow * 1000, "ms", None, f"chậm nhất {number(slowest.seconds * 1000)} ms"),
        Figure("  lần lỗi", len(step.failures), "lần", 0, "; ".join(step.failures[:SHOWN])),
    ]


def _seconds(one: Served) -> float:
    return one.seconds
