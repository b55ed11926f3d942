from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tieubieu.audit"
    label = "audit"
    verbose_name = "Nhật ký"
    # The tenant's role may add to these tables and read them, nothing else.
    append_only = ("audit_event", "audit_anchoredhead")
