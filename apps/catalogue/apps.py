from django.apps import AppConfig

from tieubieu.ui import navigation, states
from tieubieu.ui.states import State


class CatalogueConfig(AppConfig):
    name = "apps.catalogue"
    label = "catalogue"
    verbose_name = "Danh bạ sản phẩm"
    tenant_may = {"catalogue_registeredcertificate": "SELECT", "catalogue_issuerkey": "SELECT"}
    public_may = {
        "catalogue_registeredcertificate": "SELECT, INSERT, UPDATE",
        "catalogue_issuerkey": "SELECT, INSERT, UPDATE",
    }

    def ready(self) -> None:
        states.register(
            {
                "certificate.valid": State("Còn hiệu lực", "good", "check"),
                "certificate.expired": State("Hết hiệu lực", "quiet", "clock"),
                "certificate.suspended": State("Tạm đình chỉ", "warn", "clock"),
                "certificate.revoked": State("Đã thu hồi", "wrong", "cross"),
                "certificate.replaced": State("Đã được thay thế", "quiet", "arrow"),
                "certificate.unknown": State("Không xác minh được", "wrong", "cross"),
            }
        )
        navigation.register(
            navigation.Place("Danh bạ sản phẩm", "catalogue:register", order=10),
            navigation.Place("Xác minh giấy chứng nhận", "catalogue:verify_number", order=20),
        )
