"""A judge marks anew on a phone while the line is cut: what was typed is kept there and saved when the line is back."""

from collections.abc import Iterator

import pytest
from cases import Case
from phones import PATIENCE_MS, phone_of, served_province
from verdicts import published

from apps.recognition.models import Review

pytestmark = pytest.mark.browser
SLUG = "chamlaithu"


@pytest.fixture
def reviews(django_db_setup, django_db_blocker, monkeypatch) -> Iterator[tuple[int, list[Review]]]:
    """Where the site is, and what three judges are to mark anew of one entry."""
    with served_province(SLUG, django_db_blocker, monkeypatch) as port:
        yield port, Case(published(1), place=0).received().assigned().reviews()


def test_a_sheet_marked_anew_without_a_line_is_saved_when_it_is_back(reviews, chromium):
    from playwright.sync_api import expect

    port, (review, *others) = reviews

    with phone_of(review.member.person, SLUG, port, chromium) as phone:
        told = phone.locator("[data-sheet-saved]")
        phone.goto(f"/cham-lai/{review.pk}/")
        phone.context.set_offline(True)
        phone.locator("#diem-C1").fill("35,5")
        phone.locator("#nhan-xet").fill("Đã xem lại doanh thu.")
        expect(told).to_have_text("Đã lưu ở máy này")
        expect(phone.locator("[data-offline]")).to_be_visible()
        expect(phone.locator("[data-sheet-lock]")).to_be_disabled()
        phone.context.set_offline(False)
        expect(told).to_have_text("Đã lưu ở máy chủ", timeout=PATIENCE_MS)

        # The next box is typed when nothing can be sent, and the sheet is left: the list of sheets sends it.
        phone.route("**/luu/", lambda route: route.abort())
        phone.locator("#diem-C2").fill("30")
        expect(told).to_have_text("Đã lưu ở máy này")
        phone.unroute("**/luu/")
        phone.goto("/cham-lai/")
        expect(phone.locator("[data-leftovers]")).to_be_hidden(timeout=PATIENCE_MS)
        left = phone.evaluate("localStorage.length")

    review.refresh_from_db()
    assert (review.marks, review.remark, left) == ({"C1": "35.5", "C2": "30"}, "Đã xem lại doanh thu.", 0)
    assert [Review.objects.get(pk=other.pk).marks for other in others] == [{}, {}]
