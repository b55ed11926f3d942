"""One run: a province of its own, three acts alone and at rising rates, and the proof that nothing was lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection

from apps.dossiers.measuring import acts, bare, photos, proof
from apps.dossiers.measuring.acts import Act, Kept
from apps.dossiers.measuring.crowd import PROVINCE, Crowd, gather
from apps.dossiers.measuring.telling import Measured, Relative, figures_of
from tenants.benchmarks.arrivals import Ladder, climb, keep_up, one_by_one, open_loop, percentile
from tenants.benchmarks.figures import Figure, number, proof_figure
from tenants.benchmarks.provinces import database_of_our_own, raise_province
from tenants.benchmarks.site import Site, served
from tenants.gateways import inside
from tieubieu.binding.storage import open_storage

DATABASE, SLUG = "tieubieu_benchmark_filing", "dotocdo1"
WRITERS, PHOTOS = 120, 4
SIMPLE_PAGE, HOME = "/tai-khoan/dang-nhap/", "/ho-so/"
VISITORS = 48
# As many acts alone as a person would have patience for, for each second of a rate.
ALONE = 15
# Beginning a little below what one person alone gets: a rate that holds is found in few steps, on a slower machine too.
FIRST = 0.8


@dataclass(frozen=True)
class Kind:
    """One act as it is measured. `bound` is the seconds within which 99 of 100 must be answered."""

    name: str
    act: Act
    bound: float
    alone: int
    seconds: float
    most: int


@dataclass(frozen=True)
class Plan:
    """How long each rate is kept up, how many dossiers lie ready, how many must have come before a p99 is told."""

    seconds: int
    filings: int
    arrivals: int


def run(*, tell: Callable[[str], object], seconds: int, filings: int, arrivals: int) -> list[Figure]:
    """Measure once, in a database of its own: `seconds` is how long each rate is kept up, `filings` how many dossiers
    lie ready to be filed, `arrivals` how often each act is asked for, at the least, at the rate that it bears."""
    tell("Dựng một tỉnh để đo, trong cơ sở dữ liệu riêng …")
    with (
        TemporaryDirectory(prefix="tieubieu-do-") as folder,
        ThreadPoolExecutor(1) as camera,
        database_of_our_own(DATABASE, SLUG),
    ):
        taken = camera.submit(take_all)  # the migrations keep one core busy, the camera another
        raise_province(SLUG, PROVINCE)
        plan = Plan(seconds, filings, arrivals)
        return measure(SLUG, Path(folder), taken.result(), plan, tell=tell)


def measure(slug: str, folder: Path, taken: list[bytes], plan: Plan, *, tell: Callable[[str], object]) -> list[Figure]:
    """Measure in the fresh province of this slug, in the database at hand; what is uploaded lies in the folder."""
    kept, host = Kept(), f"{slug}.{settings.BASE_HOST}"
    with inside(slug):
        crowd = gather(WRITERS + plan.filings + 1)
    with served(str(connection.settings_dict["NAME"]), host, folder.as_uri(), folder / "web.log") as site:
        _warm_up(site, crowd)
        measured = [_measure(kind, plan.arrivals, tell) for kind in _kinds(site, crowd, taken, kept, plan.seconds)]
        pages = one_by_one(lambda n: site.get(SIMPLE_PAGE).refused(200), range(40))
    tell("Đối chiếu từng lời báo đã nhận với cơ sở dữ liệu …")
    with inside(slug):
        relatives = _relatives(percentile([one.seconds for one in pages], 50), crowd, taken)
        proofs = _proofs(kept, folder)
    told = [figures_of(one, near) for one, near in zip(measured, relatives, strict=True)]
    return [*(figure for figures in told for figure in figures), *proofs]


def take_all() -> list[bytes]:
    """The photos of one run."""
    return [photos.take(n) for n in range(PHOTOS)]


def _kinds(site: Site, crowd: Crowd, taken: list[bytes], kept: Kept, seconds: int) -> list[Kind]:
    writers, filers = crowd.drafts[1 : WRITERS + 1], crowd.drafts[WRITERS + 1 :]
    size = number(sum(len(photo) for photo in taken) / len(taken) / 1e6)
    saving = acts.saving(site, writers, crowd.boxes, kept)
    uploading = acts.uploading(site, writers, taken, kept)
    return [
        Kind("Lưu một câu trả lời", saving, bound=0.3, alone=ALONE * seconds, seconds=seconds, most=3),
        Kind(f"Tải lên một ảnh {size} MB", uploading, bound=6, alone=2 * seconds, seconds=3 * seconds, most=2),
        Kind(
            "Gửi một hồ sơ đủ",
            acts.filing(site, filers, kept),
            bound=0.6,
            alone=ALONE * seconds,
            seconds=seconds,
            most=3,
        ),
    ]


def _warm_up(site: Site, crowd: Crowd) -> None:
    """Have every thread of the web process open its connection to the database, as in a site that runs already."""
    open_loop(lambda n: site.get(HOME, crowd.drafts[n].session).refused(200), [0.0] * VISITORS)


def _measure(kind: Kind, least: int, tell: Callable[[str], object]) -> Measured:
    """Alone first, a quarter of it again to warm up; then at rising rates, as people come; then at the best until so
    many have come that a p99 can be told."""
    tell(f"{kind.name} …")
    warm = max(2, kind.alone // 4)
    first = one_by_one(kind.act.do, range(warm))
    alone = one_by_one(kind.act.do, range(warm, warm + kind.alone))
    middle = percentile([one.seconds for one in alone], 50)
    ladder = Ladder(FIRST / middle, kind.seconds, kind.most)
    numbers = range(warm + kind.alone, kind.act.supply)
    steps = climb(kind.act.do, ladder, bound=kind.bound, numbers=numbers)
    left = numbers[sum(len(step.served) for step in steps) :]
    steps += keep_up(kind.act.do, steps, bound=kind.bound, least=least, numbers=left)
    failures = [one.failure for one in [*first, *alone] if one.failure]
    return Measured(kind.name, kind.bound, kind.seconds, middle, tuple(steps), tuple(failures))


def _relatives(simple: float, crowd: Crowd, taken: list[bytes]) -> list[list[Relative]]:
    """What each act is held against, in the order of the acts. Call inside the province."""
    spare = crowd.drafts[0].entry_id
    page = Relative("gấp trang đăng nhập, trang không ghi gì", simple)
    saved = Relative("gấp một câu lệnh SQL trần ghi cùng nội dung", bare.saved(spare))
    filed = Relative("gấp các câu lệnh SQL trần ghi cùng nội dung", bare.filed(spare))
    proven = Relative("gấp việc mở và vẽ lại ảnh, không qua trang", bare.proven(taken), most=2)
    return [[saved, page], [proven], [filed, page]]


def _proofs(kept: Kept, folder: Path) -> list[Figure]:
    """Judged strictly: one acknowledged act that is not there is one too many."""
    storage = open_storage(folder.as_uri())
    return [
        proof_figure("Câu trả lời báo đã lưu mà không có", len(kept.answers), proof.lost_answers(kept)),
        proof_figure("Ảnh báo đã nhận mà không có", len(kept.photos), proof.lost_photos(kept, storage)),
        proof_figure("Hồ sơ báo đã gửi mà không đúng một biên nhận", len(kept.receipts), proof.lost_filings(kept)),
    ]
