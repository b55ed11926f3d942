"""Who was told which result, when, and whether they looked: one source for the page and its workbook."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from apps.accounts.models import Person
from apps.councils.models import Selection
from apps.dossiers.models import Entry
from apps.dossiers.services.announcing import own_key
from apps.recognition.access import visible_selections
from apps.rounds.models import Round
from tieubieu.notices.models import Mail, MailState, Notice

KEY = "recognition.result:"


@dataclass
class Told:
    """One entry's facility, the notices to its people and the letters to it."""

    selection: Selection
    notices: list[Notice] = field(default_factory=list)
    mails: list[Mail] = field(default_factory=list)

    @property
    def entry(self) -> Entry:
        return self.selection.entry

    @property
    def told_at(self) -> datetime | None:
        return min([n.created_at for n in self.notices] + [m.created_at for m in self.mails], default=None)

    @property
    def opened_at(self) -> datetime | None:
        """When somebody first opened the notice, or followed the letter's link; letters do not tell more."""
        moments = [n.read_at for n in self.notices] + [m.opened_at for m in self.mails]
        return min([moment for moment in moments if moment], default=None)

    @property
    def people(self) -> str:
        return ", ".join(notice.person.full_name for notice in self.notices)

    @property
    def addresses(self) -> str:
        return ", ".join(mail.address for mail in self.mails)

    @property
    def is_undelivered(self) -> bool:
        return any(mail.state == MailState.FAILED for mail in self.mails)

    @property
    def state(self) -> str:
        if self.opened_at:
            return "opened"
        return "told" if self.notices or self.mails else "untold"


def told_of(round: Round, person: Person) -> list[Told]:
    """Every entry before the council with who was told about it, as far as the reader may know; three queries."""
    selections = visible_selections(person, round).select_related("entry__facility").order_by("entry__code")
    found = {str(one.entry_id): Told(one) for one in selections}
    mails: dict[object, list[Mail]] = defaultdict(list)
    own = {own_key(told.entry, key_of(told.entry)): told for told in found.values()}
    keys = [key_of(told.entry) for told in found.values()]
    for mail in Mail.objects.filter(notice__key__in=keys) | Mail.objects.filter(key__in=list(own)):
        mails[mail.notice_id].append(mail)
        if mail.key in own:
            own[mail.key].mails.append(mail)
    for notice in Notice.objects.filter(key__in=keys).select_related("person").order_by("created_at", "pk"):
        told = found[notice.about_id]
        told.notices.append(notice)
        told.mails += mails[notice.pk]
    return list(found.values())


def key_of(entry: Entry) -> str:
    """The key of the notice about an entry's result: each person is told once."""
    return f"{KEY}{entry.pk}"
