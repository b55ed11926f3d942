from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tieubieu.documents"
    label = "documents"
    verbose_name = "Văn bản, giấy tờ"
