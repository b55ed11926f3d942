"""Creating tenants, migrating them, serving them: our way beside the stock way."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command

from tenants.benchmarks import pages
from tenants.benchmarks import stock as stock_way
from tenants.benchmarks.figures import Figure, number, seconds, told_of, typical
from tenants.benchmarks.scratch import forget_roles, room_of_our_own, scratch_database, working_in
from tenants.models import Kind
from tenants.provisioning.services import NewTenant, create_tenant
from tenants.provisioning.stamping import keep_spares

# Spares are claimed as many at a time as are kept, several times over.
BURSTS, CLAIMS = 3, 10
SLUG = "dothu"
OURS, STOCK = "tieubieu_benchmark", "tieubieu_benchmark_stock"


@dataclass(frozen=True)
class Times:
    """What was measured, in seconds; per page for the last two."""

    created: list[float]
    stock_migrated: float
    stamped: list[float]
    claimed: list[list[float]]
    migrated: float
    page: float
    plain_page: float


def run(*, tenants: int, stock: int, tell: Callable[[str], object]) -> list[Figure]:
    """Measure everything once; takes some minutes. The stock way is measured on fewer tenants."""
    tell(f"Cách thường của django-tenants, {stock} đơn vị …")
    with scratch_database(STOCK) as database:
        theirs = stock_way.measure(database, stock)
    tell(f"Cách của Tiêu Biểu, {tenants} đơn vị …")
    with scratch_database(OURS) as database, working_in(database), room_of_our_own() as room:
        _migrate()
        stamped = [_create(n) for n in range(tenants - BURSTS * CLAIMS)]
        claimed = [_claim(n) for n in range(tenants - BURSTS * CLAIMS, tenants, CLAIMS)]
        room.add_column()
        migrated = seconds(_migrate)
        page, plain_page = pages.measure(f"{SLUG}000.localhost", f"{SLUG}000")
    forget_roles(SLUG)
    times = Times(theirs["created"], theirs["migrated"], stamped, claimed, migrated, page, plain_page)
    return [*_of_creating(times), *_of_migrating(times, tenants), *_of_pages(times)]


def _of_creating(times: Times) -> list[Figure]:
    ours, theirs = typical(times.stamped), typical(times.created)
    # Some milliseconds measure the machine's other work as soon as there is any: the quickest of each burst counts.
    spare = typical([min(burst) for burst in times.claimed])
    each = [one for burst in times.claimed for one in burst]
    note = f"nhanh nhất của mỗi đợt {CLAIMS} lần; mọi lần: {told_of(each, 'ms', 1000)}"
    return [
        Figure("Dựng một đơn vị bằng bản chụp", ours, "s", 0.3, told_of(times.stamped, "s")),
        Figure("  django-tenants, bằng chuyển đổi", theirs, "s", None, told_of(times.created, "s")),
        Figure("  nhanh gấp", theirs / ours, "×"),
        Figure("Nhận một lược đồ dự phòng", spare * 1000, "ms", 20, note),
    ]


def _of_migrating(times: Times, tenants: int) -> list[Figure]:
    measured = len(times.created)
    scaled = times.stock_migrated / measured * tenants
    note = f"đo {measured} đơn vị trong {number(times.stock_migrated)} s rồi nhân lên; thực tế tăng nhanh hơn số đơn vị"
    return [
        Figure(f"Thêm một cột và chỉ mục cho {tenants} đơn vị", times.migrated, "s", 3, "cả lệnh migrate"),
        Figure(f"  django-tenants, {tenants} đơn vị", scaled, "s", None, note),
        Figure("  nhanh gấp", scaled / times.migrated, "×"),
    ]


def _of_pages(times: Times) -> list[Figure]:
    return [
        Figure(
            "Trang một truy vấn, theo đơn vị", times.page * 1e6, "µs", None, "yêu cầu nhanh nhất của các vòng xen kẽ"
        ),
        Figure("  Django thường", times.plain_page * 1e6, "µs"),
        Figure("  gấp Django thường", times.page / times.plain_page, "×", 1.15),
    ]


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False, spares=0)


def _claim(first: int) -> list[float]:
    """Seconds of each tenant made from a spare, after as many spares were put by."""
    keep_spares(CLAIMS)
    return [_create(n) for n in range(first, first + CLAIMS)]


def _create(number: int) -> float:
    slug = f"{SLUG}{number:03}"
    new = NewTenant(slug=slug, name=slug, domain=f"{slug}.localhost", kind=Kind.PROVINCE)
    return seconds(lambda: create_tenant(new))
