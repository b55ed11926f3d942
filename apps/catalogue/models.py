"""The nation's register of certified products: public rows, fed by events, never by a tenant's own hand."""

from django.db import models

from tieubieu.rows import Row


class RegisteredCertificate(Row):
    """`id` is the certificate's id in its tenant; `version` lets a late message lose against a newer one."""

    issuer = models.CharField("nơi cấp", max_length=63)
    issuer_name = models.CharField("tên nơi cấp", max_length=200)
    province_code = models.CharField("mã tỉnh, thành phố", max_length=2, blank=True)
    number = models.CharField("số giấy chứng nhận", max_length=60)
    level = models.CharField("cấp", max_length=10)
    year = models.PositiveSmallIntegerField("năm")
    product_name = models.CharField("tên sản phẩm", max_length=250)
    product_folded = models.CharField(max_length=250, db_index=True)
    holder_name = models.CharField("tên cơ sở", max_length=250)
    holder_address = models.CharField("địa chỉ cơ sở", max_length=300)
    group = models.CharField("nhóm sản phẩm", max_length=2, blank=True)
    decision = models.CharField("quyết định", max_length=60)
    issued_on = models.DateField("ngày cấp")
    valid_until = models.DateField("có giá trị đến")
    state = models.CharField("trạng thái", max_length=10)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year", "issuer", "number"]
        constraints = [models.UniqueConstraint(fields=["issuer", "number"], name="one_register_line_per_number")]


class IssuerKey(Row):
    """A public verification key; kept after rotation and after a merger, so old codes still verify."""

    issuer = models.CharField("nơi cấp", max_length=63)
    kid = models.CharField("mã khóa", max_length=60, unique=True)
    public = models.TextField("khóa công khai")
    retired_at = models.DateTimeField(null=True, blank=True)
