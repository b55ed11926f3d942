"""The one kind of view that partners have: reading, page by page, with the scopes that the view names."""

from typing import Any, TypeVar

from django.db.models import Model
from rest_framework.pagination import BasePagination
from rest_framework.viewsets import ReadOnlyModelViewSet

from tieubieu.api.pages import CursorPages
from tieubieu.api.schema import ProblemSchema

M = TypeVar("M", bound=Model)


class ReadOnlyView(ReadOnlyModelViewSet[M]):
    """A view that names no scope is closed to everybody."""

    schema: Any = ProblemSchema()
    pagination_class: type[BasePagination] | None = CursorPages
    required_scopes: list[str] = []
