"""Tests: real engines, a fast password hash, static files straight from the apps."""

from tieubieu.settings.development import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
