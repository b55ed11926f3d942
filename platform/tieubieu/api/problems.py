"""Every error of the API is a problem document (RFC 9457) in Vietnamese."""

from typing import Any

from django.http import Http404
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework.exceptions import APIException
from rest_framework.response import Response

from tieubieu.errors import DomainError

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


class Refused(APIException):
    """A domain rule stood in the way; carries the rule's own status and words."""

    def __init__(self, error: DomainError) -> None:
        self.status_code = error.status
        super().__init__(detail=error.message, code=error.code)


class ProblemHandler(ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, DomainError):
            return Refused(exc)
        return super().convert_known_exceptions(exc)

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        return problem(
            self.response_status(),
            [{"code": e.code, "detail": str(e.detail), "pointer": _pointer(e.attr)} for e in error_response.errors],
        )

    def response_status(self) -> int:
        return int(getattr(self.exc, "status_code", 404 if isinstance(self.exc, Http404) else 500))


def handle(exc: Exception, context: Any) -> Response | None:
    """DRF's exception handler: same shape for every refusal."""
    response = ProblemHandler(exc, context).run()
    if response is not None:
        response.content_type = "application/problem+json"
    return response


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
