"""Tests: real engines, a fast password hash, static files straight from the apps."""

import os

from tieubieu import engines

# The tests' own engines: a running demo beside them must not see their messages, nor they its data.
os.environ.setdefault("TIEUBIEU_HOME", str(engines.home("test")))

from tieubieu.settings.development import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
