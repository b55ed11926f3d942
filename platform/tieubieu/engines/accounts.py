"""Under which account the engines run.

PostgreSQL refuses to run as root, so root lends it an existing unprivileged account; everybody
else runs the engines as themselves.
"""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from tieubieu.engines.errors import EngineError

LENT_TO_ROOT = "nobody"


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int
    lent: bool

    def popen(self) -> dict[str, object]:
        """Arguments that make `subprocess` start a program under this account."""
        if not self.lent:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give the path to this account; nothing to do unless the account is lent."""
        if self.lent:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def current() -> Account:
    """Return the account the engines of this process run under."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), lent=False)
    try:
        found = pwd.getpwnam(LENT_TO_ROOT)
    except KeyError as error:
        raise EngineError(
            f"PostgreSQL không chạy dưới quyền root và máy này không có tài khoản {LENT_TO_ROOT}: hãy chạy bằng"
            f" người dùng thường. / PostgreSQL refuses root and there is no account {LENT_TO_ROOT}: run as an"
            " ordinary user."
        ) from error
    return Account(found.pw_uid, found.pw_gid, lent=True)
