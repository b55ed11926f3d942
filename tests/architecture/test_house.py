"""The house's own law, in figures that anyone can recount."""

import ast
import platform
import re
import statistics
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
FLOORS = ("platform", "tenants", "apps", "workers")
MIGRATION = re.compile(r"/migrations/\d{4}_")
LONGEST_FILE = 400
LONGEST_FUNCTION = 40


def sources(*floors: str) -> list[Path]:
    found = [path for floor in floors or FLOORS for path in (HOUSE / floor).rglob("*.py")]
    return [path for path in found if "/migrations/" not in str(path)]


def lines_with(pattern: str, *floors: str, but: tuple[str, ...] = ()) -> list[str]:
    expression = re.compile(pattern)
    return [
        f"{path.relative_to(HOUSE)}:{number}"
        for path in sources(*floors)
        if not str(path.relative_to(HOUSE)).startswith(but or ("//",))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if expression.search(line)
    ]


def functions() -> list[tuple[str, int]]:
    return [
        (f"{path.relative_to(HOUSE)}:{node.name}", (node.end_lineno or 0) - node.lineno + 1)
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    ]


def test_platform_is_the_standard_librarys():
    assert Path(platform.__file__).parent == Path(sysconfig.get_paths()["stdlib"])
    assert not (HOUSE / "platform" / "__init__.py").exists()


def test_a_fresh_python_in_the_house_still_finds_the_standard_platform():
    asked = "import platform, uuid; print(platform.system())"

    answer = subprocess.run([sys.executable, "-c", asked], cwd=HOUSE, capture_output=True, text=True, check=True)

    assert answer.stdout.strip()


def test_the_top_level_is_the_plan():
    tracked = subprocess.run(["git", "ls-files"], cwd=HOUSE, capture_output=True, text=True, check=False).stdout
    tops = {line.split("/")[0] for line in tracked.splitlines()}

    shown = {top for top in tops if not top.startswith(".")}

    assert shown <= {
        "platform", "tenants", "apps", "workers", "deploy", "tests", "docs",
        "pyproject.toml", "README.md", "uv.lock", "Makefile", "LICENSE", "CHANGELOG.md",
    }  # fmt: skip


def test_no_file_is_too_long():
    files = sources(*FLOORS, "tests", "docs")

    long = {str(path.relative_to(HOUSE)) for path in files if len(path.read_text().splitlines()) > LONGEST_FILE}

    assert HOUSE / "tests/architecture/test_house.py" in files
    assert long == set()


def test_functions_are_short():
    lengths = functions()

    assert [name for name, length in lengths if length > LONGEST_FUNCTION] == []
    assert statistics.median(length for _, length in lengths) < 10


@pytest.mark.parametrize("name", ["utils.py", "helpers.py", "common.py", "signals.py", "misc.py"])
def test_no_room_has_a_junk_drawer(name):
    assert [path for path in sources() if path.name == name] == []


def test_every_migration_is_a_sentence():
    migrations = [str(path) for floor in FLOORS for path in (HOUSE / floor).rglob("migrations/0*.py")]

    assert [path for path in migrations if "_auto_" in path or not MIGRATION.search(path)] == []


def test_every_decision_has_a_number_of_its_own_and_says_it():
    decisions = sorted((HOUSE / "docs/decisions").glob("*.md"))

    numbers = [int(path.name[:4]) for path in decisions]

    assert len(numbers) == len(set(numbers)) > 0
    assert [path.read_text().splitlines()[0].split(".")[0] for path in decisions] == [f"# {n}" for n in numbers]


def test_only_the_tenants_floor_crosses_schemas():
    crossing = r"schema_context|tenant_context|set_tenant\(|set_schema\(|(?<!plpgsql )SET search_path|\.set_config\("

    assert lines_with(crossing, "platform", "apps", "workers") == []


def test_work_is_asked_for_through_the_outbox():
    past = r"\.delay\(|\.apply_async\(|delay_on_commit"

    assert lines_with(past) == []


def test_nobody_imports_settings_modules():
    assert (
        lines_with(r"from tieubieu\.settings import (base|development|test|production)", "apps", "tenants", "workers")
        == []
    )


def test_a_phase_is_compared_by_name_only_where_rounds_are_kept_or_told():
    """Everybody else asks for the capability."""
    assert lines_with(r"Phase\.[A-Z]+", "apps", "workers", but=("apps/rounds", "apps/reporting", "apps/demo")) == []


def test_the_law_bites():
    """A control: the same searches find what they are for when it is there."""
    assert lines_with(r"MIGRATION|def lines_with", "platform") == []
    assert re.search(r"schema_context|tenant_context", "with schema_context('x'):")
    assert lines_with(r"search_path", "tenants") != []


def locks_that_take_the_key(source: str) -> list[int]:
    """The lines that lock rows so hard that whoever points at them waits too."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    locks = [call for call in calls if getattr(call.func, "attr", "") == "select_for_update"]
    return sorted(
        call.lineno for call in locks if "no_key" not in {word.arg for word in call.keywords if is_true(word)}
    )


def is_true(word: ast.keyword) -> bool:
    return isinstance(word.value, ast.Constant) and word.value.value is True


def test_every_lock_leaves_the_key_alone():
    """Whoever writes about a row holds the log at the commit, where the row's key is looked at: see the decision."""
    found = {str(path.relative_to(HOUSE)): locks_that_take_the_key(path.read_text()) for path in sources()}

    assert [f"{path}:{line}" for path, lines in found.items() for line in lines] == []


def test_a_lock_that_takes_the_key_would_be_found():
    """A control."""
    bare, hard = "Round.objects.select_for_update().get(pk=1)", 'rows.select_for_update(no_key=False, of=("self",))'

    assert locks_that_take_the_key(f"{bare}\n{hard}\nrows.select_for_update(no_key=True)\n") == [1, 2]
