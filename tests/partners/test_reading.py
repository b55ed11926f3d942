"""What a partner's program reads: published rounds, page by page, and never a mark."""

import json
from urllib.parse import urlsplit

import pytest
from programs import introduced
from stage import PAPER, concluded, decided, filed, scored

from apps.nominations.services import Letter, nominate
from apps.recognition.making import make_certificate
from apps.recognition.models import Certificate
from apps.recognition.services import issue_certificates, publish_results
from apps.rounds.models import Level
from tenants.gateways import inside
from workers.nominations import deliver

LISTS = ["/rounds/", "/entries/", "/results/", "/certificates/", "/nominations/", "/inbox/"]


def with_certificates(entries):
    stage = decided(entries)
    job = issue_certificates(stage.round.pk, actor=stage.officer)
    for certificate in Certificate.objects.all():
        make_certificate(certificate.pk, job_id=job)
    return stage


def nominated(entries):
    stage = with_certificates(entries)
    packet = nominate(
        stage.round.pk,
        [entry.pk for entry in stage.entries],
        target="quocgia",
        target_level=Level.REGION,
        letter=Letter("99/UBND-CN", PAPER.signed_on),
        actor=stage.officer,
    )
    deliver(packet_id=str(packet.pk))
    return stage


def published(entries):
    stage = nominated(entries)
    publish_results(stage.round.pk, actor=stage.officer)
    return stage


def test_a_published_round_is_read_from_end_to_end(program, national):
    stage = published(2)

    read = {path: program.get(path).json()["results"] for path in LISTS}

    assert [r["code"] for r in read["/rounds/"]] == ["THU-2026"]
    assert [e["code"] for e in read["/entries/"]] == ["THU-2026-001", "THU-2026-002"]
    assert [(r["entry"], r["outcome"]) for r in read["/results/"]] == [
        ("THU-2026-001", "selected"),
        ("THU-2026-002", "selected"),
    ]
    assert [(c["number"], c["state"], c["decision"]) for c in read["/certificates/"]] == [
        ("01/2026/GCN-THU", "valid", "2150/QĐ-UBND"),
        ("02/2026/GCN-THU", "valid", "2150/QĐ-UBND"),
    ]
    assert [n["entries"] for n in read["/nominations/"]] == [["THU-2026-001", "THU-2026-002"]]
    assert read["/inbox/"] == []
    assert read["/results/"][0]["snapshot"] == stage.session.snapshot.digest


def test_the_tier_of_an_award_is_read_beside_the_product(program, national):
    stage = published(2)
    stage.session.selections.filter(entry=stage.entries[0]).update(tier="Giải A")

    results, papers = (program.get(path).json()["results"] for path in ("/results/", "/certificates/"))

    assert [(row["entry"], row["tier"]) for row in results] == [("THU-2026-001", "Giải A"), ("THU-2026-002", "")]
    assert [(row["number"][:2], row["tier"]) for row in papers] == [("01", "Giải A"), ("02", "")]


def test_the_ministry_reads_its_inbox(program, national):
    published(2)
    with inside("quocgia"):
        ministry = introduced("quocgia", "nominations:read")

    (packet,) = ministry.get("/inbox/").json()["results"]

    assert (packet["sender"], packet["matches"], packet["state"]) == ("daklak", True, "received")
    assert [n["product_name"] for n in packet["nominees"]] == ["Sản phẩm 0", "Sản phẩm 1"]


def test_one_thing_is_read_by_its_id(program, national):
    published(1)

    for path in LISTS[:-1]:
        listed = program.get(path).json()["results"][0]
        assert program.get(f"{path}{listed['id']}/").json() == listed


@pytest.mark.parametrize("build", [filed, scored, concluded, decided, with_certificates, nominated])
def test_nothing_of_a_sealed_round_is_read(program, national, build):
    """Scored, chosen, decided, even nominated: until publication only that the round exists."""
    stage = build(1)
    ids = [stage.entries[0].pk, *[s.pk for s in (stage.session.selections.all() if stage.session else [])]]
    ids += list(Certificate.objects.values_list("pk", flat=True))

    assert [r["code"] for r in program.get("/rounds/").json()["results"]] == ["THU-2026"]
    assert {path: program.get(path).json()["results"] for path in LISTS[1:]} == {path: [] for path in LISTS[1:]}
    assert {program.get(f"{path}{id}/").status_code for path in LISTS[1:] for id in ids} == {404}


def test_marks_judges_and_places_are_in_no_answer(program, national):
    stage = published(2)

    with inside("quocgia"):
        ministry = introduced("quocgia")
    told = "".join(p.get(path).content.decode() for path in LISTS for p in (program, ministry))

    words = [str(judge) for judge in stage.judges] + ["Giam-Khao", "total", "rank", "score", "mark", '"80']
    assert [word for word in words if word in told] == []


def test_the_plan_of_a_round_shows_only_once_it_is_approved(program):
    from stage import person

    from apps.rounds.services import plan_round

    plan_round(code="MOI", level=Level.PROVINCE, year=2026, ordinal=1, name="Mới", area_code="66", actor=person("cv"))

    assert program.get("/rounds/").json()["results"] == []


@pytest.mark.parametrize("path", ["/entries/", "/results/", "/certificates/"])
def test_pages_follow_each_other_both_ways_without_gap_or_repeat(program, national, path):
    published(3)
    whole = [row["id"] for row in program.get(path).json()["results"]]
    seen, link, first = [], f"{path}?page_size=1", None

    while link:
        page = program.get(link).json()
        seen += [row["id"] for row in page["results"]]
        first = first or page
        back, link = page["previous"], api_path(page["next"])

    assert seen == whole
    assert len(whole) == 3
    assert program.get(api_path(back)).json()["results"][0]["id"] == whole[1]


def api_path(url):
    if url is None:
        return None
    parts = urlsplit(url)
    return f"{parts.path.removeprefix('/api/v1')}?{parts.query}"


def test_a_page_is_never_larger_than_200(program, national):
    published(1)

    assert program.get("/entries/?page_size=100000").status_code == 200
    assert program.get("/entries/?page_size=khong").status_code == 200


BUDGET = {"/rounds/": 3, "/entries/": 2, "/results/": 2, "/certificates/": 2, "/nominations/": 4, "/inbox/": 3}


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_asks_the_same_questions_for_one_row_as_for_three(program, national, count, django_assert_num_queries):
    published(count)
    with inside("quocgia"):
        ministry = introduced("quocgia")

    for path, questions in BUDGET.items():
        reader = ministry if path == "/inbox/" else program
        reader.get("/khong-co/")  # the host is known from here on
        with django_assert_num_queries(questions):
            answer = reader.get(path)
        assert answer.json()["results"], path


def test_vietnamese_is_sent_as_it_is_written(program, national):
    published(1)

    answer = program.get("/entries/")

    assert answer.headers["content-type"] == "application/json"
    assert "Sản phẩm 0" in answer.content.decode()
    assert json.loads(answer.content)["results"][0]["facility"] == "Hợp tác xã số 0"
