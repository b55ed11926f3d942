"""How the house may use a binding, and who may speak past the ORM."""

import ast
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
FLOORS = ("platform", "tenants", "apps", "workers")
BINDERS = {"bound", "inside", "as_owner"}
REVIEWED = {
    "apps/accounts/migrations/0002_auditors_and_commune_officers.py",
    "apps/councils/migrations/0003_only_those_present_have_a_stay.py",
    "apps/judging/migrations/0012_recused_sheets_know_their_conflict.py",
    "platform/tieubieu/audit/guard.py",  # the trigger that keeps events as they are
    "platform/tieubieu/audit/services.py",
    "platform/tieubieu/health.py",
    "platform/tieubieu/moments.py",
    "platform/tieubieu/outbox/clock.py",
    "platform/tieubieu/outbox/migrations/0002_a_tenant_writes_only_its_own_letters.py",
    "apps/rounds/services/locking.py",
}
PAST_THE_ORM = {"cursor", "chunked_cursor", "raw", "extra", "RunSQL", "RawSQL"}


def trees() -> list[tuple[str, ast.Module]]:
    paths = [path for floor in FLOORS for path in (HOUSE / floor).rglob("*.py")]
    return [(str(path.relative_to(HOUSE)), ast.parse(path.read_text())) for path in paths]


def name_of(node: ast.expr) -> str:
    node = node.func if isinstance(node, ast.Call) else node
    return getattr(node, "attr", getattr(node, "id", ""))


def binds(node: ast.AST) -> bool:
    return isinstance(node, ast.With) and any(name_of(item.context_expr) in BINDERS for item in node.items)


def suspended(tree: ast.Module) -> list[int]:
    """Lines where a plain generator yields inside a binding; a context manager is entered and left in order."""
    found = []
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and "contextmanager" not in map(name_of, function.decorator_list):
            found += [
                line.lineno
                for block in ast.walk(function)
                if binds(block)
                for line in ast.walk(block)
                if isinstance(line, ast.Yield | ast.YieldFrom)
            ]
    return sorted(set(found))


def past_the_orm(tree: ast.Module) -> list[int]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if name_of(call) in PAST_THE_ORM]


def test_no_generator_is_suspended_inside_a_binding():
    assert [f"{path}:{line}" for path, tree in trees() for line in suspended(tree)] == []


def test_one_that_is_would_be_seen():
    text = "def rows():\n    with inside('daklak'):\n        yield 1\n"

    assert suspended(ast.parse(text)) == [3]
    assert suspended(ast.parse(f"@contextmanager\n{text}")) == []


def test_only_reviewed_files_speak_past_the_orm():
    """Raw SQL carries no note of where it was made; the tenants floor and these files were read with care."""
    speaking = {path for path, tree in trees() if past_the_orm(tree) and not path.startswith("tenants/")}

    assert speaking == REVIEWED


def test_raw_sql_would_be_seen():
    assert past_the_orm(ast.parse("with connection.cursor() as c:\n    Round.objects.raw('')")) == [1, 2]


def test_nobody_reaches_under_the_connection():
    """The raw driver connection stands wherever the last cursor left it."""
    reaching = {
        path
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "connection" and name_of(node.value) == "connection"
    }

    assert {path for path in reaching if not path.startswith("tenants/backend/")} == set()
