"""Advice, the result as a file, and the verifier: who may have them, and what they say."""

import hashlib
import json
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from browsers import at
from django.test import Client
from python_calamine import CalamineWorkbook
from stage import scored, scoring

from apps.judging.models import Snapshot
from apps.judging.ranking.replaying import replay
from tenants.gateways import inside
from tenants.models import Tenant

pytestmark = pytest.mark.usefixtures("in_daklak")


def page(stage, name="tham-khao/", **asked):
    return at("daklak", stage.officer).get(f"/ky-binh-chon/{stage.round.code}/{name}", asked)


def test_the_file_of_a_result_is_recomputed_by_both_programs(tmp_path):
    stage = scored(2)

    answer = page(stage, "ket-qua-cham.json")

    assert answer["Content-Disposition"] == f'attachment; filename="ket-qua-{stage.round.code}-1.json"'
    found = replay(json.loads(answer.content))
    assert (found.entries, found.differences) == (2, ())
    assert found.digest == Snapshot.objects.get().digest
    path, program = tmp_path / "ket-qua.json", tmp_path / "verify.py"
    path.write_bytes(answer.content)
    program.write_bytes(Client(headers={"host": "daklak.localhost"}).get("/tu-kiem-chung/verify_snapshot.py").content)
    done = subprocess.run([sys.executable, "-I", "-S", program, path], capture_output=True, text=True, check=False)
    assert (done.returncode, "KHỚP" in done.stdout) == (0, True)


def test_the_file_names_no_judge_and_no_facility():
    stage = scored()

    text = page(stage, "ket-qua-cham.json").content.decode()

    assert not [judge for judge in stage.judges if str(judge) in text]
    assert stage.round.entries.get().facility.name not in text


def test_anybody_reads_how_to_verify_and_with_which_program():
    client = Client(headers={"host": "daklak.localhost"})

    told = client.get("/tu-kiem-chung/").content.decode()

    program = client.get("/tu-kiem-chung/verify_snapshot.py").content
    assert hashlib.sha256(program).hexdigest() in told
    assert program == Path("apps/judging/verifier/verify_snapshot.py").read_bytes()


def test_advice_names_entries_and_judges_and_changes_nothing():
    stage = scored(2)
    before = Snapshot.objects.get().body

    answer = page(stage)

    text = answer.content.decode()
    assert answer.status_code == 200
    assert all(entry.code in text for entry in stage.round.entries.all())
    assert all(str(judge) in text for judge in stage.judges)
    assert "Chỉ để tham khảo" in text
    assert Snapshot.objects.get().body == before


def test_a_threshold_is_the_readers_and_a_bad_one_is_told_and_kept():
    stage = scored(2)

    assert "Nên xem lại" in page(stage, lech="0").content.decode()
    assert "Nên xem lại" not in page(stage, lech="100").content.decode()
    refused = page(stage, lech="9o")
    assert refused.status_code == 422
    assert "“9o” không phải là số" in refused.content.decode()
    assert 'value="9o"' in refused.content.decode()
    assert "<table" not in refused.content.decode()


def test_a_quota_tells_who_would_just_miss():
    stage = scored(2)
    first = stage.round.entries.first()

    text = page(stage, **{f"chon_{first.group}": "0"}).content.decode()

    missed = text[text.index("Vừa ngoài số lượng được chọn") :]
    assert re.search(rf"<td>{first.code} – ", missed)
    assert "Không có gì để báo" in page(stage).content.decode().split("Vừa ngoài số lượng được chọn")[1]


def test_figures_stand_to_the_right_and_words_do_not():
    shown = page(scored(2), lech="0,5").content.decode()

    assert re.findall(r'<th scope="col" class="num">(Lệch|Hồ sơ|Báo|Giám khảo|Điểm bình quân)</th>', shown) == [
        "Lệch", "Điểm bình quân"
    ]  # fmt: skip
    assert re.search(r'<td class="num">\d', shown)
    assert '<td class="num">Nên xem lại' not in shown


def test_the_workbook_holds_the_same_tables():
    stage = scored(2)

    book = CalamineWorkbook.from_filelike(BytesIO(page(stage, "tham-khao.xlsx").content))

    assert len(book.sheet_names) == 6
    rows = book.get_sheet_by_name("Độ lệch điểm từng hồ sơ").to_python()
    assert rows[0] == ["Hồ sơ", "Số phiếu", "Thấp nhất", "Cao nhất", "Lệch", "Báo"]
    assert len(rows) == 3
    assert page(stage, "tham-khao.xlsx", cap="x").status_code == 422


@pytest.mark.parametrize("name", ["tham-khao/", "tham-khao.xlsx", "ket-qua-cham.json"])
def test_a_judge_and_a_neighbour_get_the_404_of_what_does_not_exist(name):
    stage = scored()
    with inside(Tenant.objects.get(slug="khanhhoa")):
        neighbour = scored(code="KHA-2026")
    address = f"/ky-binh-chon/{stage.round.code}/{name}"

    for reader in (at("daklak", stage.judges[0]), at("khanhhoa", neighbour.officer)):
        refused, nothing = reader.get(address), reader.get(f"/ky-binh-chon/KHONG-CO/{name}")

        assert (refused.status_code, nothing.status_code) == (404, 404)
        assert refused.content == nothing.content
    assert at("daklak", stage.officer).get(address).status_code == 200


@pytest.mark.parametrize("name", ["tham-khao/", "tham-khao.xlsx", "ket-qua-cham.json"])
def test_before_the_result_there_is_none(name):
    assert page(scoring(), name).status_code == 404


@pytest.mark.parametrize("entries", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("tham-khao/", 9), ("ket-qua-cham.json", 6)])
def test_the_queries_do_not_grow_with_the_entries(name, queries, entries, django_assert_num_queries):
    stage = scored(entries)
    client = at("daklak", stage.officer)

    with django_assert_num_queries(queries):
        assert client.get(f"/ky-binh-chon/{stage.round.code}/{name}").status_code == 200
