"""The summary list of a commune's letter as a PDF."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.nominations.models import Proposal
from apps.nominations.queries import SUMMARY_HEADS, summary_lines
from tieubieu.documents.services import make_document


@transaction.atomic
def make_proposal_list(proposal_id: UUID, *, commune: str) -> None:
    """Print the list as it stands now; making it again from the same lines gives the same file."""
    proposal = Proposal.objects.select_related("round").filter(pk=proposal_id).first()
    if proposal is None:
        return
    document = make_document("proposal", proposal, "summary_list", list_words(proposal, commune))
    Proposal.objects.filter(pk=proposal_id).update(document_id=document.pk)


def list_words(proposal: Proposal, commune: str) -> dict[str, object]:
    """What the list says; tested without printing."""
    letter = f"Kèm theo Văn bản số {proposal.number} ngày {proposal.signed_on:%d/%m/%Y}" if proposal.signed_on else ""
    begun = timezone.localdate(proposal.begun_at)
    return {
        "title": "Danh sách trích ngang sản phẩm đăng ký tham gia bình chọn",
        "dated": (proposal.signed_on or begun).isoformat(),
        "is_demo": proposal.round.is_demo,
        "issuer": f"Ủy ban nhân dân {commune[:1].lower()}{commune[1:]}",
        "round": proposal.round.name,
        "letter": letter,
        "heads": list(SUMMARY_HEADS),
        "lines": [[str(cell) for cell in line.cells()] for line in summary_lines(proposal)],
    }
