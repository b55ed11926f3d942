"""Nominations up: packets to another tenant, proposals within the province."""

from apps.nominations.services.packets import (
    DELIVER,
    Letter,
    accept_packet,
    acknowledge,
    nominate,
    packet_bytes,
    receive,
)
from apps.nominations.services.proposals import (
    MAKE_LIST,
    ask_for_list,
    bring_up,
    drop_from_proposal,
    propose,
    put_forward,
    send_proposal,
)

__all__ = [
    "DELIVER",
    "MAKE_LIST",
    "Letter",
    "accept_packet",
    "acknowledge",
    "ask_for_list",
    "bring_up",
    "drop_from_proposal",
    "nominate",
    "packet_bytes",
    "propose",
    "put_forward",
    "receive",
    "send_proposal",
]
