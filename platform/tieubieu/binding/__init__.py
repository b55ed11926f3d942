"""Which tenant this piece of work belongs to. Without one nothing works.

    with bound(scope):          # doors, workers and gateways bind
        current().slug          # everybody else asks

The binding lives in a context variable: a thread started inside a binding is *not* bound. Hand work
to a thread with `carried(function)`; hand out rows while a response streams with `streamed(scope, rows)`.
A generator never yields inside a binding: its consumer would find itself bound.
"""

from tieubieu.binding.scope import (
    PUBLIC,
    BindingsCrossed,
    NoTenantBound,
    Scope,
    bound,
    carried,
    current,
    current_or_none,
    streamed,
)

__all__ = [
    "PUBLIC",
    "BindingsCrossed",
    "NoTenantBound",
    "Scope",
    "bound",
    "carried",
    "current",
    "current_or_none",
    "streamed",
]
