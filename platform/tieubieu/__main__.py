"""The `tieubieu` command: `tieubieu list-tenants` runs the management command `list_tenants`."""

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> None:
    """Run one management command; a setting that cannot be understood ends with status 2 and one line."""
    from tieubieu.settings.environment import WrongSetting, deployment

    words = list(sys.argv[1:] if argv is None else argv)
    if words:
        words[0] = words[0].replace("-", "_") if not words[0].startswith("-") else words[0]
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"tieubieu.settings.{deployment()}")
        from django.core.management import execute_from_command_line

        execute_from_command_line(["tieubieu", *words])
    except WrongSetting as wrong:
        sys.exit(_refusal(wrong))


def _refusal(wrong: Exception) -> int:
    print(wrong, file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
