"""What the API's description says of every operation: its refusals are problem documents."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from tieubieu.api.problems import PROBLEM_JSON, TITLES


class ProblemPlace(serializers.Serializer[Any]):
    """Một chỗ sai."""

    code = serializers.CharField()
    detail = serializers.CharField()
    pointer = serializers.CharField(allow_null=True)


class Problem(serializers.Serializer[Any]):
    """Lời từ chối theo RFC 9457."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors: Any = ProblemPlace(many=True)


class ProblemSchema(AutoSchema):
    """Adds the refusals that any reading operation may give."""

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        described = super()._get_response_bodies(direction)
        for status in self._refusals():
            described[str(status)] = self._get_response_for_code(Problem, str(status), [PROBLEM_JSON], direction)
            described[str(status)]["description"] = TITLES[status]
        return described

    def _refusals(self) -> list[int]:
        own = 400 if getattr(self.view, "action", "") == "list" else 404
        return sorted([own, 401, 403, 405, 406])
