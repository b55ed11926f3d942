"""How the database backend refuses."""


class WrongBinding(RuntimeError):
    """Somebody pointed the connection, a cursor or a query at another schema than the bound one."""

    def __init__(self, what: str, wanted: str, bound: str | None) -> None:
        super().__init__(
            f"{what} thuộc lược đồ {wanted!r} nhưng đang làm việc trong {bound!r}."
            f" / {what} belongs to schema {wanted!r}, but {bound!r} is bound."
        )


class SchemaMissing(RuntimeError):
    """The bound schema does not exist or its role may not enter it; nothing falls through to public."""

    def __init__(self, schema: str, role: str | None) -> None:
        super().__init__(
            f"Không có lược đồ {schema!r} hoặc vai trò {role!r} không được vào; chạy `tieubieu migrate`."
            f" / Schema {schema!r} is missing or closed to role {role!r}."
        )
