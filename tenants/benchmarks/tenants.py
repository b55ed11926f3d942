"""Creating tenants, migrating them, serving them: our way beside the stock way."""

from collections.abc import Callable

from django.core.management import call_command

from tenants.benchmarks import pages, stock
from tenants.benchmarks.figures import Figure, seconds, typical
from tenants.benchmarks.scratch import room_of_our_own, scratch_database, working_in
from tenants.models import Kind
from tenants.provisioning.services import NewTenant, create_tenant
from tenants.provisioning.stamping import keep_spares

CLAIMS = 10
OURS, STOCK = "tieubieu_benchmark", "tieubieu_benchmark_stock"


def run(*, tenants: int, stock_tenants: int, tell: Callable[[str], object]) -> list[Figure]:
    """Measure everything once; takes some minutes. The stock way is measured on fewer tenants."""
    tell(f"Cách thường của django-tenants, {stock_tenants} đơn vị …")
    with scratch_database(STOCK) as database:
        theirs = stock.measure(database, stock_tenants)
    tell(f"Cách của Tiêu Biểu, {tenants} đơn vị …")
    with scratch_database(OURS) as database, working_in(database), room_of_our_own() as room:
        _migrate()
        stamped = [seconds(lambda n=number: _create(n)) for number in range(tenants - CLAIMS)]  # type: ignore[misc]
        keep_spares(CLAIMS)
        claimed = [seconds(lambda n=number: _create(n)) for number in range(tenants - CLAIMS, tenants)]  # type: ignore[misc]
        room.add_column()
        migrated = seconds(_migrate)
        mine, plain = pages.measure("do000.localhost", "do000")
    return _told(tenants, theirs["created"], theirs["migrated"], stamped, claimed, migrated, mine, plain)


def _told(
    tenants: int,
    created: list[float],
    stock_migrated: float,
    stamped: list[float],
    claimed: list[float],
    migrated: float,
    mine: float,
    plain: float,
) -> list[Figure]:
    scaled = stock_migrated / len(created) * tenants
    return [
        Figure("Dựng một đơn vị bằng bản chụp", typical(stamped), "s", 0.3, f"trung vị của {len(stamped)}"),
        Figure("  django-tenants, bằng chuyển đổi", typical(created), "s", None, f"trung vị của {len(created)}"),
        Figure("  nhanh gấp", typical(created) / typical(stamped), "×"),
        Figure("Nhận một lược đồ dự phòng", typical(claimed) * 1000, "ms", 20, f"trung vị của {len(claimed)}"),
        Figure(f"Thêm một cột và chỉ mục cho {tenants} đơn vị", migrated, "s", 3, "cả lệnh migrate"),
        Figure(
            f"  django-tenants, {tenants} đơn vị", scaled, "s", None,
            f"đo {len(created)} đơn vị trong {stock_migrated:.1f} s rồi nhân lên; thực tế tăng nhanh hơn số đơn vị",
        ),
        Figure("  nhanh gấp", scaled / migrated, "×"),
        Figure("Trang một truy vấn, theo đơn vị", mine * 1e6, "µs", None, "nhỏ nhất của các vòng xen kẽ"),
        Figure("  Django thường", plain * 1e6, "µs"),
        Figure("  gấp Django thường", mine / plain, "×", 1.15),
    ]  # fmt: skip


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False, spares=0)


def _create(number: int) -> None:
    slug = f"do{number:03}"
    create_tenant(NewTenant(slug=slug, name=slug, domain=f"{slug}.localhost", kind=Kind.PROVINCE))
