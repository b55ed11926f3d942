from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import OperationalError, connection

from tenants.gateways import as_owner
from tenants.models import Tenant
from tenants.provisioning.fanout import Outcome, carry_to_all, lagging_groups
from tenants.provisioning.patience import one_at_a_time
from tenants.provisioning.rights import open_public
from tenants.provisioning.stamping import SPARES_KEPT, keep_spares
from tenants.provisioning.states import states_of

UNREACHABLE = (
    "Không kết nối được cơ sở dữ liệu; kiểm tra DATABASE_URL và máy chủ PostgreSQL."
    " / Cannot reach the database; check DATABASE_URL and the PostgreSQL server."
)
WHOLE_ONLY = (
    "Mọi lược đồ được nâng cấp cùng nhau: chạy `tieubieu migrate` không kèm tên phần;"
    " muốn sửa riêng một lược đồ thì thêm --schema. / Name an app only together with --schema."
)


class Command(DjangoMigrate):
    """Public first, then the template and every tenant, then spares; killed anywhere, the next run goes on."""

    help = "Nâng cấp lược đồ chung và mọi đơn vị; bị ngắt giữa chừng thì chạy lại / Migrate every schema"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--schema", default="", help="chỉ một lược đồ, như lệnh của Django / one schema only")
        parser.add_argument("--parallel", type=int, default=4, help="số luồng chạy cùng lúc / how many at once")
        parser.add_argument("--spares", type=int, default=SPARES_KEPT, help="số lược đồ dự phòng / spare schemas kept")

    def handle(self, *args: Any, **options: Any) -> None:
        schema, parallel, spares = (options.pop(name) for name in ("schema", "parallel", "spares"))
        self._refuse_what_cannot_work(schema, options)
        with one_at_a_time(self._tell(options)):
            if schema:
                self._migrate_one(schema, args, options)
            else:
                self._migrate_all(parallel, spares, args, options)

    def _refuse_what_cannot_work(self, schema: str, options: dict[str, Any]) -> None:
        if options.get("app_label") and not schema:
            raise CommandError(WHOLE_ONLY, returncode=2)
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError(f"{UNREACHABLE}\n{error}", returncode=2) from error

    def _migrate_one(self, schema: str, args: Any, options: dict[str, Any]) -> None:
        with as_owner(schema):
            super().handle(*args, **options)
            state = states_of([schema])[schema]
        with as_owner():
            Tenant.objects.filter(schema_name=schema).update(schema_state=state)

    def _migrate_all(self, parallel: int, spares: int, args: Any, options: dict[str, Any]) -> None:
        with as_owner():
            super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            self._tell_lag(options)
            return
        with as_owner():
            open_public()
        outcome = carry_to_all(parallel=parallel, tell=self._tell(options))
        keep_spares(spares)
        self._report(outcome, spares, options)

    def _report(self, outcome: Outcome, spares: int, options: dict[str, Any]) -> None:
        for schema, trouble in sorted(outcome.failed.items()):
            self.stderr.write(self.style.ERROR(f"{schema}: {trouble}"))
        if outcome.failed:
            raise CommandError(f"{len(outcome.failed)} lược đồ chưa nâng cấp được; sửa nguyên nhân rồi chạy lại.")
        self._tell(options)(f"Đã nâng cấp {len(outcome.carried)} lược đồ; {spares} lược đồ dự phòng sẵn sàng.")

    def _tell_lag(self, options: dict[str, Any]) -> None:
        groups = lagging_groups()
        for group in groups:
            self.stdout.write(f"{len(group)} lược đồ cần nâng cấp: {', '.join(group[:5])}{' …' * (len(group) > 5)}")
        if groups and options["check_unapplied"]:
            raise CommandError("Có lược đồ chưa nâng cấp. / Some schemas lag behind.")

    def _tell(self, options: dict[str, Any]) -> Callable[[str], object]:
        return self.stdout.write if options["verbosity"] else lambda line: None
