"""Tests: real engines, a fast password hash, static files straight from the apps."""

import os

from tieubieu import engines

# The tests' own engines: a running demo beside them must not see their messages, nor they its data. Each of the workers
# that share the tests out has its own as well; a program that it starts stays there.
if (worker := os.environ.get("PYTEST_XDIST_WORKER")) and engines.home().name != f"test-{worker}":
    os.environ["TIEUBIEU_HOME"] = str(engines.home(f"test-{worker}"))
os.environ.setdefault("TIEUBIEU_HOME", str(engines.home("test")))

from tieubieu.settings.development import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
