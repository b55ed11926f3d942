"""What can happen to an account, as the audit log tells it."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class PeopleEvent(StrEnum):
    CHANGED = "accounts.person.changed"
    ROLES_CHANGED = "accounts.person.roles_changed"
    DEACTIVATED = "accounts.person.deactivated"
    REACTIVATED = "accounts.person.reactivated"
    CODE_MADE = "accounts.code.made"
    CODE_USED = "accounts.code.used"
    CODE_KILLED = "accounts.code.killed"
    PASSWORD_CHOSEN = "accounts.password.chosen"  # noqa: S105 - the name of what happened
    UNIT_ADDED = "accounts.unit.added"
    UNIT_CHANGED = "accounts.unit.changed"

    @property
    def sentence(self) -> str:
        return {
            self.CHANGED: "Sửa thông tin người dùng",
            self.ROLES_CHANGED: "Đổi vai trò của người dùng",
            self.DEACTIVATED: "Ngừng hoạt động tài khoản",
            self.REACTIVATED: "Mở lại tài khoản",
            self.CODE_MADE: "Cấp mã một lần để đặt lại mật khẩu",
            self.CODE_USED: "Đặt mật khẩu mới bằng mã một lần",
            self.CODE_KILLED: "Hủy mã một lần vì nhập sai nhiều lần",
            self.PASSWORD_CHOSEN: "Tự đặt mật khẩu mới",
            self.UNIT_ADDED: "Thêm đơn vị",
            self.UNIT_CHANGED: "Sửa đơn vị",
        }[self]


@register
class AccountEvent(StrEnum):
    PERSON_ADDED = "accounts.person.added"
    SIGNED_UP = "accounts.person.signed_up"
    SIGN_UP_SET = "accounts.policy.sign_up_set"

    @property
    def sentence(self) -> str:
        return {
            self.PERSON_ADDED: "Thêm người vào đơn vị",
            self.SIGNED_UP: "Tự đăng ký tài khoản",
            self.SIGN_UP_SET: "Đặt cách cơ sở đăng ký tài khoản",
        }[self]
