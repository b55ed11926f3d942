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
        super().__init__("Chưa gắn với tỉnh nào nên không làm gì cả. / No tenant is bound: bind one with `bound(scope)`.")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where work happens: a schema, and the database role that may touch it (None: the login role itself)."""

    schema: str
    role: str | None
    slug: str
    kind: str
    tenant_id: UUID | None


PUBLIC = Scope(schema="public", role="tb_public", slug="", kind="public", tenant_id=None)

_bound: ContextVar[Scope | None] = ContextVar("bound_scope", default=None)


def current() -> Scope:
    """Return the bound scope; raise `NoTenantBound` when there is none."""
    scope = _bound.get()
    if scope is None:
        raise NoTenantBound
    return scope


def current_or_none() -> Scope | None:
    return _bound.get()


class Binding:
    """One entry into a scope. It can be entered once and decorates nothing: shared state leaks between threads."""

    __slots__ = ("_scope", "_token", "_used")

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self._used = False

    def __enter__(self) -> Scope:
        if self._used:
            raise RuntimeError("A binding is entered once; call bound(scope) again.")
        self._used = True
        self._token: Token[Scope | None] = _bound.set(self._scope)
        return self._scope

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        _bound.reset(self._token)

    def __call__(self, *_: object) -> object:
        raise TypeError("bound(scope) is not a decorator; write `with bound(scope):` inside the function.")


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
