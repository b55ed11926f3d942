"""The pages of the preview, on made-up figures."""

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from tieubieu.ui import Figure, Step, Tile, navigation
from tieubieu.ui.states import registered
from tieubieu.ui.tiles import PLACES

NAMES = (
    "01 TP Hà Nội|04 Cao Bằng|08 Tuyên Quang|11 Điện Biên|12 Lai Châu|14 Sơn La|15 Lào Cai|19 Thái Nguyên|20 Lạng Sơn|"
    "22 Quảng Ninh|24 Bắc Ninh|25 Phú Thọ|31 TP Hải Phòng|33 Hưng Yên|37 Ninh Bình|38 Thanh Hóa|40 Nghệ An|42 Hà Tĩnh|"
    "44 Quảng Trị|46 TP Huế|48 TP Đà Nẵng|51 Quảng Ngãi|52 Gia Lai|56 Khánh Hòa|66 Đắk Lắk|68 Lâm Đồng|75 Đồng Nai|"
    "79 TP Hồ Chí Minh|80 Tây Ninh|82 Đồng Tháp|86 Vĩnh Long|91 An Giang|92 TP Cần Thơ|96 Cà Mau"
)
PRODUCTS = (
    "Cà phê rang xay Buôn Hồ|Mật ong hoa cà phê Krông Năng|Thổ cẩm dệt tay Buôn Tơng Jú|Bột ca cao nguyên chất|"
    "Tinh dầu sả chanh|Hạt mắc ca sấy nứt vỏ|"
    "Tiêu đỏ hữu cơ Cư Kuin|Gốm thủ công Yang Tao|Rượu cần Ê Đê|Bơ sáp sấy thăng hoa"
)
CRITERIA = (
    ("C1", "Doanh thu, năng lực sản xuất và khả năng phát triển thị trường", "40"),
    ("C2", "Chất lượng, kỹ thuật và công nghệ sản xuất", "40"),
    ("C3", "Văn hóa và thẩm mỹ", "10"),
    ("C4", "Môi trường, an toàn và xã hội", "10"),
)


def place(request: HttpRequest) -> dict[str, object]:
    return {"place": {"authority": "Sở Công Thương tỉnh Đắk Lắk"}}


def moment(days: int) -> datetime:
    now = timezone.localtime(timezone.now(), ZoneInfo("Asia/Ho_Chi_Minh"))
    return now.replace(hour=16, minute=30, second=0, microsecond=0) + timedelta(days=days)


def steps() -> list[Step]:
    return [
        Step("Lập kế hoạch", "done", "Tổ chuyên môn giúp việc", moment(-60).date()),
        Step("Nhận hồ sơ", "done", "Cơ sở công nghiệp nông thôn", moment(-20).date()),
        Step("Thẩm tra", "done", "Tổ chuyên môn giúp việc", moment(-9).date()),
        Step("Chấm điểm", "current", "Ban Giám khảo, 7 thành viên", moment(4), "Còn 12 phiếu chưa khóa"),
        Step("Hội đồng bình chọn", "next", "Hội đồng bình chọn", moment(11).date()),
        Step("Quyết định công nhận", "next", "Ủy ban nhân dân tỉnh"),
        Step("Cấp Giấy chứng nhận", "next", "Sở Công Thương"),
        Step("Công bố", "next", "Sở Công Thương"),
    ]


def results() -> list[dict[str, object]]:
    """Ten products with scores that need every case of the wording."""
    totals = ("91.5", "88", "244/3", "81.25", "79.4", "74.125", "70", "69.996", "66.5", None)
    rows = []
    for rank, (product, total) in enumerate(zip(PRODUCTS.split("|"), totals, strict=True), 1):
        passed = total is not None and rank <= 7
        state = "selected" if rank <= 5 else "passed" if passed else "not_passed" if total else "withdrawn"
        rows.append(
            {"rank": rank if total else None, "code": f"ĐL-{rank:02d}", "name": product, "total": total, "state": state}
        )
    return rows


def office(request: HttpRequest) -> HttpResponse:
    figures = [
        Figure("Hồ sơ đã nhận", 43, url="#"),
        Figure("Hợp lệ", 40),
        Figure("Phiếu đã khóa", 268, note="trong 280 phiếu"),
        Figure("Đạt từ 70 điểm", None, note="biết sau khi tổng hợp"),
    ]
    parts = [("hợp lệ", 40), ("không hợp lệ", 2), ("đã rút", 1)]
    return render(
        request, "preview/office.html", {"steps": steps(), "until": moment(4), "figures": figures, "parts": parts}
    )


def table(request: HttpRequest) -> HttpResponse:
    page = Paginator(range(97), 10).get_page(request.GET.get("page"))
    return render(request, "preview/table.html", {"rows": results(), "page": page})


def public(request: HttpRequest) -> HttpResponse:
    names = dict(one.split(" ", 1) for one in NAMES.split("|"))
    tiles = [Tile(code, names[code], (int(code) * 7) % 62, (int(code) * 7) % 62 // 14, "#") for code in sorted(PLACES)]
    return render(request, "preview/public.html", {"tiles": tiles, "rows": results()[:5]})


class FacilityForm(forms.Form):
    name = forms.CharField(label="Tên cơ sở", help_text="Ghi đúng như trên giấy đăng ký kinh doanh.")
    tax_code = forms.CharField(
        label="Mã số thuế", help_text="10 hoặc 13 chữ số, hoặc 12 chữ số định danh với hộ kinh doanh.", min_length=10
    )
    revenue = forms.DecimalField(label="Doanh thu năm 2025 (triệu đồng)", localize=True, required=False)
    kind = forms.ChoiceField(
        label="Loại hình",
        choices=[("dn", "Doanh nghiệp"), ("htx", "Hợp tác xã"), ("hkd", "Hộ kinh doanh")],
        widget=forms.RadioSelect,
    )
    commune = forms.ChoiceField(
        label="Xã, phường", choices=[("", "Chọn xã, phường"), ("1", "Xã Ea Kao"), ("2", "Phường Buôn Hồ")]
    )
    papers = forms.FileField(label="Giấy đăng ký kinh doanh", required=False)
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="Cơ sở cam kết thông tin kê khai là đúng")


def form(request: HttpRequest) -> HttpResponse:
    bound = FacilityForm(request.POST or None, request.FILES or None)
    status = 422 if bound.is_bound and not bound.is_valid() else 200
    return render(request, "preview/form.html", {"form": bound, "at": moment(0)}, status=status)


def everything(request: HttpRequest) -> HttpResponse:
    failures = [{"key": "ĐL-07", "error": "Thiếu địa chỉ của cơ sở."}]
    return render(request, "preview/everything.html", {"states": registered(), "failures": failures, "at": moment(0)})


# --- A server for the score sheet, whose mood the tests choose ------------------------------------------
DESK: dict[str, Any] = {"mode": "well", "version": 1, "scores": {}, "remark": "", "asked": []}


def sheet(request: HttpRequest) -> HttpResponse:
    criteria = [
        {
            "code": code,
            "label": label,
            "max": maximum,
            "value": DESK["scores"].get(code),
            "group": "Tiêu chí về sự chuẩn bị" if code in ("C1", "C2") else "",
            "hint": "Điều 16 khoản 1" if code == "C1" else "",
        }
        for code, label, maximum in CRITERIA
    ]
    locked = request.GET.get("locked") == "1"
    return render(
        request,
        "preview/sheet.html",
        {
            "criteria": criteria,
            "version": DESK["version"],
            "locked": locked,
            "until": moment(4),
            "remark": DESK["remark"],
        },
    )


def mood(request: HttpRequest, mode: str) -> HttpResponse:
    """`fresh` forgets everything; any other word is how the next saves go. Answers with what was asked so far."""
    if mode == "fresh":
        DESK.update(mode="well", version=1, scores={}, remark="", asked=[])
    elif mode.startswith("elsewhere-"):
        DESK["scores"]["C1"] = mode.removeprefix("elsewhere-")
        DESK["version"] += 1
    elif mode != "look":
        DESK["mode"] = mode
    return JsonResponse(
        {"scores": DESK["scores"], "remark": DESK["remark"], "version": DESK["version"], "asked": DESK["asked"]}
    )


def save(request: HttpRequest) -> HttpResponse:
    asked = json.loads(request.body)
    DESK["asked"].append(asked)
    refusals = {
        "expired": lambda: redirect("/sign-in/"),
        "refuse": lambda: JsonResponse({"message": "Điểm không hợp lệ."}, status=422),
        "locked": lambda: JsonResponse({"message": "Phiếu đã khóa lúc 14 giờ 30."}, status=409),
        "late": lambda: JsonResponse({"message": "Chấm điểm đã đóng lúc 17 giờ.", "late": True}, status=409),
        "changed": lambda: JsonResponse(
            {"message": "Đã sửa.", "changed": True, "value": "28", "version": 9}, status=409
        ),
        "broken": lambda: HttpResponse(status=500),
    }
    if DESK["mode"] in refusals:
        return refusals[DESK["mode"]]()
    if "remark" in asked:
        DESK.update(remark=asked["remark"], version=DESK["version"] + 1)
        return JsonResponse({"version": DESK["version"], "total": total()})
    if asked["version"] != DESK["version"] and DESK["scores"].get(asked["criterion"]) != asked["value"]:
        return JsonResponse({"message": "Điểm đã được ghi từ máy khác."}, status=409)
    return keep(asked)


def keep(asked: dict[str, Any]) -> HttpResponse:
    if DESK["scores"].get(asked["criterion"]) != asked["value"]:
        DESK["scores"][asked["criterion"]] = asked["value"]
        DESK["version"] += 1
    if DESK["mode"] == "lost":
        return HttpResponse(status=502)
    return JsonResponse({"version": DESK["version"], "total": total()})


def total() -> str:
    added = sum((Decimal(value) for value in DESK["scores"].values() if value), Decimal(0))
    return f"{added.normalize():f}".replace(".", ",")


def sign_in(request: HttpRequest) -> HttpResponse:
    return render(request, "preview/sign_in.html")


LONG_WORK = {"done": 0}


def progress(request: HttpRequest) -> HttpResponse:
    LONG_WORK["done"] = min(30, LONG_WORK["done"] + 10)
    state = "partly" if LONG_WORK["done"] == 30 else "running"
    failures = [{"key": "ĐL-07", "error": "Thiếu địa chỉ của cơ sở."}]
    return render(request, "preview/progress.html", {"done": LONG_WORK["done"], "state": state, "failures": failures})


def error(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, f"{status}.html", status=status)


def is_many(request: HttpRequest) -> bool:
    return "nhieu" in request.GET


navigation.register(
    navigation.Place("Mọi việc", "everything", 50, shown=is_many, group="Việc"),
    navigation.Place("Trang chủ", "public", 60, shown=is_many, group="Việc"),
    navigation.Place("Kỳ bình chọn", "office", 10),
    navigation.Place("Kết quả", "table", 20),
    navigation.Place("Chấm điểm", "sheet", 30),
    navigation.Place("Cơ sở", "form", 40),
    navigation.Place("Không có ở đây", "nowhere", 50),
)

urlpatterns = [
    path("", public, name="public"),
    path("office/", office, name="office"),
    path("table/", table, name="table"),
    path("form/", form, name="form"),
    path("everything/", everything, name="everything"),
    path("sheet/", sheet, name="sheet"),
    path("sheet/save/", save, name="save"),
    path("mood/<slug:mode>/", mood),
    path("progress/", progress, name="progress"),
    path("sign-in/", sign_in, name="sign_in"),
    path("error/<int:status>/", error),
]
