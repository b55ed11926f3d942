"""`tieubieu bench judging` measures a panel over HTTP, proves what was acknowledged, and checks the scores with SQL."""

from decimal import Decimal
from pathlib import Path

import pytest

from apps.judging.measuring import proof, run, scoring
from apps.judging.models import Mark, Snapshot
from tenants.gateways import inside

pytestmark = pytest.mark.integration
JUDGES, SECONDS = 10, 10


def test_a_short_run_saves_on_time_loses_nothing_and_scores_every_sheet(measured_province, tmp_path: Path):
    figures = run.measure(measured_province.slug, tmp_path, tell=lambda _: None, seconds=SECONDS, judges=JUDGES)

    found = {figure.name.strip(): figure for figure in figures}
    assert found["Nhịp lưu của cả Ban Giám khảo"].value == JUDGES / 5
    assert found["Điểm báo đã lưu mà không có"].note.startswith("đã đối chiếu 20 lời báo")
    assert found["Tính kết quả"].note.startswith("100 phiếu, 1200 ô điểm")
    assert found["Tổng điểm khác với SQL"].note.startswith("đã đối chiếu 10 lời báo")
    assert [figure.name for figure in figures if not figure.is_good] == []
    assert_that_what_is_wrong_would_be_found(measured_province.slug)


def assert_that_what_is_wrong_would_be_found(slug: str) -> None:
    with inside(slug):
        mark, snapshot = Mark.objects.select_related("sheet").first(), Snapshot.objects.get()
        kept = {(mark.sheet_id, f"{mark.criterion}-{mark.part[-1]}"): mark.value}
        assert proof.lost_marks(kept) == []
        Mark.objects.filter(pk=mark.pk).update(value=mark.value - Decimal("0.25"))

        assert len(proof.lost_marks(kept)) == 1
        assert len(list(scoring.different(snapshot, snapshot.round_id))) == 1
