"""The design system: templates, components, style sheets, fonts, and how numbers, dates and states are worded.

Other floors add their words and places through `states.register` and `navigation.register`.
"""

from tieubieu.ui import navigation, states
from tieubieu.ui.parts import Crumb, Figure, Step, Tile

__all__ = ["Crumb", "Figure", "Step", "Tile", "navigation", "states"]
