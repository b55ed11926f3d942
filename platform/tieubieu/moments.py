"""The database's clock: the only one that all processes share."""

from datetime import datetime

from django.db import connection


def transaction_time() -> datetime:
    """When the current transaction began: every answer within it is the same, however long it waited for a lock.

    So whoever arrived in time is in time. Outside a transaction it is the time of the statement.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
