"""Cache keys that carry the tenant; without one there is no key."""

from tieubieu.binding.scope import current


def make_key(key: object, key_prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION. Raises `NoTenantBound`."""
    return f"{current().schema}:{key_prefix}:{version}:{key}"
