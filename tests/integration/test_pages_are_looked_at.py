"""Whoever adds a page adds a line to the table of sights, or says why nobody looks at it with a browser."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from demo_pages import PAGES, Sight
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from filing_pages import FILING_PAGES

URLCONFS = {"": "tieubieu.urls.public"}
TENANT = "tieubieu.urls.tenant"
# What machines ask has its own description; the scoring half (sheets, sessions) has browser tests of its own.
ELSEWHERE = {"api", "judging", "councils"}

ANSWERS_A_FORM = """
    accounts:sign_out accounts:stop_person accounts:resume_person
    desk:keep_view desk:drop_view desk:check desk:accept desk:refuse desk:reopen desk:assign desk:cancel desk:note
    desk:take_apart
    dossiers:form_publish dossiers:form_discard dossiers:form_change dossiers:copy dossiers:save dossiers:upload
    dossiers:change_paper dossiers:submit dossiers:withdraw dossiers:receipt_again
    facilities:approve_many facilities:decide_agent facilities:decide facilities:merge
    facilities:distinct facilities:again facilities:confirm_import facilities:withdraw_limits
    nominations:drop nominations:send nominations:accept
    notices:read notices:resend
    publication:receive publication:assign publication:compute publication:answer
    results:more_papers results:withdraw
    reviews:save reviews:lock
    outreach:left_out outreach:send outreach:remind outreach:ask_letters outreach:post_again
    rounds:act rounds:certificates rounds:do_again
    setup:remove_day setup:approve setup:revise setup:open setup:check_rules setup:check_frame setup:release
"""
IS_A_FILE = """
    accounts:people_xlsx accounts:units_xlsx accounts:roles_xlsx
    announced_plan
    desk:export desk:history_xlsx desk:minutes_xlsx desk:paper
    dossiers:form_export dossiers:paper dossiers:receipt_pdf
    facilities:export facilities:template facilities:returned facilities:export_villages facilities:export_twins
    facilities:export_queue facilities:export_facility facilities:export_preview facilities:export_limits
    nominations:proposals_xlsx nominations:choose_xlsx nominations:inbox_xlsx
    nominations:summary_xlsx nominations:summary_pdf
    notices:export
    outreach:campaigns_xlsx outreach:letters outreach:export
    publication:told_xlsx publication:complaints_xlsx publication:paper results:paper
    recognition:pdf recognition:shared_pdf
    reviews:dossier_paper reviews:complaint_paper
    rounds:results_xlsx rounds:advice_xlsx rounds:snapshot_file verifier
    setup:rounds_xlsx setup:my_work_xlsx setup:days_xlsx setup:plan_file setup:windows_xlsx setup:seats_xlsx
"""
IS_A_PART_OF_A_PAGE = """
    dossiers:receipt_made notices:unread outreach:progress rounds:job
"""
ONLY_LEADS_ON = """
    facilities:choose_year
"""
IS_WHERE_A_CLICK_OF_A_SIGHT_LEADS = """
    accounts:hand_out_code desk:bulk setup:invite setup:invite_body setup:invite_one
"""
IS_NO_PAGE = """
    catalogue:verify_api catalogue:keys_api
"""
UNSEEN = {
    name: reason
    for reason, names in {
        "answers a form": ANSWERS_A_FORM,
        "is a file": IS_A_FILE,
        "is a part of a page": IS_A_PART_OF_A_PAGE,
        "only leads to another page": ONLY_LEADS_ON,
        "is where a click of a sight leads": IS_WHERE_A_CLICK_OF_A_SIGHT_LEADS,
        "is no page": IS_NO_PAGE,
    }.items()
    for name in names.split()
}


def pages_of(patterns: list[URLPattern | URLResolver], inside: str = "") -> Iterator[str]:
    """The name of every address that is looked at here."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            within = f"{inside}{pattern.namespace}:" if pattern.namespace else inside
            if pattern.namespace not in ELSEWHERE:
                yield from pages_of(pattern.url_patterns, within)
        elif pattern.name:
            yield inside + pattern.name


def seen(sights: list[Sight]) -> set[str]:
    anything = defaultdict(lambda: UUID(int=0))
    return {
        resolve(sight.path.format_map(anything).split("?")[0], urlconf=URLCONFS.get(sight.slug, TENANT)).view_name
        for sight in sights
    }


def unseen(sights: list[Sight]) -> set[str]:
    return every_page() - seen(sights) - set(UNSEEN)


def every_page() -> set[str]:
    return {name for urlconf in (TENANT, *URLCONFS.values()) for name in pages_of(get_resolver(urlconf).url_patterns)}


def test_every_page_is_looked_at_or_it_is_said_why_not():
    assert unseen([*PAGES, *FILING_PAGES]) == set()


def test_no_reason_outlives_its_page():
    assert set(UNSEEN) - every_page() == set()
    assert set(UNSEEN) & seen([*PAGES, *FILING_PAGES]) == set()


def test_a_page_without_a_sight_would_be_found():
    assert {"setup:frames", "desk:dossier"} <= unseen(PAGES)
