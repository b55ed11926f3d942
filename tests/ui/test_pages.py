import pytest
from django.forms import CharField, Form
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from tieubieu.ui import Step, navigation

CODES = [400, 403, 404, 409, 422, 429, 500, 503]


def rendered(source, **context):
    return engines["django"].from_string("{% load ui %}" + source).render(context)


@pytest.mark.parametrize("code", CODES)
def test_an_error_page_needs_nothing_and_says_what_to_do(code):
    page = render_to_string(f"{code}.html")

    assert "<h1>" in page
    assert "data-message" in page
    assert "Xin " in page or "xin " in page
    assert "script>" not in page.replace("ui.js", "").split("<main")[1]


def test_an_error_page_says_which_rule_stood_in_the_way():
    assert "Hồ sơ đã gửi &lt;rồi&gt;." in render_to_string("409.html", {"message": "Hồ sơ đã gửi <rồi>."})


def test_every_cause_of_not_found_gives_the_same_page():
    assert render_to_string("404.html", {"message": "một lý do"}) == render_to_string("404.html")


def test_places_are_shown_in_order_where_they_exist_to_whom_they_concern(monkeypatch, settings):
    monkeypatch.setattr(navigation, "_PLACES", {})
    monkeypatch.setattr(
        navigation, "url_of", lambda place: {"late": "/b/", "early": "/a/", "hidden": "/c/"}.get(place.url_name)
    )
    navigation.register(
        navigation.Place("Sau", "late", order=20),
        navigation.Place("Trước", "early", order=10),
        navigation.Place("Không dành cho người này", "hidden", shown=lambda request: False),
        navigation.Place("Không có ở đây", "nowhere"),
    )

    assert navigation.links(RequestFactory().get("/b/3/")) == [
        navigation.Link("Trước", "/a/", is_current=False),
        navigation.Link("Sau", "/b/", is_current=True),
    ]


def links_of(count, **last):
    return [navigation.Link(f"Mục {n}", f"/{n}/", is_current=n == 1, group=f"Nhóm {n % 2}") for n in range(count)] + [
        navigation.Link("Thông báo", "/thong-bao/", is_current=False, count_url="/dem/", **last)
    ]


def test_a_few_places_stand_in_a_row():
    assert navigation.menu(links_of(navigation.FEW - 1))["groups"] == []


def test_many_places_stand_under_headings_that_lead_to_the_first_and_a_number_stands_in_the_open():
    shown = navigation.menu(links_of(navigation.FEW))

    groups = [(group.label, group.url, [link.label for link in group.links]) for group in shown["groups"]]
    assert groups == [("Nhóm 0", "/0/", ["Mục 0", "Mục 2", "Mục 4"]), ("Nhóm 1", "/1/", ["Mục 1", "Mục 3"])]
    assert (shown["here"].label, shown["at"].label) == ("Nhóm 1", "Mục 1")
    assert [link.label for link in shown["counted"]] == ["Thông báo"]


def test_a_heading_over_one_place_is_that_place():
    alone = navigation.grouped([navigation.Link("Vai trò", "/vai-tro/", is_current=True, group="Quản trị")])

    assert [(group.label, group.is_alone) for group in alone] == [("Vai trò", True)]
    assert navigation.menu([*links_of(navigation.FEW, group=""), alone[0].links[0]])["here"].label == "Nhóm 1"


def test_one_is_at_the_inner_of_two_places(monkeypatch):
    monkeypatch.setattr(navigation, "_PLACES", {})
    monkeypatch.setattr(navigation, "url_of", lambda place: place.url_name)
    navigation.register(navigation.Place("Ngoài", "/a/"), navigation.Place("Trong", "/a/b/"))

    def current(path):
        return [link.label for link in navigation.links(RequestFactory().get(path)) if link.is_current]

    assert (current("/a/"), current("/a/b/c/"), current("/khác/")) == (["Ngoài"], ["Trong"], [])


def test_a_timeline_knows_where_it_is():
    steps = [Step("Nhận hồ sơ", "done"), Step("Chấm điểm", "current"), Step("Công bố", "next")]

    page = rendered("{% timeline steps %}", steps=steps)

    assert "Bước 2 trong 3: <strong>Chấm điểm</strong>" in page
    assert page.count('aria-current="step"') == 2


def test_attributes_of_a_button_are_escaped_and_empty_ones_left_out():
    page = rendered("{% button label data_url=url tabindex=0 disabled=False %}", label="Gửi <hồ sơ>", url='"><b>')

    assert page.strip() == (
        '<button class="button button-primary" data-url="&quot;&gt;&lt;b&gt;" tabindex="0">Gửi &lt;hồ sơ&gt;</button>'
    )


def test_what_is_typed_into_a_form_comes_back_escaped_beside_its_error():
    class Named(Form):
        name = CharField(label="Tên cơ sở", max_length=3)

    page = rendered('{% form form submit="Lưu" %}', form=Named({"name": "<b>quá dài</b>"}))

    assert 'href="#id_name"' in page
    assert 'value="&lt;b&gt;quá dài&lt;/b&gt;"' in page
    assert 'aria-invalid="true" aria-describedby="id_name_error"' in page


@pytest.mark.parametrize(("state", "polls"), [("running", True), ("waiting", True), ("done", False), ("failed", False)])
def test_only_unfinished_work_is_polled(state, polls):
    page = rendered('{% progress label="Lập giấy" done=1 total=2 state=state url="/viec/1/" %}', state=state)

    assert ('hx-trigger="every 2s"' in page) is polls


def test_nothing_is_shown_as_a_dash_and_zero_as_zero():
    assert rendered("{{ none|so }} {{ none|diem }} {{ zero|so }} {{ none|ngay }}", none=None, zero=0) == "– – 0 –"
