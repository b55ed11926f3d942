"""Every error of the API is a problem document (RFC 9457) in Vietnamese."""

from typing import Any

from django.core.exceptions import PermissionDenied as CorePermissionDenied
from django.http import Http404
from drf_standardized_errors.formatter import flatten_errors
from rest_framework.exceptions import APIException, NotFound, PermissionDenied
from rest_framework.response import Response
from rest_framework.views import exception_handler

from tieubieu.errors import DomainError

PROBLEM_JSON = "application/problem+json"
TITLES = {
    400: "Yêu cầu chưa đúng",
    401: "Chưa xác thực",
    403: "Không được phép",
    404: "Không tìm thấy",
    405: "Phương thức không được hỗ trợ",
    406: "Định dạng không được hỗ trợ",
    409: "Trạng thái không cho phép",
    415: "Kiểu nội dung không được hỗ trợ",
    422: "Không thực hiện được",
    429: "Quá nhiều yêu cầu",
    500: "Lỗi của hệ thống",
}

# The framework's own refusals, said as our partners' programmers need them.
WORDS = {
    "not_authenticated": "Cần mã truy cập còn hiệu lực của đơn vị này, lấy ở /api/v1/token/.",
    "authentication_failed": "Mã truy cập không dùng được ở đơn vị này.",
    "permission_denied": "Mã truy cập này không có phạm vi được đọc dữ liệu ở đây.",
    "not_found": "Không có dữ liệu nào ở địa chỉ này.",
    "method_not_allowed": "Địa chỉ này không nhận phương thức vừa dùng; API chỉ để đọc.",
    "not_acceptable": "API chỉ trả lời bằng application/json.",
}


class Refused(APIException):
    """A domain rule stood in the way; carries the rule's own status and words."""

    def __init__(self, error: DomainError) -> None:
        self.status_code = error.status
        super().__init__(detail=error.message, code=error.code)


def handle(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: same shape for every refusal. What is no refusal is left to `handler500`."""
    refusal = _refusal(exc)
    response = exception_handler(refusal, context)
    if response is None or not isinstance(refusal, APIException):
        return response
    errors = [
        {"code": e.code, "detail": WORDS.get(e.code, str(e.detail)), "pointer": _pointer(e.attr)}
        for e in flatten_errors(refusal.detail)
    ]
    response.data = problem(response.status_code, errors)
    response.content_type = PROBLEM_JSON
    return response


def _refusal(exc: Exception) -> Exception:
    """What the framework raises outside its own API errors, as the API error it means."""
    if isinstance(exc, DomainError):
        return Refused(exc)
    if isinstance(exc, Http404):
        return NotFound()
    return PermissionDenied() if isinstance(exc, CorePermissionDenied) else exc


def problem(status: int, errors: list[dict[str, Any]]) -> dict[str, Any]:
    """Build a problem document; `errors` name the place by a JSON pointer where there is one."""
    detail = errors[0]["detail"] if errors else TITLES.get(status, "")
    return {
        "type": "about:blank",
        "title": TITLES.get(status, "Không thực hiện được"),
        "status": status,
        "detail": detail,
        "errors": errors,
    }


def _pointer(attr: str | None) -> str | None:
    return f"#/{attr.replace('.', '/')}" if attr else None
