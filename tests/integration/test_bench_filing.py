"""`tieubieu bench filing` measures over HTTP, against the real web process, and proves what was acknowledged."""

from pathlib import Path

import pytest

from apps.dossiers.measuring import photos, run

pytestmark = pytest.mark.integration


def test_a_short_run_measures_three_acts_and_proves_what_was_acknowledged(measured_province, tmp_path: Path):
    taken, plan = [photos.take(0)], run.Plan(seconds=1, filings=80, arrivals=10)

    figures = run.measure(measured_province.slug, tmp_path, taken, plan, tell=lambda _: None)

    acts = [figure.name for figure in figures if figure.name.endswith("một mình")]
    beside = [figure.value for figure in figures if "SQL trần" in figure.name]
    proofs = [figure for figure in figures if figure.note.startswith("đã đối chiếu")]
    assert 4.5e6 < len(taken[0]) < 5.5e6
    assert [act.split()[0] for act in acts] == ["Lưu", "Tải", "Gửi"]
    assert [value > 1 for value in beside] == [True, True]
    assert [figure.value for figure in proofs] == [0, 0, 0]
    assert [figure for figure in proofs if "đối chiếu 0 lời" in figure.note] == []
