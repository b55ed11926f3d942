"""Settings of the processes that do a morning's errands: own Redis, the tests' database, letters as files."""

import os

from tieubieu.settings.test import *  # noqa: F403

DATABASES["default"]["NAME"] = os.environ["STATION_DATABASE"]  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = os.environ["STATION_LETTERS"]
