"""Error pages: plain words for people, a problem document for programs."""

from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tieubieu.api.problems import TITLES, problem

WORDS = {
    400: "Yêu cầu gửi tới chưa đúng dạng nên không đọc được.",
    403: "Tài khoản này không được làm việc đó.",
    404: "Không có trang hoặc hồ sơ nào ở địa chỉ này.",
    500: "Hệ thống gặp lỗi khi xử lý. Những gì đã lưu vẫn còn; xin thử lại sau ít phút.",
}

LONGEST_SEARCH = 100


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same answer for what does not exist and for what this person may not see."""
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return answer(request, 500)


def answer(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """Answer in the form the asker reads."""
    words = message or WORDS.get(status, TITLES.get(status, ""))
    if request.path.startswith("/api/"):
        body = problem(status, [{"code": "error", "detail": words, "pointer": None}])
        return JsonResponse(body, status=status, content_type="application/problem+json")
    return render(request, f"{status}.html", {"message": words}, status=status)


def words_asked(request: HttpRequest) -> str:
    """What was typed into the search box of a list."""
    return request.GET.get("tim", "").strip()[:LONGEST_SEARCH]


def ids_in(texts: Iterable[str]) -> list[UUID]:
    """The ids among what was ticked; what is no id is left out."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
