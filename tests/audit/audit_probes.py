"""Something that happens to something, for the log to record."""

from enum import StrEnum

from tieubieu.audit import tags
from tieubieu.progress.models import Job


@tags.register
class ProbeEvent(StrEnum):
    TRIED = "probes.thing.tried"

    @property
    def sentence(self) -> str:
        return "Thử một lần"


def thing(name="Vật thử"):
    return Job(kind="x", subject_kind="x", subject_id="x", label=name, total=0)
