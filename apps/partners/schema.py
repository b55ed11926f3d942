"""The API's own description, OpenAPI 3.1. `tieubieu openapi > docs/openapi.json` renews the committed copy."""

import json
from typing import Any

from django.conf import settings
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.permissions import AllowAny
from rest_framework.renderers import BaseRenderer, JSONRenderer

DESCRIPTION = (
    "Dữ liệu chỉ đọc của một đơn vị. Mỗi đơn vị có tên miền, khách và mã truy cập riêng; mã của đơn vị này không có"
    " giá trị ở đơn vị khác. Chỉ kỳ bình chọn đã công bố mới có hồ sơ, kết quả và giấy chứng nhận."
    " Lời từ chối là `application/problem+json`."
)
WORDS: dict[str, Any] = {
    "DESCRIPTION": DESCRIPTION,
    "OAUTH2_FLOWS": ["clientCredentials"],
    "OAUTH2_TOKEN_URL": "/api/v1/token/",
    "ENUM_NAME_OVERRIDES": {"Level": "apps.rounds.models.Level"},
}


class Description(SpectacularJSONAPIView):
    """Open to anyone: it describes, and holds no data."""

    permission_classes = [AllowAny]
    authentication_classes: list[Any] = []
    renderer_classes: list[type[BaseRenderer]] = [JSONRenderer]
    urlconf = "tieubieu.urls.tenant"
    custom_settings = WORDS


def description() -> str:
    """The description as it is committed: keys in a stable order, Vietnamese in the clear."""
    GENERATOR_STATS.reset()
    with patched_settings(WORDS):
        document = SchemaGenerator(urlconf=settings.ROOT_URLCONF).get_schema(request=None, public=True)
    return json.dumps(json.loads(JSONRenderer().render(document)), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
