"""Documents: one certificate per errand, so one province's thousand never block another's first."""

from uuid import UUID

from apps.councils.making import make_minutes
from apps.councils.services.minutes import MAKE_MINUTES
from apps.dossiers.making import make_receipt
from apps.dossiers.services.printing import MAKE_RECEIPT, say_not_printed
from apps.judging.making import print_paper_sheets
from apps.judging.services.paper import PRINT
from apps.nominations.making import make_proposal_list
from apps.nominations.models import Proposal
from apps.nominations.queries import commune_names
from apps.nominations.services import MAKE_LIST
from apps.outreach.making import print_letters
from apps.outreach.services import LETTERS
from apps.recognition.making import make_certificate
from apps.recognition.services import MAKE
from tenants.gateways import describe, site_of
from tieubieu.binding import current
from tieubieu.outbox.errands import errand
from tieubieu.progress.services import fail_item


def _say_failed(error: str, *, certificate_id: str, job_id: str) -> None:
    fail_item(job_id, certificate_id, error)


@errand(MAKE, queue="documents", lease=120, parked=_say_failed)
def certificate(*, certificate_id: str, job_id: str) -> None:
    make_certificate(UUID(certificate_id), job_id=UUID(job_id))


def _say_not_printed(error: str, *, campaign_id: str, job_id: str, only_paper: int) -> None:
    fail_item(job_id, campaign_id, error)


@errand(LETTERS, queue="documents", lease=300, parked=_say_not_printed)
def letters(*, campaign_id: str, job_id: str, only_paper: int) -> None:
    tenant = describe(current())
    print_letters(
        UUID(campaign_id), job_id=UUID(job_id), only_paper=bool(only_paper), site=site_of(tenant),
        superior=tenant.people_committee,
    )  # fmt: skip


@errand(MAKE_LIST, queue="documents", lease=120)
def proposal_list(*, proposal_id: str) -> None:
    code = Proposal.objects.values_list("commune_code", flat=True).get(pk=proposal_id)
    make_proposal_list(UUID(proposal_id), commune=commune_names({code}).get(code, ""))


@errand(PRINT, queue="documents", lease=120)
def paper_sheets(*, judge_id: str) -> None:
    print_paper_sheets(UUID(judge_id))


def _say_no_receipt(error: str, *, filing_id: str) -> None:
    say_not_printed(UUID(filing_id))


@errand(MAKE_RECEIPT, queue="documents", lease=60, parked=_say_no_receipt)
def receipt(*, filing_id: str) -> None:
    make_receipt(UUID(filing_id))


def _say_no_minutes(error: str, *, session_id: str, job_id: str) -> None:
    fail_item(job_id, session_id, error)


@errand(MAKE_MINUTES, queue="documents", lease=120, parked=_say_no_minutes)
def minutes(*, session_id: str, job_id: str) -> None:
    superior = describe(current()).people_committee
    make_minutes(UUID(session_id), job_id=UUID(job_id), superior=superior)
