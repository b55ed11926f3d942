"""The embedded Valkey, a Redis-compatible server: the bell of the house, on a Unix socket, with an append-only file."""

import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import redis

from tieubieu.engines import programs, servers
from tieubieu.engines.errors import EngineError
from tieubieu.engines.homes import VALKEY_SOCKET, Home, private

PROGRAM = "valkey-server"
START_SECONDS = 30
STOP_SECONDS = 5

SETTINGS = {
    "port": "0",
    "unixsocketperm": "700",
    "daemonize": "yes",
    "appendonly": "yes",
    "appendfsync": "everysec",
    "save": "",
    "maxmemory-policy": "noeviction",
    "databases": "16",
    "loglevel": "notice",
}


@dataclass(frozen=True)
class Valkey:
    home: Home
    fsync: bool = True

    @property
    def socket(self) -> Path:
        return self.home.sockets / VALKEY_SOCKET

    def url(self, number: int = 0) -> str:
        """Return the address for redis-py and Django's cache; the server need not run."""
        return f"unix://{quote(str(self.socket), safe='/')}?db={number}"

    def is_ready(self) -> bool:
        """Tell whether the server answers."""
        try:
            with redis.Redis.from_url(self.url(), socket_timeout=5) as client:
                return bool(client.ping())
        except (redis.RedisError, OSError):
            return False

    def start(self) -> bool:
        """Start the server unless it is ready; return whether there was something to start. Call under the lock.

        A broken append-only file is set aside: PostgreSQL is the record of work, and what was
        queued here is queued again from there.
        """
        if self.is_ready():
            return False
        self.stop()
        if not self._launch():
            self._set_data_aside()
            if not self._launch():
                raise EngineError(
                    f"Valkey nhúng không khởi động được (nhật ký: {self._log})."
                    f" / The embedded Valkey did not start: {servers.tail(self._log)}"
                )
        return True

    def stop(self) -> None:
        """Stop the server if it is ours and runs; idempotent."""
        pid = self.pid()
        if pid is not None:
            servers.end(pid, lambda: not self._is_ours(pid), STOP_SECONDS)

    def pid(self) -> int | None:
        """Return the number of our running server."""
        pid = servers.first_number(self._pid_file)
        return pid if pid is not None and self._is_ours(pid) else None

    # --- Parts -----------------------------------------------------------------------------------

    @property
    def _log(self) -> Path:
        return self.home.logs / "valkey.log"

    @property
    def _pid_file(self) -> Path:
        return self.home.sockets / "valkey.pid"

    def _is_ours(self, pid: int) -> bool:
        return servers.serves(pid, self.home.valkey_data, PROGRAM)

    def _launch(self) -> bool:
        account = self.home.account
        private(self.home.valkey_data, account)
        self._pid_file.unlink(missing_ok=True)
        self._log.touch()
        account.own(self._log)
        subprocess.run(  # type: ignore[call-overload]  # noqa: S603 - our own program
            [str(programs.valkey_program(account)), str(self._write_settings())], cwd="/", env=servers.environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            check=False, start_new_session=True, **account.popen(),
        )  # fmt: skip
        return servers.wait_until(lambda: self.is_ready() or self._died(), START_SECONDS) and self.is_ready()

    def _died(self) -> bool:
        """The daemon writes its pid file before it loads its data, so a file without a process is a failure."""
        return self._pid_file.exists() and self.pid() is None

    def _write_settings(self) -> Path:
        places = {
            "dir": str(self.home.valkey_data),
            "unixsocket": str(self.socket),
            "pidfile": str(self._pid_file),
            "logfile": str(self._log),
        }
        settings = SETTINGS | places | ({} if self.fsync else {"appendfsync": "no"})
        file = self.home.settings / "valkey.conf"
        file.write_text("".join(f"{name} {_quoted(value)}\n" for name, value in settings.items()))
        file.chmod(0o644)
        return file

    def _set_data_aside(self) -> None:
        data = self.home.valkey_data
        data.rename(data.with_name(f"valkey.broken-{int(time.time())}"))


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
