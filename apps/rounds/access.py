"""Who may do what with a round."""

from collections.abc import Callable

from django.db.models import Exists, Q, QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow, has_tenant_wide_view, wear, wears
from apps.accounts.models import Person
from apps.rounds.models import Appointment, Body, Level, Post, Round

APPOINTED = (Hat.CHAIR, Hat.SECRETARY, Hat.COUNCIL_MEMBER, Hat.JUDGE, Hat.SUPPORT)


def round_of(subject: object) -> Round | None:
    """The round that a subject is, or belongs to."""
    return subject if isinstance(subject, Round) else getattr(subject, "round", None)


_DUTIES: dict[str, Callable[[], Exists]] = {}


def know_duty(name: str, exists: Callable[[], Exists]) -> None:
    """A room above has something for certain seats to do: `exists` tells of an appointment whether it has any. Naming
    it again replaces, so that `ready` may run twice."""
    _DUTIES[name] = exists


def bodies_of(person: Person) -> frozenset[str]:
    """The bodies of any round to which the person is appointed."""
    return frozenset(body for body, *_ in _seats_of(person))


def duties_of(person: Person) -> frozenset[str]:
    """The duties, by the names that the rooms above gave them, that any seat of the person has."""
    return frozenset(name for _, *has in _seats_of(person) for name, is_due in zip(_DUTIES, has, strict=True) if is_due)


def _seats_of(person: Person) -> list[tuple[str, *tuple[bool, ...]]]:
    """The body of each seat and, in the order of `_DUTIES`, what it has to do; one query, read once per instance."""
    known: list[tuple[str, *tuple[bool, ...]]] | None = getattr(person, "_seats", None)
    if known is None:
        duties = [exists() for exists in _DUTIES.values()]
        known = list(person.appointments.values_list("body", *duties))
        person._seats = known  # type: ignore[attr-defined]
    return known


def _sits(person: Person, subject: object, body: Body, *posts: Post) -> bool:
    round = round_of(subject)
    return round is not None and round.appointments.filter(person=person, body=body, post__in=posts).exists()


@wear(Hat.CHAIR)
def chairs_the_council(person: Person, subject: object = None) -> bool:
    return _sits(person, subject, Body.COUNCIL, Post.CHAIR)


@wear(Hat.SECRETARY)
def keeps_the_minutes(person: Person, subject: object = None) -> bool:
    return _sits(person, subject, Body.COUNCIL, Post.SECRETARY)


@wear(Hat.COUNCIL_MEMBER)
def sits_on_the_council(person: Person, subject: object = None) -> bool:
    return _sits(person, subject, Body.COUNCIL, *Post)


@wear(Hat.JUDGE)
def sits_on_the_panel(person: Person, subject: object = None) -> bool:
    """Of a round; but of a sheet only the member whose sheet it is."""
    judge = getattr(subject, "judge", None)
    if isinstance(judge, Appointment):
        return judge.person_id == person.pk
    return _sits(person, subject, Body.PANEL, *Post)


@wear(Hat.SUPPORT)
def helps_the_council(person: Person, subject: object = None) -> bool:
    return _sits(person, subject, Body.SUPPORT, *Post)


allow("rounds.round.see", "Xem bàn điều hành kỳ bình chọn", *AUTHORITY, Hat.COMMUNE_OFFICER, *APPOINTED)
allow("rounds.round.run", "Điều hành kỳ bình chọn", Hat.OFFICER, Hat.COMMUNE_OFFICER)
allow("rounds.filing.reopen", "Mở lại việc nhận hồ sơ đã đóng, trước khi chấm điểm", Hat.OFFICER, Hat.COMMUNE_OFFICER)
allow(
    "rounds.member.invite",
    "Cấp mã một lần, in giấy mời cho thành viên mới được cử",
    Hat.OFFICER,
    Hat.COMMUNE_OFFICER,
    condition="người chưa đăng nhập lần nào, không có vai trò, không làm việc cho cơ sở",
)
allow("rounds.setup.see", "Xem thiết lập kỳ bình chọn", *AUTHORITY, Hat.COMMUNE_OFFICER)
allow("rounds.calendar.see", "Xem lịch ngày nghỉ", *AUTHORITY, Hat.COMMUNE_OFFICER)
allow("rounds.calendar.keep", "Ghi ngày nghỉ của địa phương", Hat.ADMINISTRATOR, Hat.OFFICER)
allow(
    "rounds.results.see_before_publication",
    "Xem kết quả chấm trước khi công bố",
    *AUTHORITY,
    Hat.COMMUNE_OFFICER,
    Hat.CHAIR,
    Hat.SECRETARY,
)


def has_public_results(round: Round) -> bool:
    return round.has_results


def visible_rounds(person: Person) -> QuerySet[Round]:
    """The list face of `rounds.round.see`."""
    if has_tenant_wide_view(person):
        return Round.objects.all()
    own = Q(appointments__person=person)
    if wears(person, None, Hat.COMMUNE_OFFICER):
        own |= Q(level=Level.COMMUNE, area_code=person.commune_code)
    return Round.objects.filter(own).distinct()
