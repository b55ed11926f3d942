"""Settings of the worker and relay processes that tests start: their own Redis, the tests' database, the probes."""

import os

from tieubieu.settings.test import *  # noqa: F403

DATABASES["default"]["NAME"] = os.environ["STATION_DATABASE"]  # noqa: F405
ERRAND_MODULES = ["outbox_probes"]
