"""`{% load ui %}`: every component and every filter of the design system. Examples stand in the README beside."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tieubieu.ui import navigation as places
from tieubieu.ui import sheets, states, tiles, words
from tieubieu.ui.parts import Figure, Reconciliation, Step, figures_of
from tieubieu.ui.signs import SIGNS

register = template.Library()


# --- Numbers and dates -------------------------------------------------------------------------------
def _or_nothing(write: Callable[[Any], str], value: object) -> str:
    return words.NOTHING if value is None or value == "" else write(value)


@register.filter
def so(value: words.Number | None, digits: int | None = None) -> str:
    """`{{ 1234.5|so }}` → 1.234,5; `{{ x|so:2 }}` keeps two digits after the comma."""
    return _or_nothing(lambda given: words.number(given, digits), value)


@register.filter
def diem(value: words.Number | None, digits: int = 2) -> str:
    """A score: `81,5`; rounded to two digits only when it has more."""
    return _or_nothing(lambda given: words.score(given, digits), value)


@register.filter
def diem_so_voi(value: words.Number | None, mark: words.Number) -> str:
    """A score written so that it is seen on its own side of the pass mark."""
    return _or_nothing(lambda given: words.score_against(given, mark), value)


@register.filter
def phan_tram(value: words.Number | None, digits: int = 1) -> str:
    """`{{ 0.125|phan_tram }}` → 12,5%."""
    return _or_nothing(lambda given: words.percent(given, digits), value)


def _local(value: Any) -> Any:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def ngay(value: date | datetime | None) -> str:
    """05/01/2025."""
    return _or_nothing(lambda given: words.day(_local(given)), value)


@register.filter
def gio(value: datetime | time | None) -> str:
    """14 giờ 30."""
    return _or_nothing(lambda given: words.hour(_local(given)), value)


@register.filter
def ngay_gio(value: datetime | None) -> str:
    """14 giờ 30, ngày 05/01/2025."""
    return _or_nothing(lambda given: words.moment(_local(given)), value)


@register.filter
def han(value: datetime | None) -> str:
    """When something closes: 17 giờ 00, ngày 05/01/2025; at midnight: hết ngày 04/01/2025."""
    return _or_nothing(lambda given: words.deadline(_local(given)), value)


@register.filter
def con_lai(value: date | datetime | None) -> str:
    """còn 3 ngày; hôm nay là hạn cuối; quá hạn 2 ngày."""
    return _or_nothing(lambda given: words.days_left(_day_of(given), timezone.localdate()), value)


def _day_of(value: date | datetime) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


@register.filter
def khi(value: object) -> str:
    """A date, a moment, or words as they are: whatever a step's `when` holds."""
    if isinstance(value, datetime):
        return words.moment(_local(value))
    return words.day(value) if isinstance(value, date) else str(value or "")


@register.filter
def shown(value: object) -> str:
    """A figure's value: a number in Vietnamese form, a date as a date, words as they are."""
    if value is None or isinstance(value, (int, Decimal, Fraction)):
        return so(value)
    return khi(value)


@register.filter
def notice_kind(level_tag: str) -> str:
    """The kind of notice for a message's level."""
    return {"success": "good", "warning": "warn", "error": "wrong"}.get(level_tag, "note")


# --- Signs, states, buttons --------------------------------------------------------------------------
@register.simple_tag
def sign(name: str) -> SafeString:
    """`{% sign "check" %}`: drawn in the colour of the text, hidden from screen readers."""
    drawn = SIGNS[name]
    line = format_html('<path d="{}"/>', drawn.strokes) if drawn.strokes else ""
    solid = format_html('<path class="solid" d="{}"/>', drawn.solid) if drawn.solid else ""
    return format_html(
        '<svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}{}</svg>', solid, line
    )


@register.simple_tag
def state(value: object, subject: str = "") -> SafeString:
    """`{% state round.state %}` or `{% state sheet.state "sheet" %}`: the fixed word, colour and sign."""
    found = states.find(value, subject)
    return format_html('<span class="state state-{}">{}{}</span>', found.tone, sign(found.sign), found.word)


@register.filter
def state_word(value: object, subject: str = "") -> str:
    """Only the word, for attributes, e-mail and documents."""
    return states.find(value, subject).word


@register.inclusion_tag("ui/parts/button.html")
def button(label: str, href: str = "", kind: str = "primary", **attributes: object) -> dict[str, object]:
    """`kind`: primary (one a page), plain, quiet, final (cannot be undone). With `href` it is a link."""
    return {"label": label, "href": href, "kind": kind, "attributes": _attributes(attributes)}


def _attributes(given: Mapping[str, object]) -> list[tuple[str, object]]:
    """`data_save_url="…"` becomes `data-save-url="…"`; None, False and "" are left out."""
    kept = {name: value for name, value in given.items() if value is not None and value is not False and value != ""}
    return [(name.strip("_").replace("_", "-"), value) for name, value in kept.items()]


# --- Where am I, what is expected, by when -----------------------------------------------------------
@register.inclusion_tag("ui/parts/page_head.html")
def page_head(
    title: str,
    state: object = None,
    subject: str = "",
    task: str = "",
    until: date | datetime | None = None,
    lead: str = "",
) -> dict[str, object]:
    return {"title": title, "state": state, "subject": subject, "task": task, "until": until, "lead": lead}


@register.inclusion_tag("ui/parts/crumbs.html")
def crumbs(*parts: str) -> dict[str, object]:
    """`{% crumbs "Kỳ bình chọn" url "Chấm điểm" %}`: label, url, label, url, …; the last one is the page itself."""
    return {"crumbs": [(parts[n], parts[n + 1] if n + 1 < len(parts) else "") for n in range(0, len(parts), 2)]}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(steps: Iterable[Step], label: str = "Tiến trình kỳ bình chọn") -> dict[str, object]:
    """Steps with done / current / next, who and when; short on a phone, whole on a desk and in print."""
    whole = list(steps)
    at = next((n for n, step in enumerate(whole, 1) if _part(step, "state") == "current"), len(whole))
    return {"steps": whole, "label": label, "at": at, "current": whole[at - 1] if whole else None}


def _part(item: object, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


@register.inclusion_tag("ui/parts/navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, object]:
    """The places registered for this host that this person is shown: a row of a few, or groups in a menu."""
    request: HttpRequest | None = context.get("request")
    return places.menu(places.links(request) if request else [])


# --- Figures and tables ------------------------------------------------------------------------------
@register.inclusion_tag("ui/parts/figures.html")
def figures(items: Iterable[object]) -> dict[str, object]:
    """A definition list of summary figures: `Figure`s or `(label, value)` pairs."""
    return {"items": figures_of(items)}


@register.inclusion_tag("ui/parts/reconcile.html")
def reconcile(label: str, total: int, parts: Iterable[object]) -> dict[str, object]:
    """`Đã nhận 43 = 40 hợp lệ + 3 không hợp lệ`, each with its rows, and a word when it does not add up."""
    known = [part for part in figures_of(parts) if isinstance(part, Figure)]
    return {"sums": Reconciliation(label, total, tuple(known))}


@register.simple_block_tag
def table(content: str, caption: str, id: str = "", kind: str = "", columns: str = "") -> str:
    """The frame of a table: caption, sticky head, sideways scroll inside. `columns=True` lets the reader choose."""
    name = id or "bang-" + words.short_name(caption)
    return render_to_string(
        "ui/parts/table.html", {"content": content, "caption": caption, "id": name, "kind": kind, "columns": columns}
    )


@register.simple_block_tag
def empty(content: str, title: str) -> str:
    """What stands in place of an empty list: why, and what to do next."""
    return render_to_string("ui/parts/empty.html", {"content": content, "title": title})


@register.inclusion_tag("ui/parts/pager.html", takes_context=True)
def pager(
    context: Context, page: Page[Any] | None = None, next_url: str = "", previous_url: str = ""
) -> dict[str, object]:
    """For a Django page, or for cursors by their two addresses."""
    return {"request": context.get("request"), "page": page, "next_url": next_url, "previous_url": previous_url}


@register.inclusion_tag("ui/parts/tile_map.html")
def tile_map(items: Iterable[object], title: str, unit: str = "", show_table: bool = True) -> dict[str, object]:
    """The 34 provinces as squares, drawn here, with the same figures as a table under it."""
    drawn = tiles.place(items)
    return {"map": drawn, "title": title, "unit": unit, "show_table": show_table}


# --- Forms -------------------------------------------------------------------------------------------
@register.inclusion_tag("ui/form.html", takes_context=True)
def form(
    context: Context,
    form: BaseForm,
    submit: str,
    action: str = "",
    cancel: str = "",
    kind: str = "primary",
    method: str = "post",
) -> dict[str, object]:
    """A whole form: error summary that takes focus, fields, one button, a way out."""
    own = {"form": form, "submit": submit, "action": action, "cancel": cancel, "kind": kind, "method": method}
    return {**own, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """The errors of a form with links to their fields; nothing when there are none."""
    return {"form": form}


@register.simple_tag
def field(bound: Any) -> SafeString:
    """One field of a form with label, help and error."""
    return format_html('<div class="field{}">{}</div>', " has-error" if bound.errors else "", bound.as_field_group())


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: str,
    button: str,
    title: str,
    id: str,
    action: str = "",
    form: str = "",
    kind: str = "final",
    opener: str = "",
    sheet_lock: bool = False,
) -> str:
    """A final act: the block says what will happen and to whom; asked once, in a dialog, sent as a POST.

    `action` is where it is sent; or `form` is the id of a form on the page, whose fields were filled in before.
    When the answer is the page again with `refused`, it opens anew with those words, under the id `<id>-loi`.
    """
    own: dict[str, Any] = {"content": content, "button": button, "action": action, "title": title, "id": id}
    own |= {
        "kind": kind,
        "form": form,
        "opener": opener or button,
        "sheet_lock": sheet_lock,
        "csrf_token": context.get("csrf_token"),
    }
    return render_to_string("ui/parts/confirm.html", {**own, "refused": _refused_here(context, id)})


def _refused_here(context: Context, id: str) -> str:
    """The words of a refusal that answers this very dialog."""
    request = context.get("request")
    is_ours = request is not None and request.method == "POST" and request.POST.get("hop-thoai") == id
    return str(context.get("refused", "")) if is_ours else ""


# --- Telling -----------------------------------------------------------------------------------------
@register.simple_block_tag
def notice(content: str, title: str = "", kind: str = "note") -> str:
    """`kind`: note, good, warn, wrong. Says what the person can do now."""
    shown = {"note": "note", "good": "check", "warn": "warn", "wrong": "warn"}[kind]
    return render_to_string("ui/parts/notice.html", {"content": content, "title": title, "kind": kind, "sign": shown})


@register.simple_block_tag
def receipt(content: str, title: str, number: str = "", at: datetime | None = None) -> str:
    """Shown after a final act: what was done, its number, when, and (in the block) what comes next."""
    return render_to_string("ui/parts/receipt.html", {"content": content, "title": title, "number": number, "at": at})


@register.inclusion_tag("ui/parts/progress.html")
def progress(
    label: str,
    done: int,
    total: int,
    state: object,
    url: str = "",
    failed: int = 0,
    failures: Iterable[object] = (),
    id: str = "tien-do",
) -> dict[str, object]:
    """Rows done of rows to do. While waiting or running it polls `url`, which answers with this same fragment."""
    running = str(getattr(state, "value", state)) in ("waiting", "running")
    own = {"label": label, "done": done, "total": total, "state": state, "failed": failed, "id": id}
    return {**own, "failures": list(failures), "poll": url if running else ""}


# --- The judge's score sheet -------------------------------------------------------------------------
@register.inclusion_tag("ui/parts/score_sheet.html")
def score_sheet(
    criteria: Iterable[object],
    save_url: str,
    key: str,
    version: int,
    is_locked: bool = False,
    sign_in_url: str = "",
    total: words.Number | None = None,
    remark: str | None = None,
    longest_remark: int = 2000,
) -> dict[str, object]:
    """The sheet of one judge for one entry; see the README for what the server at `save_url` promises."""
    lines = [sheets.line(item) for item in criteria]
    own = {"rows": sheets.headed(lines), "save_url": save_url, "key": key, "version": version, "is_locked": is_locked}
    own |= {"remark": remark, "longest_remark": longest_remark}
    return {**own, "sign_in_url": sign_in_url, "sums": sheets.sums(lines), "total": total}


@register.inclusion_tag("ui/parts/sheet_leftovers.html")
def sheet_leftovers(before: str, after: str, url: str, page: str, here: str = "") -> dict[str, object]:
    """What other sheets of this person could not send yet is sent from this page; `url` and `page` hold SHEET."""
    return {"before": before, "after": after, "url": url, "page": page, "here": here, "alone": not here}
