"""The database's own refusal to change what was recorded, for every append-only table of the house."""

from django.db.migrations import RunSQL

# Everything is named without a schema, so that the function and the trigger belong to the schema that
# is being migrated, and survive its being stamped under another name or renamed. The function's own
# search_path is fixed because on some engines a trigger runs without the tenant's.
FUNCTION = """
CREATE FUNCTION {table}_refuses_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $refuse$
BEGIN
    RAISE EXCEPTION '{table}: chỉ được ghi thêm, không được sửa hay xóa'
        USING ERRCODE = 'insufficient_privilege', DETAIL = TG_OP;
END
$refuse$
"""
ROWS = """
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuses_change()
"""
TABLE = """
CREATE TRIGGER {table}_table_stays BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuses_change()
"""


def append_only(table: str) -> RunSQL:
    """A migration's step after which rows of the table can be added but neither changed nor removed.

    Only the table's owner can take the guard away again; what was done meanwhile shows in the hash chain.
    On Citus up to 14.0 triggers need `citus.enable_unsafe_triggers`, set on the database.
    """
    # A list of single statements: some engines refuse several in one string.
    return RunSQL(
        [statement.format(table=table) for statement in (FUNCTION, ROWS, TABLE)],
        [
            f"DROP TRIGGER {table}_rows_stay ON {table}",
            f"DROP TRIGGER {table}_table_stays ON {table}",
            f"DROP FUNCTION {table}_refuses_change()",
        ],
    )
