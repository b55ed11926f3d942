"""What a commune may propose, and what its letter lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.nominations.models import Proposal
from apps.recognition.models import Certificate
from apps.rounds.models import Level, Round
from apps.rounds.queries import phases_that_grant
from apps.rounds.rules import group_name
from apps.rounds.states import NOT_OPENED, Capability
from tenants.gateways import describe
from tenants.reference.queries import communes_of
from tieubieu.binding import current
from tieubieu.lib.text import short_words
from tieubieu.ui.words import number

SUMMARY_HEADS = (
    "TT", "Tên sản phẩm", "Cơ sở, địa chỉ, điện thoại", "Nhóm sản phẩm", "Mô tả tóm tắt",
    "Doanh thu (triệu đồng)", "Lao động (người)", "Giấy chứng nhận cấp dưới", "Ghi chú",
)  # fmt: skip
LONGEST_DESCRIPTION = 300


@dataclass(frozen=True)
class SummaryLine:
    """One line of the summary list (danh sách trích ngang, Phụ lục 5 TT 26/2014/TT-BCT)."""

    position: int
    product: str
    holder: str
    group: str
    description: str
    revenue: str
    workers: str
    certificate: str
    note: str

    def cells(self) -> list[object]:
        return [
            self.position, self.product, self.holder, self.group, self.description, self.revenue, self.workers,
            self.certificate, self.note,
        ]  # fmt: skip


def summary_lines(proposal: Proposal) -> list[SummaryLine]:
    """The letter's list; the same number of questions however long it is."""
    lines = proposal.lines.select_related("entry__facility").prefetch_related(
        "entry__items__product", "entry__facility__years"
    )
    entries = [line.entry for line in lines]
    issued = {
        certificate.number: certificate.issued_on
        for certificate in Certificate.objects.filter(number__in=[e.lower_certificate for e in entries])
    }
    return [_line(proposal, position, entry, issued) for position, entry in enumerate(entries, 1)]


def receiving_rounds() -> QuerySet[Round]:
    """The province's rounds to which communes may propose now."""
    phases = {*phases_that_grant(Capability.FILE), *phases_that_grant(Capability.SCREEN)}
    return Round.objects.filter(level=Level.PROVINCE, phase__in=phases)


def opened_rounds() -> QuerySet[Round]:
    """The province's rounds that were opened to the public, whether they still take proposals or not."""
    return Round.objects.filter(level=Level.PROVINCE).exclude(phase__in=NOT_OPENED)


def entries_to_propose(round: Round, commune_code: str) -> QuerySet[Entry]:
    """Entries of the commune's facilities that stand in no letter yet."""
    gone = (EntryState.INELIGIBLE, EntryState.WITHDRAWN, EntryState.MERGED, EntryState.DISSOLVED)
    found = Entry.objects.filter(round=round, facility__commune_code=commune_code, proposed_in__isnull=True)
    return found.exclude(state__in=gone).select_related("facility").order_by("group", "name", "id")


def certificates_to_bring_up(round: Round, commune_code: str) -> QuerySet[Certificate]:
    """Valid certificates of the commune's own rounds whose product is not yet in the province's round."""
    found = Certificate.objects.filter(
        level=Level.COMMUNE, state="valid", entry__round__area_code=commune_code, valid_until__gte=timezone.localdate()
    )
    there = Entry.objects.filter(round=round).exclude(lower_certificate="").values("lower_certificate")
    return found.exclude(number__in=there).select_related("entry__round", "facility").order_by("number")


def _line(proposal: Proposal, position: int, entry: Entry, issued: dict[str, date]) -> SummaryLine:
    maker = entry.facility
    years = sorted(maker.years.all(), key=lambda year: -year.year)
    latest = years[0] if years else None
    day = issued.get(entry.lower_certificate)
    certificate = f"{entry.lower_certificate}, ngày {day:%d/%m/%Y}" if day else entry.lower_certificate
    return SummaryLine(
        position=position,
        product=entry.name,
        holder=", ".join(part for part in (maker.name, maker.address, maker.phone) if part),
        group=group_name(proposal.round, entry.group),
        description=short_words(" ".join(_descriptions(entry)), LONGEST_DESCRIPTION),
        revenue=f"{number(latest.revenue)} ({latest.year})" if latest and latest.revenue is not None else "",
        workers=number(latest.workers) if latest and latest.workers is not None else "",
        certificate=certificate,
        note="chưa gửi hồ sơ" if entry.state == EntryState.DRAFT else "",
    )


def _descriptions(entry: Entry) -> Iterable[str]:
    return (item.product.description for item in entry.items.all() if item.product.description)


def commune_names(codes: set[str] | None) -> dict[str, str]:
    """The names of the province's communes of today by code; None asks for all of them."""
    found = communes_of(describe(current()).province_code, timezone.localdate())
    wanted = found if codes is None else found.filter(code__in=codes)
    return {unit.code: unit.full_name for unit in wanted}
