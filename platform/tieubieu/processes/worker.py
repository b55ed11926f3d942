"""Added to the Celery worker by `--include`: a sign of life from its main loop.

A worker that lost its broker and never came back looks alive from outside; its loop does not turn.
"""

from celery import bootsteps
from celery.worker import WorkController

from tieubieu.celery import app
from tieubieu.processes import heartbeats


class SignOfLife(bootsteps.StartStopStep):  # type: ignore[misc]
    """Touch the heartbeat file while the worker's timer turns."""

    requires = ("celery.worker.components:Timer",)

    def start(self, parent: WorkController) -> None:
        heartbeats.beat("worker")
        self._timer = parent.timer.call_repeatedly(heartbeats.EVERY_SECONDS, heartbeats.beat, ("worker",))

    def stop(self, parent: WorkController) -> None:
        self._timer.cancel()


app.steps["worker"].add(SignOfLife)
