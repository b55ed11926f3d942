"""The published examples stay true."""

import hashlib
import io
import json
from pathlib import Path

import pytest

from apps.judging.ranking.cli import main

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples" / "ranking"
INPUTS = sorted(path for path in EXAMPLES.glob("*.json") if not path.name.endswith(".result.json"))


def test_every_result_belongs_to_an_input():
    assert {path.name for path in EXAMPLES.glob("*.result.json")} == {f"{path.stem}.result.json" for path in INPUTS}
    assert len(INPUTS) == 3


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.stem)
class TestExample:
    def test_gives_the_published_result(self, path):
        out = io.StringIO()

        assert main([str(path)], out=out) == 0
        assert out.getvalue() == path.with_suffix(".result.json").read_text(encoding="utf-8")

    def test_has_the_digest_that_the_description_promises(self, path):
        """Computed with nothing of ours; the examples are in NFC already."""
        body = json.loads(path.read_text(encoding="utf-8"))
        result = json.loads(path.with_suffix(".result.json").read_text(encoding="utf-8"))

        hashed = {"rules": body["rules"], "entries": body["entries"], "results": result["entries"]}
        canonical = json.dumps(hashed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert result["digest"] == "sha256:" + hashlib.sha256(canonical.encode()).hexdigest()


def test_the_figures_that_were_worked_out_by_hand():
    found = {}
    for path in INPUTS:
        result = json.loads(path.with_suffix(".result.json").read_text(encoding="utf-8"))
        found |= {row["id"]: (row["total_exact"], row["rank"], row["tied"], row["passed"]) for row in result["entries"]}

    assert found == {
        "DLK-2027-CB-001": ("244/3", 4, False, True),
        "DLK-2027-CB-002": ("163/2", 2, True, True),
        "DLK-2027-CB-003": ("163/2", 1, False, True),
        "DLK-2027-CB-004": ("163/2", 2, True, True),
        "DLK-2027-TC-001": ("209999999/3000000", 1, False, False),
        "A": ("1977/25", 1, False, True),
        "B": (None, None, False, False),
        "Lụa tơ tằm": ("402/5", 2, False, True),
        "Gốm men nâu": ("404/5", 1, False, True),
        "Mật ong": ("50", 3, False, True),
    }
