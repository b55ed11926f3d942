"""Two people edit the same thing: what each changed, and what becomes of it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Values = Mapping[str, object]


@dataclass(frozen=True)
class Difference:
    """A field that somebody else changed meanwhile; `is_clash` when this person changed it too, to something else."""

    field: str
    before: object
    theirs: object
    mine: object

    @property
    def is_clash(self) -> bool:
        return self.mine not in (self.before, self.theirs)


def changed(before: Values, after: Values) -> dict[str, list[object]]:
    """The fields of `after` that are not as before: `{field: [before, after]}`."""
    return {name: [before.get(name), value] for name, value in after.items() if before.get(name) != value}


def undone(now: Values, changes: Iterable[Mapping[str, list[object]]]) -> dict[str, object]:
    """What the values were before these changes, given oldest first."""
    base = dict(now)
    for change in reversed(list(changes)):
        base.update({name: before for name, (before, _) in change.items() if name in base})
    return base


def differences(base: Values, theirs: Values, mine: Values) -> list[Difference]:
    """What changed between `base` and `theirs`, with what this person typed for it."""
    return [
        Difference(name, base.get(name), theirs.get(name), typed)
        for name, typed in mine.items()
        if base.get(name) != theirs.get(name)
    ]


def joined(base: Values, theirs: Values, mine: Values) -> dict[str, object]:
    """What to go on with: what this person changed as typed, everything else as the other saved it."""
    return {name: typed if typed != base.get(name) else theirs.get(name) for name, typed in mine.items()}
