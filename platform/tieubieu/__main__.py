"""The `tieubieu` command: `tieubieu list-tenants` runs the management command `list_tenants`."""

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> None:
    """Run one management command with the embedded engines around it, if it needs them.

    A setting that cannot be understood, an engine that does not start and a database that does not answer
    end with status 2 or 1 and a clear line; see `tieubieu.processes.around`.
    """
    from tieubieu.settings.environment import WrongSetting

    try:
        _run(_named(list(sys.argv[1:] if argv is None else argv)))
    except WrongSetting as wrong:
        print(wrong, file=sys.stderr)
        sys.exit(2)


def _named(words: list[str]) -> list[str]:
    return [words[0].replace("-", "_"), *words[1:]] if words and not words[0].startswith("-") else words


def _run(words: list[str]) -> None:
    from tieubieu.settings.environment import deployment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"tieubieu.settings.{deployment()}")
    # Only now: both read the settings.
    from django.core.management import execute_from_command_line

    from tieubieu.processes.around import around

    with around(words):
        execute_from_command_line(["tieubieu", *words])


if __name__ == "__main__":
    main()
