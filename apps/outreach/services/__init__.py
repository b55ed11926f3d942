"""What is done with a campaign: it is written, sent once, followed, and its laggards are reminded."""

from apps.outreach.services.campaigns import (
    CampaignText,
    change_left_out,
    plan_campaign,
    revise_campaign,
    standard_text,
)
from apps.outreach.services.reminding import remind, remind_before_closing, rounds_about_to_close
from apps.outreach.services.sending import (
    LETTERS,
    POST,
    ask_for_letters,
    invitation_of,
    open_invitation,
    post_again,
    send_campaign,
)

__all__ = [
    "LETTERS",
    "POST",
    "CampaignText",
    "ask_for_letters",
    "change_left_out",
    "invitation_of",
    "open_invitation",
    "plan_campaign",
    "post_again",
    "remind",
    "remind_before_closing",
    "revise_campaign",
    "rounds_about_to_close",
    "send_campaign",
    "standard_text",
]
