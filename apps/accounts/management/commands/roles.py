"""`tieubieu roles`: the table of actions as a page, for docs/roles.md."""

from django.core.management.base import BaseCommand

from apps.accounts.access import Hat, Line, table

HEAD = """# Who may do what

Printed from the code by `tieubieu roles > docs/roles.md`; a test compares the two. A person may wear several hats.
The council's, the panel's and the support team's hats are worn within the round of the appointment, the facility's
within the facility, and a commune officer's for what belongs to the commune.

| hat | Vietnamese |
|---|---|
"""


class Command(BaseCommand):
    help = "In bảng quyền theo vai trò. / Print the table of actions."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(page(), ending="")


def page() -> str:
    """The whole page as Markdown."""
    hats = "".join(f"| `{hat.value}` | {hat.label} |\n" for hat in Hat)
    lines = "".join(_row(line) for line in table())
    return f"{HEAD}{hats}\n| action | what it is | hats | only when |\n|---|---|---|---|\n{lines}"


def _row(line: Line) -> str:
    hats = ", ".join(f"`{hat.value}`" for hat in line.hats)
    return f"| `{line.action}` | {line.sentence} | {hats} | {line.condition} |\n"
