"""Cursor pages: stable while rows are added, and no count over the whole table."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class CursorPages(CursorPagination):
    """Pages in the order of one unique, stored field, so that a page may start after any row.

    A cursor that no page gave out is the asker's mistake: 400, never an empty page.
    """

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    page_size_query_description = "Số dòng mỗi trang, từ 1 đến 200; mặc định là 50."
    cursor_query_description = "Con trỏ lấy từ `next` hoặc `previous` của trang trước."
    ordering: str | tuple[str, ...] = "id"

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        try:
            page: list[Any] | None = super().paginate_queryset(queryset, request, view)
        except (NotFound, ValidationError, ValueError, DataError) as foreign:
            raise ParseError("Con trỏ trang không hợp lệ; xin bắt đầu lại từ trang đầu.") from foreign
        return page

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }
