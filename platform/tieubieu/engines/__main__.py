"""`python -m tieubieu.engines start|stop|status|keep [HOME]`: the engines by hand, and the keeper's own command."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tieubieu.engines import EngineError, Engines, home


def main(words: Sequence[str]) -> int:
    """Do one thing with the engines; return the exit status."""
    action = words[0] if words else "status"
    engines = Engines(Path(words[1]) if len(words) > 1 else home())
    actions: dict[str, Callable[[], object]] = {
        "start": engines.ensure_running,
        "stop": engines.stop,
        "keep": engines.keep,
        "status": lambda: None,
    }
    if action not in actions:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        actions[action]()
    except EngineError as error:
        print(error, file=sys.stderr)
        return 1
    if action != "keep":
        print(_status(engines))
    return 0


def _status(engines: Engines) -> str:
    return "\n".join(
        f"{name:<11}{'chạy' if server.is_ready() else 'tắt':<6}{server.url()}"
        for name, server in (("PostgreSQL", engines.postgres), ("Valkey", engines.valkey))
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
