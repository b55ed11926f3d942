import json
import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tenants.gateways import each_tenant, inside
from tenants.models import Kind, Tenant, TenantState
from tieubieu.audit.chain import Walk
from tieubieu.audit.queries import anchored_heads
from tieubieu.audit.services import Head
from tieubieu.audit.verifying import verify
from tieubieu.binding import PUBLIC, bound


def head(text: str) -> Head:
    """Read `slug=số:mã-băm` as minutes and decisions print it."""
    tenant, _, rest = text.partition("=")
    seq, _, digest = rest.partition(":")
    if not (tenant and seq.isdigit() and len(digest) == 64):
        raise ArgumentTypeError(f"{text!r}: phải có dạng mã-đơn-vị=số:mã-băm")
    return Head(tenant, int(seq), digest.lower())


class Command(BaseCommand):
    help = "Kiểm tra chuỗi nhật ký của các đơn vị; kết thúc với mã 1 khi có chuỗi không còn nguyên vẹn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tenant", metavar="MÃ", help="chỉ kiểm tra đơn vị này")
        parser.add_argument("--head", metavar="MÃ=SỐ:BĂM", type=head, action="append", default=[],
                            help="đầu chuỗi đã in ra hoặc lưu nơi khác để đối chiếu; dùng được nhiều lần")  # fmt: skip
        parser.add_argument("--json", action="store_true", help="kết quả dạng JSON, mỗi đơn vị một dòng")

    def handle(self, *args: Any, **options: Any) -> None:
        printed: list[Head] = options["head"]
        tenants = _chosen(options["tenant"], printed)
        broken = [tenant for tenant in tenants if not self._verify(tenant, printed, options["json"])]
        if broken:
            raise CommandError(f"Nhật ký không còn nguyên vẹn ở {len(broken)} đơn vị.", returncode=1)

    def _verify(self, tenant: Tenant, printed: list[Head], as_json: bool) -> bool:
        started = time.monotonic()
        heads = {*_anchored(tenant.slug), *((one.seq, one.hash) for one in printed if one.tenant == tenant.slug)}
        with inside(tenant, even_closed=True):
            walked = verify(heads)
        seconds = time.monotonic() - started
        self.stdout.write(_line(tenant, walked, len(heads), seconds) if as_json else _text(tenant, walked, len(heads)))
        return walked.broken is None


def _chosen(slug: str | None, printed: list[Head]) -> list[Tenant]:
    """The tenants to verify, suspended ones too. A head that would be compared with nothing is refused."""
    with bound(PUBLIC):
        built = Tenant.objects.exclude(state=TenantState.BUILDING)
        tenants = list(built.filter(slug=slug) if slug else built)
    known = {tenant.slug for tenant in tenants}
    unknown = ({slug} if slug else set()) | {one.tenant for one in printed}
    if unknown - known:
        raise CommandError(f"Không kiểm tra được: {', '.join(sorted(unknown - known))}.", returncode=2)
    return tenants


def _anchored(slug: str) -> list[tuple[int, str]]:
    """The heads that the national tenant keeps of this one."""
    heads: list[tuple[int, str]] = []
    for national in each_tenant(Kind.NATIONAL):
        with inside(national):
            heads += anchored_heads(slug)
    return heads


def _text(tenant: Tenant, walked: Walk, heads: int) -> str:
    if walked.broken is not None:
        return f"{tenant.slug}: HỎNG từ sự kiện số {walked.broken.seq}: {walked.broken.reason}"
    return f"{tenant.slug}: nguyên vẹn, {walked.seq} sự kiện, đối chiếu {heads} đầu chuỗi, đầu {walked.hash}"


def _line(tenant: Tenant, walked: Walk, heads: int, seconds: float) -> str:
    return json.dumps(
        {
            "tenant": tenant.slug,
            "intact": walked.broken is None,
            "seq": walked.seq,
            "hash": walked.hash,
            "heads": heads,
            "seconds": round(seconds, 3),
            "broken": None if walked.broken is None else {"seq": walked.broken.seq, "reason": walked.broken.reason},
        },
        ensure_ascii=False,
    )
