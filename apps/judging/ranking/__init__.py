"""The ranking: from locked score sheets to totals, ranks and passes, as plain data that anybody can replay.

Only the standard library and the canonical JSON of the house are used. Every figure is an exact fraction; nothing is
rounded unless the rules ask for it, and the pass mark is compared with that exact figure (Điều 17.1 TT 26/2014/TT-BCT).

Where the format leaves room, this is what holds:

* A key that can have no effect may be left out: `drop_low` and `drop_high` unless the method is `trimmed_mean`,
  `digits` unless something is rounded, `scores` on a sheet that is not locked. If present it is checked all the same,
  and without effect. Every other key is needed; "no pass mark" and "no tie-break" are written `null` and `[]`.
* `counted` is the number of the entry's locked sheets, even of those that trimming drops or that mark nothing.
* Rounding at stage `criterion` over sheets rounds the figures of the criteria; the total, made of whole sheets, stays
  exact.
* Weights are zero or more and not normalised; one must be above zero. A criterion of weight zero is shown, may break
  ties, and is not needed for a total over criteria; a sheet that counts over sheets must mark it like any other.
* A tie-break compares the criterion's aggregate without its weight, as `criteria` shows it in `exact`, higher first.
  A criterion that nobody marked stands below zero; two such are equal.
* A criterion without an aggregate is shown with `value` and `exact` null. `criteria` follows the order of the rules.
* Names (ids, groups, judges, codes) are compared in Unicode NFC and written so.
* Numbers are strings of ASCII digits with at most one point, 64 characters; leading zeros are accepted.
"""

from apps.judging.ranking.aggregates import outcome
from apps.judging.ranking.errors import RankingRefused, Spot
from apps.judging.ranking.reading import read_entries, read_rules
from apps.judging.ranking.standing import standings
from apps.judging.ranking.values import fields
from apps.judging.ranking.writing import Ranking, written
from tieubieu.lib.canonical import digest

__all__ = ["Ranking", "RankingRefused", "rank"]


def rank(document: object) -> Ranking:
    """Rank a document `{"rules": …, "entries": […]}`; the same document always yields the same ranking.

    `digest` is SHA-256 over the canonical JSON of `{"entries": <as given>, "results": <the entries returned>,
    "rules": <as given>}`: independent of the order of keys and of NFC or NFD, dependent on the order of lists and on
    how a number is written ("81" and "81.0" are two documents). Raises `RankingRefused` for the first fault found;
    never changes `document`.
    """
    given = fields(document, Spot(), ("rules", "entries"))
    rules = read_rules(given["rules"], Spot("rules"))
    entries = read_entries(given["entries"], Spot("entries"), rules)
    outcomes = [outcome(entry, rules) for entry in entries]
    results = [written(*row) for row in zip(entries, outcomes, standings(outcomes, rules), strict=True)]
    return {"entries": results, "digest": digest({**given, "results": results})}
