"""Every rule, by the place of the document it speaks of. Where the decree is silent there is no rule."""

from tieubieu.decree30.rules import annexes, bases, body, head, looks, numbers, page, recipients, signing, words

RULES = tuple(
    rule
    for module in (page, looks, head, numbers, bases, body, signing, recipients, annexes, words)
    for rule in module.RULES
)
