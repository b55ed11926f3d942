"""What happened on the road, as figures that can be checked: per tenant, and sent against received."""

from typing import Any

from apps.councils.models import Outcome, Selection
from apps.demo.nation import NATIONAL
from apps.dossiers.models import Entry
from apps.judging.models import Sheet
from apps.judging.queries import latest_snapshot
from apps.judging.states import SheetState
from apps.nominations.models import InboxPacket, Packet
from apps.recognition.models import Certificate
from apps.rounds.models import Round
from tenants.gateways import inside


def tell_round(round: Round) -> dict[str, Any]:
    """The figures of one round, from the rows themselves; call inside its tenant."""
    snapshot = latest_snapshot(round)
    packet = Packet.objects.filter(round=round).first()
    lines = snapshot.body["results"] if snapshot else []
    certificates = Certificate.objects.filter(decision__round=round)
    return {
        "round": round.code,
        "phase": round.phase,
        "entered": Entry.objects.filter(round=round, members__isnull=True).count(),
        "sheets_locked": Sheet.objects.filter(entry__round=round, state=SheetState.LOCKED).count(),
        "scored": len([line for line in lines if line["total"] is not None]),
        "passed": len([line for line in lines if line["passed"]]),
        "before_council": Selection.objects.filter(entry__round=round).exclude(outcome=Outcome.BELOW).count(),
        "selected": Selection.objects.filter(entry__round=round, outcome=Outcome.SELECTED).count(),
        "certificates_issued": certificates.count(),
        "certificates_made": certificates.exclude(document_id=None).count(),
        "snapshot": snapshot.digest if snapshot else None,
        "packet": {"id": str(packet.pk), "digest": packet.digest, "nominees": packet.entries.count()}
        if packet
        else None,
    }


def tell_inbox(sent: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Compare what the provinces sent with what the national tenant holds; every difference is named."""
    with inside(NATIONAL):
        received = {
            str(p.pk): {"digest": p.digest, "nominees": p.nominees.count(), "matches": p.matches}
            for p in InboxPacket.objects.prefetch_related("nominees")
        }
    return {
        "sent": len(sent),
        "received": len(received),
        "recomputed_equal": sum(1 for packet in received.values() if packet["matches"]),
        "differences": _differences(sent, received),
    }


def _differences(sent: dict[str, dict[str, Any]], received: dict[str, dict[str, Any]]) -> list[str]:
    found = [f"{key}: sent, not received" for key in sent.keys() - received.keys()]
    found += [f"{key}: received, never sent" for key in received.keys() - sent.keys()]
    for key in sent.keys() & received.keys():
        found += [
            f"{key}: {part} sent {sent[key][part]}, received {received[key][part]}"
            for part in ("digest", "nominees")
            if sent[key][part] != received[key][part]
        ]
        if not received[key]["matches"]:
            found.append(f"{key}: the snapshot does not recompute")
    return sorted(found)
