"""A receipt whose printing failed for good: the page stops asking, says so, and offers to try again."""

from browsers import at
from stage import person

from apps.dossiers.making import make_receipt
from apps.dossiers.models import Filing
from apps.dossiers.services.printing import print_again, say_not_printed
from tieubieu.audit.models import Event
from tieubieu.binding import PUBLIC, bound
from tieubieu.outbox.models import Message

POLLS, AGAIN = 'hx-trigger="every 3s"', "Lập lại bản PDF"


def filing_of(portal):
    return portal.filed().filings.get()


def asked(filing):
    with bound(PUBLIC):
        return Message.objects.filter(errand="documents.make_receipt", args__filing_id=str(filing.pk)).count()


def shown(portal, filing, part="ban-in/"):
    return at("daklak", portal.owner).get(f"/ho-so/bien-nhan/{filing.receipt_code}/{part}").content.decode()


def test_while_a_receipt_is_being_printed_the_page_asks_again_and_again(at_the_portal):
    page = shown(at_the_portal, filing_of(at_the_portal))

    assert POLLS in page
    assert AGAIN not in page


def test_when_printing_failed_the_page_stops_says_so_and_offers_to_try_again(at_the_portal):
    filing = filing_of(at_the_portal)
    say_not_printed(filing.pk)

    for part in ("ban-in/", ""):
        page = shown(at_the_portal, filing, part)
        assert POLLS not in page
        assert "Chưa lập được bản PDF của biên nhận. Hồ sơ vẫn đã được nhận" in page
        assert AGAIN in page


def test_asking_again_emits_the_errand_once_and_the_page_waits_anew(at_the_portal):
    filing = filing_of(at_the_portal)
    say_not_printed(filing.pk)
    client = at("daklak", at_the_portal.owner)

    for _ in range(2):
        answer = client.post(f"/ho-so/bien-nhan/{filing.receipt_code}/lap-lai/")

    assert answer.headers["location"] == f"/ho-so/bien-nhan/{filing.receipt_code}/"
    assert asked(filing) == 2  # when it was filed, and once more
    assert Event.objects.filter(tag="dossiers.entry.receipt_asked_again").count() == 1
    assert POLLS in shown(at_the_portal, filing)


def test_a_receipt_that_is_printed_is_not_printed_again_nor_ever_said_to_have_failed(at_the_portal):
    filing = make_receipt(filing_of(at_the_portal).pk)

    say_not_printed(filing.pk)
    print_again(filing.pk, actor=at_the_portal.owner)

    assert Filing.objects.get(pk=filing.pk).print_failed_at is None
    assert asked(filing) == 1
    assert "Tải biên nhận" in shown(at_the_portal, filing)


def test_a_stranger_cannot_ask(at_the_portal):
    filing = filing_of(at_the_portal)
    say_not_printed(filing.pk)

    answer = at("daklak", person("la-mat")).post(f"/ho-so/bien-nhan/{filing.receipt_code}/lap-lai/")

    assert answer.status_code == 404
    assert asked(filing) == 1
