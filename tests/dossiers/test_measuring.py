"""What the benchmark of filing proves could fail: every way of losing an acknowledged word is found out."""

import pytest
from portal import photo

from apps.dossiers.measuring.acts import Kept
from apps.dossiers.measuring.proof import lost_answers, lost_filings, lost_photos
from apps.dossiers.measuring.telling import Measured, figures_of
from apps.dossiers.models import Dossier, Filing, Paper
from apps.dossiers.services import add_paper, save_answer
from tenants.benchmarks.arrivals import Served, Step
from tieubieu.binding.storage import open_storage
from tieubieu.uploads.models import StoredFile


@pytest.fixture
def kept(at_the_portal):
    """One answer, one photo and one filing, as the site would have acknowledged them."""
    kept = Kept()
    draft = at_the_portal.draft("Cà phê")
    save_answer(draft.pk, "summary", "Cà phê rang mộc", base="", actor=at_the_portal.owner)
    kept.answer(draft.pk, "summary", "Cà phê rang mộc")
    paper = add_paper(draft.pk, "photo_front", photo(), actor=at_the_portal.owner)
    kept.photo(paper.pk, draft.pk)
    filing = at_the_portal.filed().filings.get()
    kept.receipt(filing.entry_id, filing.receipt_code)
    return kept


def lost(kept, settings):
    storage = open_storage(settings.STORAGE_URL)
    return len(lost_answers(kept)), len(lost_photos(kept, storage)), len(lost_filings(kept))


def test_what_is_there_is_not_lost(kept, settings):
    assert lost(kept, settings) == (0, 0, 0)


def overwrite_answer(kept):
    Dossier.objects.filter(entry__in=[entry for entry, _ in kept.answers]).update(description={"summary": "Khác"})


def lose_paper(kept):
    Paper.objects.filter(pk__in=kept.photos).delete()


def damage_photo(kept):
    StoredFile.objects.update(sha256="0" * 64)


def lose_filing(kept):
    Filing.objects.filter(entry__in=kept.receipts).delete()


def change_code(kept):
    Filing.objects.filter(entry__in=kept.receipts).update(receipt_code="BN-KHAC")


def file_twice(kept):
    filing = Filing.objects.get(entry__in=kept.receipts)
    filing.pk, filing.number, filing.receipt_code, filing._state.adding = None, 2, "BN-HAI", True
    filing.save(force_insert=True)


def tell_two_codes(kept):
    kept.receipt(next(iter(kept.receipts)), "BN-HAI")


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (overwrite_answer, (1, 0, 0)),
        (lose_paper, (0, 1, 0)),
        (damage_photo, (0, 1, 0)),
        (lose_filing, (0, 0, 1)),
        (change_code, (0, 0, 1)),
        (file_twice, (0, 0, 1)),
        (tell_two_codes, (0, 0, 1)),
    ],
)
def test_a_lost_word_is_found_out(kept, settings, spoil, found):
    spoil(kept)

    assert lost(kept, settings) == found


@pytest.mark.parametrize(("arrivals", "name"), [(99, "chậm nhất ở nhịp đó"), (100, "p99 ở nhịp đó")])
def test_a_p99_is_told_only_of_a_hundred_arrivals(arrivals, name):
    steps = (Step(1.0, tuple(Served(0.01) for _ in range(arrivals))),)

    told = figures_of(Measured("Tải ảnh", 6, 2, 0.5, steps), [])

    assert name in {figure.name.strip() for figure in told}
    assert f"trong {arrivals} lần" in {figure.note for figure in told}
