"""The ink: words and a layout become a PDF. No Django here, so that it can be tried and tested alone."""

from tieubieu.documents.ink.layouts import UnknownLayout, layout_version
from tieubieu.documents.ink.press import InkAfterFork, InkRefused, Printable, Rendered, plain, render, render_png

__all__ = [
    "InkAfterFork",
    "InkRefused",
    "Printable",
    "Rendered",
    "UnknownLayout",
    "layout_version",
    "plain",
    "render",
    "render_png",
]
