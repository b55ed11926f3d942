"""The Celery application: how errands travel. What is to be done stands in PostgreSQL (`tieubieu.outbox`).

Workers start with `celery -A tieubieu.celery worker`; there is no beat: the relay is also the clock.
"""

import os
from typing import Any

from celery import Celery
from django.conf import settings
from kombu import Queue

from tieubieu import engines
from tieubieu.outbox import broker
from tieubieu.settings.environment import deployment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"tieubieu.settings.{deployment()}")

# No errand may hold its claim longer; the broker must not hand out again what is still being done.
LONGEST_LEASE_SECONDS = 30 * 60


def queues() -> list[str]:
    """The names of the queues: one for each module of errands."""
    return [module.rpartition(".")[2] for module in settings.ERRAND_MODULES]


def configuration() -> dict[str, Any]:
    """Everything that differs from Celery's defaults, with the fault it answers."""
    return {
        "broker_url": engines.broker_url(settings.REDIS_URL),
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "broker_transport_options": {
            "visibility_timeout": 2 * LONGEST_LEASE_SECONDS,
            # The defaults sweep once in about 100 seconds, whatever the timeout says.
            "unacked_restore_interval": 2,
            "unacked_restore_throttle": 1,
            "socket_connect_timeout": 3,
            "socket_keepalive": True,
        },
        "include": list(settings.ERRAND_MODULES),
        "task_queues": [Queue(name) for name in queues()],
        "task_default_queue": queues()[0],
        "task_create_missing_queues": False,
        # JSON only: a pickle from a stranger would run as code.
        "accept_content": ["json"],
        "task_serializer": "json",
        # Acknowledged late alone still loses what a killed child was doing.
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        "worker_prefetch_multiplier": 1,
        "worker_pool": "prefork",
        "worker_max_tasks_per_child": 500,
        "worker_hijack_root_logger": False,
        # The result stands in the tenant's rows.
        "result_backend": None,
        "task_ignore_result": True,
        "worker_enable_remote_control": False,
        "timezone": settings.TIME_ZONE,
    }


broker.repair()
app = Celery("tieubieu")
app.add_defaults(configuration)
