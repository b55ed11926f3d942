"""The one next act of a round, by phase: what its button says, what it will do, and the service behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from apps.accounts.models import Person
from apps.judging.services import close_scoring, start_scoring
from apps.recognition.services import publish_results
from apps.rounds.models import Round
from apps.rounds.services import close_filing, open_round
from apps.rounds.states import Phase


@dataclass(frozen=True)
class Act:
    """A final act: asked once, said plainly."""

    verb: str
    button: str
    effect: str
    question: str
    run: Callable[[Round, Person], object]


ACTS: dict[Phase, Act] = {
    Phase.PLANNED: Act(
        "mo-nhan-ho-so",
        "Mở nhận hồ sơ",
        "Các cơ sở bắt đầu gửi được hồ sơ. Thành phần Hội đồng và Ban Giám khảo được kiểm tra trước khi mở.",
        "Mở nhận hồ sơ cho kỳ này?",
        lambda held, actor: open_round(held.pk, actor=actor),
    ),
    Phase.OPEN: Act(
        "dong-nhan-ho-so",
        "Đóng nhận hồ sơ",
        "Không nhận thêm hồ sơ; Tổ chuyên môn giúp việc bắt đầu kiểm tra. Hồ sơ đang chờ bổ sung vẫn gửi lại được.",
        "Đóng nhận hồ sơ của kỳ này?",
        lambda held, actor: close_filing(held.pk, actor=actor),
    ),
    Phase.SCREENING: Act(
        "bat-dau-cham",
        "Bắt đầu chấm điểm",
        "Phát phiếu chấm điểm của mọi hồ sơ hợp lệ cho từng thành viên Ban Giám khảo.",
        "Bắt đầu chấm điểm?",
        lambda held, actor: start_scoring(held.pk, actor=actor),
    ),
    Phase.SCORING: Act(
        "dong-cham",
        "Đóng chấm điểm",
        "Khi mọi phiếu đã khóa, hệ thống tính điểm bình quân và niêm phong kết quả.",
        "Đóng chấm điểm và niêm phong kết quả?",
        lambda held, actor: close_scoring(held.pk, actor=actor),
    ),
    Phase.DECIDED: Act(
        "cong-bo",
        "Công bố kết quả",
        "Kết quả hiện trên trang công khai, từng cơ sở dự bình chọn được báo kết quả của mình, cùng một lúc;"
        " thời hạn khiếu nại bắt đầu.",
        "Công bố kết quả cho mọi người?",
        lambda held, actor: publish_results(held.pk, actor=actor),
    ),
}


@dataclass(frozen=True)
class Task:
    """Work of its own page: what must be typed in or voted on."""

    button: str
    effect: str
    url: str


def next_task(round: Round) -> Task | None:
    """The page where the officer goes on, when one button is not enough."""
    if round.phase in (Phase.SCORED, Phase.COUNCIL):
        page, button = "councils:session", "Vào phiên họp Hội đồng"
        effect = "Ghi thành viên có mặt, biểu quyết từng sản phẩm và chốt danh sách được chọn."
    elif _is_handed_out_by_plan(round):
        page, button = "judging:assignment", "Xem phương án phân công"
        effect = "Mỗi hồ sơ giao cho một số giám khảo: xem trước phương án rồi xác nhận để bắt đầu chấm điểm."
    elif round.phase == Phase.CONCLUDED:
        page, button = "rounds:decision", "Ghi nhận quyết định"
        effect = "Khi quyết định công nhận đã ký trở về, nhập số, ngày và người ký."
    else:
        return None
    return Task(button, effect, reverse(page, args=[round.code]))


def next_act(round: Round) -> Act | None:
    """What the officer may do next with one button, if anything."""
    return None if _is_handed_out_by_plan(round) else ACTS.get(Phase(round.phase))


def _is_handed_out_by_plan(round: Round) -> bool:
    """Scoring begins on the page where the assignment was looked at."""
    return round.phase == Phase.SCREENING and round.is_balanced
