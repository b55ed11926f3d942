"""What can happen to an account, as the audit log tells it."""

from enum import StrEnum

from tieubieu.audit.tags import register


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
