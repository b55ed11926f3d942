"""What can stand in the way of an embedded engine."""


class EngineError(Exception):
    """An engine cannot run; the text says why and the remedy, in Vietnamese and in English, on one line."""


class EngineMissing(EngineError):
    """The package that carries the engine is not installed."""
