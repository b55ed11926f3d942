"""People of one tenant. A person exists only in the schema of the province (or ministry) they serve."""

import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from tieubieu.lib.phones import InvalidPhone, normal_phone
from tieubieu.lib.text import person_sort_key
from tieubieu.rows import Row


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", "Quản trị của đơn vị"
    OFFICER = "officer", "Chuyên viên"
    COMMUNE_OFFICER = "commune_officer", "Cán bộ cấp xã"
    LEADER = "leader", "Lãnh đạo"
    AUDITOR = "auditor", "Kiểm tra, giám sát"


class OrganisationalUnit(Row):
    """Sở Công Thương, trung tâm khuyến công, UBND cấp xã, Cục…"""

    name = models.CharField("tên đơn vị", max_length=200, unique=True)
    commune_code = models.CharField("mã xã, phường, đặc khu", max_length=5, blank=True)

    def __str__(self) -> str:
        return self.name


class OneTimeCode(Row):
    """The code with which a person sets a new password; there is at most one, and only its hash is kept."""

    person = models.OneToOneField("accounts.Person", models.CASCADE, related_name="one_time_code")
    code_hash = models.CharField(max_length=200)
    expires_at = models.DateTimeField("dùng được đến")
    tries_left = models.PositiveSmallIntegerField("số lần thử còn lại")


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        found = self.known_as(username or "")
        if found is None:
            raise self.model.DoesNotExist
        return found

    def known_as(self, typed: str) -> "Person | None":
        """Whoever signs in under this login, e-mail or telephone. A login comes first, for it is one person's; an
        address or number that several have names nobody."""
        name = typed.strip().lower()
        found = self.filter(login=name).first()
        if found is not None or not name:
            return found
        others = list(self.filter(_contact(name))[:2])
        return others[0] if len(others) == 1 else None

    def create_person(self, login: str, password: str | None = None, **fields: object) -> "Person":
        person = self.model(login=login.strip().lower(), **fields)
        person.set_password(password)
        person.save()
        return person


def _contact(name: str) -> Q:
    if "@" in name:
        return Q(email__iexact=name)
    try:
        return Q(phone=normal_phone(name))
    except InvalidPhone:
        return Q(pk__in=[])


class Person(Row, AbstractBaseUser):
    """`version` rises with each change of details or roles, so that two administrators notice each other."""

    login = models.CharField("tên đăng nhập", max_length=150, unique=True)
    full_name = models.CharField("họ và tên", max_length=150)
    name_key = models.CharField(max_length=600, editable=False, db_index=True)
    position = models.CharField("chức vụ", max_length=200, blank=True)
    academic_title = models.CharField("học hàm, học vị", max_length=100, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    unit = models.ForeignKey(OrganisationalUnit, models.PROTECT, null=True, blank=True, related_name="people")
    is_active = models.BooleanField("đang hoạt động", default=True)
    version = models.PositiveIntegerField("lần sửa", default=1)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS = ["full_name"]
    objects = PersonManager()

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = person_sort_key(self.full_name)
        self.phone = _stored_phone(self.phone)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def commune_code(self) -> str:
        """The commune whose officer this person is, or "" for people of the province and of facilities."""
        return self.unit.commune_code if self.unit else ""

    def has_perm(self, permission: str, obj: object = None) -> bool:
        """Ask the predicates of the rooms; there are no stored permissions."""
        if not rules.perm_exists(permission):
            raise LookupError(f"no room grants {permission}")
        return self.is_active and rules.has_perm(permission, self, obj)

    def roles(self) -> frozenset[str]:
        """The person's roles, read once per instance."""
        if not hasattr(self, "_roles"):
            self._roles = frozenset(self.grants.values_list("role", flat=True))
        return self._roles


def _stored_phone(typed: str) -> str:
    """The normal form, so that the person may sign in by it; what is no number stays as it was typed."""
    try:
        return normal_phone(typed)
    except InvalidPhone:
        return typed.strip()


class RoleGrant(Row):
    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField("vai trò", max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="one_grant_per_role")]


class Policy(Row):
    """What the administrator decides for the whole tenant; one row, or none for the defaults."""

    number = models.PositiveSmallIntegerField(default=1, unique=True)
    is_sign_up_open = models.BooleanField("cơ sở tự đăng ký tài khoản được", default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(number=1), name="one_policy")]
