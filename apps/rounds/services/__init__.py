"""What is done with a round, from its plan to its last phase."""

from apps.rounds.queries import filing_closes_at
from apps.rounds.services.copying import copy_setup
from apps.rounds.services.days import remove_local_day, set_local_day
from apps.rounds.services.handing import choose_handing, state_expertise
from apps.rounds.services.inviting import LIFE as INVITATION_LIFE
from apps.rounds.services.inviting import Letter, invite_members
from apps.rounds.services.locking import lock_round, require, share_round
from apps.rounds.services.planning import (
    approve_drafted_plan,
    approve_plan,
    revise_plan,
    save_bases,
    save_choices,
    write_plan,
)
from apps.rounds.services.reminding import remind_officers
from apps.rounds.services.reopening import reopen_filing
from apps.rounds.services.rounds import advance, close_filing, name_officer, open_round, plan_round
from apps.rounds.services.scheduling import propose_windows
from apps.rounds.services.seats import appoint, change_post, order_members, release_member, replace_member
from apps.rounds.services.telling import TELL_FILERS, change_words
from apps.rounds.services.windows import (
    DocumentMissing,
    Grounds,
    PromiseShortened,
    WindowClosed,
    require_window,
    set_window,
)

__all__ = [
    "INVITATION_LIFE",
    "TELL_FILERS",
    "DocumentMissing",
    "Grounds",
    "Letter",
    "PromiseShortened",
    "WindowClosed",
    "advance",
    "appoint",
    "approve_drafted_plan",
    "approve_plan",
    "change_post",
    "change_words",
    "choose_handing",
    "close_filing",
    "copy_setup",
    "filing_closes_at",
    "invite_members",
    "lock_round",
    "name_officer",
    "open_round",
    "order_members",
    "plan_round",
    "propose_windows",
    "release_member",
    "remind_officers",
    "remove_local_day",
    "reopen_filing",
    "replace_member",
    "require",
    "require_window",
    "revise_plan",
    "save_bases",
    "save_choices",
    "set_local_day",
    "set_window",
    "share_round",
    "state_expertise",
    "write_plan",
]
