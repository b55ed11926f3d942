from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "apps.catalogue"
    label = "catalogue"
    verbose_name = "Danh bạ sản phẩm"
    tenant_may = {"catalogue_registeredcertificate": "SELECT", "catalogue_issuerkey": "SELECT"}
    public_may = {
        "catalogue_registeredcertificate": "SELECT, INSERT, UPDATE",
        "catalogue_issuerkey": "SELECT, INSERT, UPDATE",
    }
