"""Where an entry stands now and by whose word, for pages that may have grown old."""

from django.utils import timezone

from apps.dossiers.events import EntryEvent, ScreeningEvent
from apps.dossiers.models import Check, Entry
from tieubieu.audit.queries import events_of
from tieubieu.audit.tags import sentence
from tieubieu.ui.words import moment

TALK = (ScreeningEvent.CHECKED, ScreeningEvent.NOTE_WRITTEN, ScreeningEvent.ASSIGNED, EntryEvent.DRAFTED)


def stamp_of(entry: Entry) -> str:
    """What a page saw: the state and how often it was filed. A decision names the stamp of the page it was made on."""
    return f"{entry.state}.{entry.filings.count()}"


def last_word(entry: Entry) -> str:
    """The present state, and who brought it there when."""
    last = events_of(entry).exclude(tag__in=[str(tag) for tag in TALK]).last()
    here = f"Hồ sơ “{entry.name}” hiện ở trạng thái “{entry.get_state_display()}”"
    if last is None:
        return f"{here}."
    when = moment(timezone.localtime(last.happened_at))
    return f"{here} ({sentence(last.tag).lower()}: {last.actor_name}, {when})."


def check_stamp(check: Check | None) -> str:
    """Which finding a page showed: "" for none. A line that was cleared and written anew has another."""
    return f"{check.pk.hex}.{check.version}" if check else ""
