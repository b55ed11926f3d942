"""How the child says no."""


class Refused(Exception):
    """`reason` is a key of the parent's sentences; `facts` fill its gaps."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts
