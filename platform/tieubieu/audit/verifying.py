"""Walk the bound tenant's chain and hold it against every head that is known."""

from collections.abc import Iterable
from dataclasses import replace

from tieubieu.audit import queries
from tieubieu.audit.chain import Break, Walk, walk
from tieubieu.binding import current


def verify(heads: Iterable[tuple[int, str]] = ()) -> Walk:
    """Verify the whole chain of the bound tenant.

    `heads` are pairs of seq and hash that were kept outside this schema: printed in minutes, copied to the
    national tenant. Without them a chain that was rewritten or cut from some point to its end looks intact.
    """
    stored = queries.stored_head()
    known = [head for head in (*heads, stored) if head[0]]
    return _against_stored(walk(current().slug, queries.links(), heads=known))


def _against_stored(walked: Walk) -> Walk:
    """Events that the head row does not count were added past `record`; those recorded meanwhile it does count."""
    seq, digest = queries.stored_head()
    if walked.broken is not None or seq > walked.seq or (seq, digest) == (walked.seq, walked.hash):
        return walked
    return replace(walked, broken=Break(seq + 1, "được chèn thêm, đầu chuỗi không ghi nhận"))
