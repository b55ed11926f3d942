from django.apps import AppConfig

from tieubieu.ui import navigation, states


class NoticesConfig(AppConfig):
    name = "tieubieu.notices"
    label = "notices"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        from tieubieu.notices.models import MailState  # models are there only now
        from tieubieu.notices.navigation import is_signed_in, may_see_mail

        looks: dict[str, tuple[states.Tone, str]] = {
            "waiting": ("quiet", "clock"),
            "sent": ("good", "check"),
            "failed": ("wrong", "warn"),
        }
        states.register_choices("mail", MailState, looks)
        navigation.register(
            navigation.Place("Thông báo", "notices:mine", order=80, shown=is_signed_in, count="notices:unread"),
            navigation.Place("Thư đã gửi", "notices:mails", order=86, shown=may_see_mail, group="Quản trị"),
        )
