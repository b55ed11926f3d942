"""What can be wrong with a rule set or with a province's choices. Plain `ValueError`s: nothing here needs Django."""


class BadRuleSet(ValueError):
    """The body of a rule set is not complete or contradicts itself; `str()` names the place."""


class UnknownLevel(ValueError):
    """The law of that day knows no such level; `str()` is Vietnamese."""


class RuleLoosened(ValueError):
    """A province's choice goes below the law, or decides what the law has decided; `str()` is Vietnamese.

    `facts` names the values involved.
    """

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts
