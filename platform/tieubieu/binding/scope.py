"""The scope that is bound, and the only way to bind one."""

from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar, Token
from dataclasses import dataclass
from functools import wraps
from types import TracebackType
from typing import ParamSpec, TypeVar
from uuid import UUID

P = ParamSpec("P")
T = TypeVar("T")


class NoTenantBound(RuntimeError):
    """Work that belongs to a tenant was asked for while none is bound."""

    def __init__(self) -> None:
        super().__init__(
            "Chưa gắn với tỉnh nào nên không làm gì cả. / No tenant is bound: bind one with `bound(scope)`."
        )


class BindingsCrossed(RuntimeError):
    """A binding was left while another one, entered later, was still there."""

    def __init__(self, left: str) -> None:
        super().__init__(
            f"Rời {left!r} khi một lần gắn khác còn mở; nay không gắn với tỉnh nào."
            f" / {left!r} was left while another binding was open; nothing is bound now. Is there a `yield` inside?"
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """Where work happens: a schema, and the database role that may touch it (None: the login role itself)."""

    schema: str
    role: str | None
    slug: str
    kind: str
    tenant_id: UUID | None


PUBLIC = Scope(schema="public", role="tb_public", slug="", kind="public", tenant_id=None)


def current() -> Scope:
    """Return the bound scope; raise `NoTenantBound` when there is none."""
    binding = _bound.get()
    if binding is None:
        raise NoTenantBound
    return binding.scope


def current_or_none() -> Scope | None:
    binding = _bound.get()
    return binding.scope if binding else None


class Binding:
    """One entry into a scope. It can be entered once and decorates nothing: shared state leaks between threads."""

    __slots__ = ("_token", "_used", "scope")

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._used = False

    def __enter__(self) -> Scope:
        if self._used:
            raise RuntimeError("A binding is entered once; call bound(scope) again.")
        self._used = True
        self._token: Token[Binding | None] = _bound.set(self)
        return self.scope

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        is_innermost = _bound.get() is self
        _bound.reset(self._token)
        if not is_innermost:
            # A generator was suspended inside a binding. What stood before it may be stale: better nothing.
            _bound.set(None)
            raise BindingsCrossed(self.scope.slug or self.scope.schema)

    def __call__(self, *_: object) -> object:
        raise TypeError("bound(scope) is not a decorator; write `with bound(scope):` inside the function.")


_bound: ContextVar[Binding | None] = ContextVar("bound_scope", default=None)


def bound(scope: Scope) -> Binding:
    """Bind a scope for a `with` block; leaving the block restores what was bound before, also after an exception."""
    if not isinstance(scope, Scope):
        raise TypeError(f"bound() takes a Scope, not {type(scope).__name__}.")
    return Binding(scope)


def carried(function: Callable[P, T]) -> Callable[P, T]:
    """Return the function bound to today's scope wherever it runs later: another thread, after the commit.

    Outside a binding the function is returned as it is.
    """
    scope = current_or_none()
    if scope is None:
        return function

    @wraps(function)
    def inside(*args: P.args, **kwargs: P.kwargs) -> T:
        with bound(scope):
            return function(*args, **kwargs)

    return inside


def streamed(scope: Scope, parts: Iterable[T]) -> Iterator[T]:
    """Produce each part inside the scope, and leave the consumer outside it between parts."""
    with bound(scope):
        source = iter(parts)
    try:
        while True:
            with bound(scope):
                try:
                    part = next(source)
                except StopIteration:
                    return
            yield part
    finally:
        if hasattr(source, "close"):
            with bound(scope):
                source.close()
