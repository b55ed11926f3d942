"""Bring the shared reference data of the release into the public schema."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction

from tenants.reference import reading

BATCH = 1000


@dataclass(frozen=True)
class Loaded:
    """`given` rows stand in the files; `unlisted` rows stand in the database but in no file, and were left alone."""

    label: str
    given: int
    unlisted: int


@transaction.atomic
def load_all() -> list[Loaded]:
    """Insert or update every row of the data files, matched by code and start. Repeating it changes nothing.

    Rows that no file lists are kept: an operator may have entered them after a decision of the State.
    The caller has bound the owner of the public schema.
    """
    return [
        _upsert(reading.units(), ("code", "valid_from")),
        _upsert(reading.regions(), ("code",)),
        _upsert(reading.memberships(), ("province_code", "valid_from")),
        _upsert(reading.holidays(), ("date",)),
        _upsert(reading.rule_sets(), ("code",)),
    ]


def _upsert(rows: Sequence[models.Model], unique: tuple[str, ...]) -> Loaded:
    model = type(rows[0])
    told = [f.name for f in model._meta.concrete_fields if not f.primary_key and f.name not in unique]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=list(unique), update_fields=told, batch_size=BATCH
    )
    unlisted = model._default_manager.count() - len(rows)
    return Loaded(model.__name__, len(rows), unlisted)
