from collections.abc import Callable
from time import monotonic
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands.migrate import Command as DjangoMigrate

from tenants.directory import announce
from tenants.gateways import as_owner
from tenants.management.refusals import told_plainly
from tenants.models import Tenant
from tenants.provisioning.fanout import BrokenMigration, Outcome, carry_to_all, lagging_groups, missing_in
from tenants.provisioning.patience import one_at_a_time
from tenants.provisioning.rights import open_public
from tenants.provisioning.snapshots import migrate_packages
from tenants.provisioning.stamping import SPARES_KEPT, keep_spares
from tenants.provisioning.states import applied, states_of

WHOLE_ONLY = (
    "Mọi lược đồ được nâng cấp cùng nhau: chạy `tieubieu migrate` không kèm tên phần;"
    " muốn sửa riêng một lược đồ thì thêm --schema. / Name an app only together with --schema."
)


class Command(DjangoMigrate):
    """Public first, then the template and every tenant, then spares; killed anywhere, the next run goes on."""

    help = "Nâng cấp lược đồ chung và mọi đơn vị; bị ngắt giữa chừng thì chạy lại / Migrate every schema"
    # Checks of the models ask the bound schema, and there is none yet; `check-start` asks the services.
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--schema", default="", help="chỉ một lược đồ, như lệnh của Django / one schema only")
        parser.add_argument("--parallel", type=int, default=4, help="số luồng chạy cùng lúc / how many at once")
        parser.add_argument("--spares", type=int, default=SPARES_KEPT, help="số lược đồ dự phòng / spare schemas kept")

    def handle(self, *args: Any, **options: Any) -> None:
        schema, parallel, spares = (options.pop(name) for name in ("schema", "parallel", "spares"))
        if options.get("app_label") and not schema:
            raise CommandError(WHOLE_ONLY, returncode=2)
        with one_at_a_time(self._tell(options)):
            if schema:
                self._migrate_one(schema, args, options)
            elif options["plan"] or options["check_unapplied"]:
                self._tell_plan(args, options)
            else:
                self._migrate_all(parallel, spares, args, options)

    def _migrate_one(self, schema: str, args: Any, options: dict[str, Any]) -> None:
        with as_owner(schema):
            super().handle(*args, **options)
            state = states_of([schema])[schema]
        with as_owner():
            Tenant.objects.filter(schema_name=schema).update(schema_state=state)
        announce()

    def _migrate_all(self, parallel: int, spares: int, args: Any, options: dict[str, Any]) -> None:
        tell, started = self._tell(options), monotonic()
        with as_owner():
            before = applied("public")
            migrate_packages("public")
            super().handle(*args, **options | {"verbosity": max(0, options["verbosity"] - 1)})
            open_public()
            tell(f"Lược đồ chung: {len(applied('public') - before)} bước chuyển đổi mới; đã cấp quyền.")
        try:
            outcome = carry_to_all(parallel=parallel, tell=tell)
        except BrokenMigration as broken:
            raise CommandError(str(broken)) from broken
        tell(f"Lược đồ dự phòng: làm mới {keep_spares(spares)}, sẵn sàng {spares}.")
        if outcome.carried:
            announce()
        self._report(outcome, monotonic() - started, tell)

    def _report(self, outcome: Outcome, seconds: float, tell: Callable[[str], object]) -> None:
        for schema, trouble in sorted(outcome.failed.items()):
            self.stderr.write(self.style.ERROR(f"{schema}: {trouble}"))
        if outcome.failed:
            raise CommandError(f"{len(outcome.failed)} lược đồ chưa nâng cấp được; sửa nguyên nhân rồi chạy lại.")
        tell(f"Xong: nâng cấp {len(outcome.carried)} lược đồ trong {seconds:.1f} giây.")

    def _tell_plan(self, args: Any, options: dict[str, Any]) -> None:
        with as_owner():
            super().handle(*args, **options)
        with told_plainly():
            groups = lagging_groups()
        for group in groups:
            some = ", ".join(group[:5]) + " …" * (len(group) > 5)
            steps = ", ".join(f"{app}.{name}" for app, name in sorted(missing_in(group[0]))[:5])
            self.stdout.write(f"{len(group)} lược đồ cần nâng cấp ({some}): {steps}")
        if groups and options["check_unapplied"]:
            raise CommandError("Có lược đồ chưa nâng cấp. / Some schemas lag behind.")

    def _tell(self, options: dict[str, Any]) -> Callable[[str], object]:
        return self.stdout.write if options["verbosity"] else lambda line: None
