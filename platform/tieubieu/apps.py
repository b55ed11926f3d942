from django.apps import AppConfig


class TieubieuConfig(AppConfig):
    name = "tieubieu"
    verbose_name = "Tiêu Biểu"

    def ready(self) -> None:
        from tieubieu import checks  # noqa: F401  (registers the start-up checks)
