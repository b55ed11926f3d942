"""A person's own ways of looking at the work queue. They are nobody else's business and change no dossier."""

from collections.abc import Mapping

from django.db import transaction

from apps.accounts.models import Person
from apps.dossiers.models import SavedView
from tieubieu.errors import DomainError
from tieubieu.names import safe_name

MOST_VIEWS = 20
LONGEST_NAME = 60


@transaction.atomic
def save_view(person: Person, *, name: str, filters: Mapping[str, object]) -> SavedView:
    """Keep the filters under a name; the same name again replaces them. Raises `DomainError` for an unusable name."""
    wanted = safe_name(name)
    if len(wanted) > LONGEST_NAME:
        raise DomainError(f"Tên cách xem nhiều nhất {LONGEST_NAME} chữ.")
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    others = person.desk_views.exclude(name=wanted)
    if others.count() >= MOST_VIEWS:
        raise DomainError(f"Mỗi người lưu được {MOST_VIEWS} cách xem; xin bỏ bớt cách xem cũ.")
    view, _ = SavedView.objects.update_or_create(person=person, name=wanted, defaults={"filters": dict(filters)})
    return view


def forget_view(view: SavedView) -> None:
    view.delete()
