"""What was told to whom, for the person themselves and for whoever looks after the mail."""

from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from tieubieu.lib.text import fold
from tieubieu.notices.models import Mail, Notice


def notices_of(person: Any) -> QuerySet[Notice]:
    """The person's own notices: unread first, then the newest."""
    is_read = Case(When(read_at__isnull=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    return Notice.objects.filter(person=person).annotate(is_read=is_read).order_by("is_read", "-created_at", "-id")


def unread_count(person: Any) -> int:
    """How many notices the person has not opened."""
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def mails(*, audience: str, state: str = "", words: str = "") -> QuerySet[Mail]:
    """The letters to one audience, the newest first, with all of the words in subject or address."""
    found = Mail.objects.filter(audience=audience)
    if state:
        found = found.filter(state=state)
    for word in fold(words).split():
        found = found.filter(words_folded__contains=word)
    return found.order_by("-created_at", "-id")
