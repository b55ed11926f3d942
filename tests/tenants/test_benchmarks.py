"""What the benchmark promises, and how it judges: by the work, not by what else the machine does."""

import pytest

from tenants.benchmarks.figures import Figure
from tenants.benchmarks.tenants import Times, _of_creating

STAMPED, CREATED = [0.1, 0.2, 0.1], [2.0, 2.1]


def claim(*bursts: list[float]) -> Figure:
    times = Times(CREATED, 1.0, STAMPED, list(bursts), 1.0, 5e-4, 5e-4)
    return _of_creating(times)[-1]


def test_a_busy_moment_is_no_broken_promise():
    figure = claim([0.07, 0.008, 0.04], [0.09, 0.09, 0.09], [0.03, 0.009, 0.02])

    assert figure.is_good
    assert figure.value == pytest.approx(9)
    assert "mọi lần: trung vị của 9, nhanh nhất 8,00 ms" in figure.note


def test_slow_claims_are_a_broken_promise():
    assert not claim([0.03, 0.025], [0.03, 0.021], [0.008, 0.03]).is_good


def test_a_figure_is_told_with_its_aim_and_its_verdict():
    line = Figure("Nhận một lược đồ dự phòng", 7.92, "ms", 20, "ghi chú").as_line()

    assert line.endswith("7,92 ms  (≤ 20,0 ms: đạt)  – ghi chú")
    assert "KHÔNG ĐẠT" in Figure("x", 21, "ms", 20).as_line()
