from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from apps.accounts.navigation import is_nobody_yet, may_only_see_roles, may_see_people, may_set_policy
from tieubieu.ui import navigation, states


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"
    verbose_name = "Người dùng"

    def ready(self) -> None:
        autodiscover_modules("access")
        states.register(
            {
                "account.active": states.State("Đang hoạt động", "good", "check"),
                "account.inactive": states.State("Đã ngừng hoạt động", "quiet", "minus"),
            }
        )
        navigation.register(
            navigation.Place("Đơn vị", "accounts:units", order=82, shown=may_see_people, group="Quản trị")
        )
        navigation.register(
            navigation.Place("Người dùng", "accounts:people", order=80, shown=may_see_people, group="Quản trị")
        )
        navigation.register(
            navigation.Place("Vai trò", "accounts:roles", order=81, shown=may_only_see_roles, group="Quản trị")
        )
        navigation.register(navigation.Place("Đăng nhập", "accounts:sign_in", order=90, shown=is_nobody_yet))
        navigation.register(
            navigation.Place("Cách đăng ký", "accounts:policy", order=85, shown=may_set_policy, group="Quản trị")
        )
