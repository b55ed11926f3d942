"""`tieubieu rank`: what it prints, and how it ends."""

import io
import json
import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.judging.management.commands.rank import Command
from apps.judging.ranking import files, rank
from apps.judging.ranking.cli import main

DEEP = b"[" * 200_000


@pytest.fixture
def file(tmp_path, document):
    path = tmp_path / "kỳ-2027.json"
    body = document({"Sản phẩm A": ["75", "71", "71"]})
    path.write_text(json.dumps(body, ensure_ascii=False), encoding="utf-8")
    return path


def run(name, content=None):
    """Exit status, standard output and standard error of one run."""
    out, err = io.StringIO(), io.StringIO()
    status = main([str(name)], stdin=None if content is None else io.BytesIO(content), out=out, err=err)
    return status, out.getvalue(), err.getvalue()


def test_it_prints_the_ranking_sorted_and_readable(file):
    status, out, err = run(file)

    body = rank(json.loads(file.read_text(encoding="utf-8")))
    assert (status, err) == (0, "")
    assert out == json.dumps(body, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    assert '      "id": "Sản phẩm A",\n' in out


def test_a_dash_reads_standard_input(file):
    assert run("-", file.read_bytes()) == run(file)


def test_a_byte_order_mark_is_no_obstacle(file):
    assert run("-", b"\xef\xbb\xbf" + file.read_bytes()) == run(file)


def test_a_refusal_is_one_line_on_standard_error(file):
    status, out, err = run("-", file.read_bytes().replace(b'"75"', b'"175"', 1))

    assert (status, out) == (2, "")
    assert err == (
        "-: entries[0].sheets[0].scores.C1: điểm 175 cao hơn điểm tối đa 100"
        ' (sản phẩm "Sản phẩm A", giám khảo "J1")'
        " / the score 175 is above the maximum 100"
        ' (entry "Sản phẩm A", judge "J1")\n'
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "invalid JSON at line 1, column 1"),
        (b"{", "JSON không hợp lệ ở dòng 1, cột 2"),
        (b'{"rules": {},\n "entries": [,]}', "invalid JSON at line 2, column 14"),
        (b"{} {}", "invalid JSON at line 1, column 4: Extra data"),
        (b"\xff\xfe{\x00}\x00", "$: tệp không phải văn bản UTF-8 / the file is not UTF-8 text"),
        (DEEP, "$: JSON lồng quá sâu / the JSON is nested too deeply"),
        (b'{"a":' * 200_000, "the JSON is nested too deeply"),
        (b"null", "$: cần một đối tượng, không phải giá trị null"),
        (b"NaN", "expected an object, not a number"),
        (b"1" * 5000, "expected an object, not a number"),
        (b"{}", "rules: thiếu giá trị bắt buộc"),
        (b'{"rules": {"pass_mark": 1e999}}', "entries: thiếu giá trị bắt buộc"),
        (b'{"a": 1, "a": 2}', '-: a: tên "a" xuất hiện hai lần / the name "a" occurs twice'),
        (b'{"x": {"a": 1, "a": 1}}', "-: x.a: "),
        (b'{"x": [0, {"y": {"b": 1, "a": 1, "a": 1}}, {}]}', "-: x[1].y.a: "),
        (b'{"x": {"a": 1, "a": 1}, "x": 3}', "-: x: "),
        (b'{"x": {"a": 1, "a": 1}, "y": 3}', "-: x.a: "),
        (b'{"x": {"a": 1, "a": 1}, "y": {"b": 1, "b": 1}}', "-: y.b: "),
        (b'{"x": [{"c": 0, "d": 0, "d": 1, "c": 2}]}', "-: x[0].c: "),
    ],
    ids=lambda value: ascii(value[:30]),
)
def test_what_cannot_be_read_is_refused(content, says):
    status, out, err = run("-", content)

    assert (status, out) == (2, "")
    assert says in err


@pytest.mark.parametrize(
    ("digits", "says"),
    [("2", None), ("9" * 19, "from 0 to 20"), ("9" * 20, "not a number"), ("-" + "9" * 6000, "not a number")],
    ids=["legal", "19 digits", "20 digits", "6000 digits"],
)
def test_integers_of_any_length_are_answered_where_they_stand(file, digits, says):
    content = file.read_bytes().replace(b'"digits": 2', b'"digits": ' + digits.encode())

    status, _, err = run("-", content)

    assert (status, says is None) == ((0, True) if not err else (2, False))
    assert says is None or ("rules.rounding.digits: " in err and says in err)


def test_a_number_that_is_not_a_string_is_refused_where_it_stands(file):
    status, _, err = run("-", file.read_bytes().replace(b'"75"', b"75.0", 1))

    assert status == 2
    assert "scores.C1: cần số thập phân viết trong ngoặc kép" in err


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(file, monkeypatch):
    size = file.stat().st_size
    monkeypatch.setattr(files, "LARGEST", size)
    monkeypatch.setattr("apps.judging.ranking.cli.LARGEST", size)

    assert run(file)[0] == 0
    status, _, err = run("-", file.read_bytes() + b"  ")
    assert (status, "tệp lớn hơn" in err) == (2, True)


class Endless(io.RawIOBase):
    """A source that never ends and remembers how much it was asked for."""

    asked: int | None = None

    def read(self, size=-1):
        self.asked = size
        return b" " * size


def test_an_endless_source_is_left_one_byte_behind_the_limit(monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 10)
    monkeypatch.setattr("apps.judging.ranking.cli.LARGEST", 10)
    endless = Endless()

    assert main(["-"], stdin=endless, out=io.StringIO(), err=io.StringIO()) == 2
    assert endless.asked == 11


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs a device that never ends")
def test_an_endless_file_is_refused():
    status, _, err = run("/dev/zero")

    assert (status, "the file is larger than 64 MiB" in err) == (2, True)


@pytest.mark.parametrize(("name", "why"), [("không-có.json", "No such file"), (".", "Is a directory")])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, why):
    status, out, err = run(tmp_path / name)

    assert (status, out) == (2, "")
    assert f"không đọc được tệp ({why}" in err
    assert f"the file cannot be read ({why}" in err


@pytest.mark.parametrize("argv", [[], ["a.json", "b.json"]])
def test_anything_but_one_file_gets_the_usage(argv):
    err = io.StringIO()

    assert main(argv, err=err) == 2
    assert "Cách dùng: tieubieu rank TỆP.json" in err.getvalue()
    assert "Usage: tieubieu rank FILE.json" in err.getvalue()


def test_standard_streams_are_the_default_and_speak_utf8(file, monkeypatch):
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii") for _ in range(2))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes()), encoding="ascii"))

    assert (main(["-"]), main(["có\udcff.json"])) == (0, 2)
    err.flush()
    assert "Sản phẩm A" in out.buffer.getvalue().decode("utf-8")
    assert "có\\udcff.json: không đọc được tệp" in err.buffer.getvalue().decode("utf-8")


def test_a_closed_standard_input_is_refused(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)

    status, _, err = run("-")

    assert (status, err) == (
        2,
        "-: không đọc được tệp (Bad file descriptor) / the file cannot be read (Bad file descriptor)\n",
    )


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs the device that is always full")
def test_a_result_that_cannot_be_written_is_told(file):
    err = io.StringIO()
    with open("/dev/full", "w", encoding="utf-8") as full:
        status = main([str(file)], out=full, err=err)

    assert status == 1
    assert "không ghi được kết quả (No space left on device)" in err.getvalue()


class TestManagementCommand:
    def test_it_prints_what_the_package_prints(self, file):
        out = io.StringIO()
        call_command(Command(), str(file), stdout=out)

        assert out.getvalue() == run(file)[1]

    def test_a_refusal_exits_with_two(self, tmp_path):
        err = io.StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command(Command(), str(tmp_path), stderr=err)

        assert ended.value.code == 2
        assert "không đọc được tệp" in err.getvalue()

    def test_the_file_must_be_named(self):
        with pytest.raises(CommandError, match=r"FILE\.json"):
            call_command(Command())

    def test_it_waits_for_no_check_and_no_database(self):
        assert Command.requires_system_checks == []
        assert Command.requires_migrations_checks is False


class TestAsAProgram:
    """A new interpreter, the way anybody would replay a result."""

    ROOT = Path(__file__).parents[3]

    def run(self, *words, **options):
        path = os.pathsep.join([str(self.ROOT), str(self.ROOT / "platform")])
        return subprocess.run(
            [sys.executable, *words],
            capture_output=True,
            check=False,
            timeout=60,
            env={"PYTHONPATH": path, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
            **options,
        )

    def test_it_needs_the_standard_library_only(self, file):
        # -S leaves out every installed package, -P the working directory.
        done = self.run("-S", "-P", "-m", "apps.judging.ranking", str(file))

        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode("utf-8") == run(file)[1]

    def test_it_ends_with_the_status_of_the_command(self, monkeypatch, capsys):
        monkeypatch.setattr(sys, "argv", ["ranking", "missing.json"])
        with pytest.raises(SystemExit) as ended:
            runpy.run_module("apps.judging.ranking", run_name="__main__")

        assert ended.value.code == 2
        assert capsys.readouterr().err.startswith("missing.json: ")

    def test_a_reader_who_leaves_early_sees_no_traceback(self, file):
        reader, writer = os.pipe()
        os.close(reader)
        with os.fdopen(writer, "wb") as nobody:
            done = subprocess.run(
                [sys.executable, "-m", "apps.judging.ranking", str(file)],
                stdout=nobody,
                stderr=subprocess.PIPE,
                check=False,
                timeout=60,
                cwd=self.ROOT,
            )

        assert done.returncode == 1
        assert done.stderr.decode() == (
            "không ghi được kết quả (Broken pipe) / the result cannot be written (Broken pipe)\n"
        )
