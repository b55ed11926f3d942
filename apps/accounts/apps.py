from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from apps.accounts.navigation import is_nobody_yet, may_set_policy
from tieubieu.ui import navigation


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"
    verbose_name = "Người dùng"

    def ready(self) -> None:
        autodiscover_modules("access")
        navigation.register(navigation.Place("Đăng nhập", "accounts:sign_in", order=90, shown=is_nobody_yet))
        navigation.register(navigation.Place("Cách đăng ký", "accounts:policy", order=85, shown=may_set_policy))
