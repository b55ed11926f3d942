"""Who may do what with a round."""

from django.db.models import Q, QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow, has_tenant_wide_view, wear, wears
from apps.accounts.models import Person
from apps.rounds.models import Appointment, Body, Level, Post, Round

APPOINTED = (Hat.CHAIR, Hat.SECRETARY, Hat.COUNCIL_MEMBER, Hat.JUDGE, Hat.SUPPORT)


def round_of(subject: object) -> Round | None:
    """The round that a subject is, or belongs to."""
    return subject if isinstance(subject, Round) else getattr(subject, "round", None)


def bodies_of(person: Person) -> frozenset[str]:
    """The bodies of any round to which the person is appointed, read once per instance."""
    known: frozenset[str] | None = getattr(person, "_bodies", None)
    if known is None:
        known = frozenset(person.appointments.values_list("body", flat=True))
        person._bodies = known  # type: ignore[attr-defined]
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
