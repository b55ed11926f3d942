"""What a browser looks at: who, on whose host, at which address, under which heading. A new page is one more line."""

from dataclasses import dataclass
from typing import NamedTuple

from apps.demo.logins import OFFICER, PASSWORD


class Login(NamedTuple):
    name: str
    password: str


NOBODY = Login("", "")
DEMO_OFFICER = Login(OFFICER, PASSWORD)
DEMO_JUDGE = Login("giamkhao1", PASSWORD)
STAGE_OFFICER = Login("chuyen-vien", "mat-khau-thu-nghiem")
STAGE_COUNCIL = Login("hoi-dong-1", "mat-khau-thu-nghiem")
STAGE_JUDGE = Login("giam-khao-0", "mat-khau-thu-nghiem")
TOLD, COMPLAINING = (Login(f"chu-co-so-{place}", "mat-khau-thu-nghiem") for place in (1, 2))


@dataclass(frozen=True)
class Sight:
    """A page and the heading it must have: a sign-in page or a neighbour's page would answer 200, too.

    `clicks` are what is pressed there, one after the other, where the page to be seen answers a form.
    """

    who: Login
    slug: str
    path: str
    heading: str
    clicks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.slug or 'công khai'}{self.path}"


# Provinces whose rounds stand still at a step that the demo has long passed: scene, slug, province.
STAGED = [
    ("scoring", "lamdong", "68"),
    ("scored", "angiang", "91"),
    ("convened", "camau", "96"),
    ("concluded", "gialai", "52"),
    ("issuing", "tayninh", "80"),
    ("inviting", "dongnai", "75"),
    ("complaining", "laocai", "15"),
    ("proposed", "hatinh", "42"),
    ("handed_out", "thanhhoa", "38"),
]

# `{…}` is looked up in the nation itself.
FOUND = {
    "token": "SELECT token FROM daklak.recognition_certificate WHERE token <> '' ORDER BY number LIMIT 1",
    "product": "SELECT product_name FROM daklak.recognition_certificate WHERE token <> '' ORDER BY number LIMIT 1",
    "khanhhoa_round": "SELECT code FROM khanhhoa.rounds_round",
    "khanhhoa_name": "SELECT name FROM khanhhoa.rounds_round",
    "locked_sheet": """SELECT s.id FROM daklak.judging_sheet s JOIN daklak.rounds_appointment a ON a.id = s.judge_id
        JOIN daklak.accounts_person p ON p.id = a.person_id
        WHERE p.login = 'giamkhao1' AND s.state = 'locked' ORDER BY s.id LIMIT 1""",
    "locked_entry": """SELECT e.name FROM daklak.judging_sheet s JOIN daklak.rounds_appointment a ON a.id = s.judge_id
        JOIN daklak.accounts_person p ON p.id = a.person_id JOIN daklak.dossiers_entry e ON e.id = s.entry_id
        WHERE p.login = 'giamkhao1' AND s.state = 'locked' ORDER BY s.id LIMIT 1""",
    "scored_entry": "SELECT id FROM lamdong.dossiers_entry WHERE name = 'Sản phẩm 0'",
    "told_entry": "SELECT id FROM laocai.dossiers_entry WHERE name = 'Sản phẩm 1'",
    "disputed_entry": "SELECT entry_id FROM laocai.recognition_complaint",
    "complaint": "SELECT id FROM laocai.recognition_complaint",
    "complaint_code": "SELECT code FROM laocai.recognition_complaint",
    "review": """SELECT r.id FROM laocai.recognition_review r JOIN laocai.rounds_appointment a ON a.id = r.member_id
        JOIN laocai.accounts_person p ON p.id = a.person_id WHERE p.login = 'giam-khao-0'""",
    "short_entry": "SELECT id FROM thanhhoa.dossiers_entry WHERE name = 'Sản phẩm 0'",
    "draft": "SELECT id FROM dongnai.outreach_campaign WHERE state = 'draft'",
    "sent": "SELECT id FROM dongnai.outreach_campaign WHERE state = 'sent'",
    "invitation": "SELECT token FROM dongnai.outreach_invitation ORDER BY id LIMIT 1",
    "notice": "SELECT id FROM dongnai.notices_notice WHERE subject = 'Hồ sơ đã bổ sung'",
    "mail": "SELECT id FROM dongnai.notices_mail WHERE audience = 'officials'",
    "packet": "SELECT id FROM quocgia.nominations_inboxpacket ORDER BY sender LIMIT 1",
    "sender": "SELECT sender_name FROM quocgia.nominations_inboxpacket ORDER BY sender LIMIT 1",
}

REGISTER = "Danh bạ sản phẩm công nghiệp nông thôn tiêu biểu"
HOME = "Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu"
COUNCIL = "Phiên họp Hội đồng bình chọn"
COMPLAINT = "Khiếu nại về kết quả"
PAGES = [
    # anybody
    Sight(NOBODY, "", "/", REGISTER),
    Sight(NOBODY, "", "/?tim=ca+phe", REGISTER),
    Sight(NOBODY, "", "/xac-minh/", "Xác minh theo số giấy chứng nhận"),
    Sight(NOBODY, "", "/xac-minh/{token}/", "{product}"),
    Sight(NOBODY, "khanhhoa", "/", HOME),
    Sight(NOBODY, "khanhhoa", "/ket-qua/{khanhhoa_round}/", "{khanhhoa_name}"),
    Sight(NOBODY, "khanhhoa", "/tu-kiem-chung/", "Tự kiểm chứng kết quả chấm điểm"),
    Sight(NOBODY, "daklak", "/tai-khoan/dang-nhap/", "Đăng nhập"),
    # an officer, when a round is over
    Sight(DEMO_OFFICER, "khanhhoa", "/", HOME),
    Sight(DEMO_OFFICER, "khanhhoa", "/ky-binh-chon/{khanhhoa_round}/", "{khanhhoa_name}"),
    Sight(DEMO_OFFICER, "khanhhoa", "/ky-binh-chon/{khanhhoa_round}/ket-qua-cham/", "Kết quả chấm điểm"),
    Sight(DEMO_OFFICER, "khanhhoa", "/ky-binh-chon/{khanhhoa_round}/tham-khao/", "Số liệu tham khảo"),
    Sight(DEMO_OFFICER, "khanhhoa", "/ky-binh-chon/{khanhhoa_round}/hoi-dong/", COUNCIL),
    Sight(DEMO_OFFICER, "khanhhoa", "/co-so/", "Cơ sở công nghiệp nông thôn"),
    Sight(DEMO_OFFICER, "khanhhoa", "/co-so/nhap/", "Nhập cơ sở từ bảng tính"),
    # an officer, on the way
    Sight(STAGE_OFFICER, "angiang", "/ky-binh-chon/THU-2026/", "Kỳ thử THU-2026"),
    Sight(STAGE_OFFICER, "angiang", "/ky-binh-chon/THU-2026/hoi-dong/", COUNCIL),
    Sight(STAGE_OFFICER, "camau", "/ky-binh-chon/THU-2026/hoi-dong/", COUNCIL),
    Sight(STAGE_OFFICER, "gialai", "/ky-binh-chon/THU-2026/quyet-dinh/", "Ghi nhận quyết định công nhận"),
    Sight(STAGE_OFFICER, "tayninh", "/ky-binh-chon/THU-2026/de-cu/", "Đề cử lên cấp trên"),
    # results that were told, and one that is disputed
    Sight(TOLD, "laocai", "/ho-so/{told_entry}/ket-qua/", "Sản phẩm 1"),
    Sight(TOLD, "laocai", "/ho-so/{told_entry}/khieu-nai/", COMPLAINT),
    Sight(COMPLAINING, "laocai", "/ho-so/{disputed_entry}/khieu-nai/{complaint_code}/", COMPLAINT),
    Sight(STAGE_OFFICER, "laocai", "/ky-binh-chon/THU-2026/bao-ket-qua/", "Báo kết quả cho cơ sở"),
    Sight(STAGE_OFFICER, "laocai", "/ky-binh-chon/THU-2026/khieu-nai/", COMPLAINT),
    Sight(STAGE_OFFICER, "laocai", "/ky-binh-chon/THU-2026/khieu-nai/nhap-don-giay/", "Nhập khiếu nại nhận bằng giấy"),
    Sight(STAGE_OFFICER, "laocai", "/ky-binh-chon/THU-2026/khieu-nai/{complaint}/", "Sản phẩm 2"),
    Sight(STAGE_JUDGE, "laocai", "/cham-lai/", "Chấm lại theo khiếu nại"),
    Sight(STAGE_JUDGE, "laocai", "/cham-lai/{review}/", "Sản phẩm 2"),
    # an officer who invites, and a facility that was invited
    Sight(STAGE_OFFICER, "dongnai", "/van-dong/", "Vận động cơ sở tham gia"),
    Sight(STAGE_OFFICER, "dongnai", "/van-dong/moi/THU-2026/", "Lập đợt mời"),
    Sight(STAGE_OFFICER, "dongnai", "/van-dong/{draft}/", "Mời cơ sở mới"),
    Sight(STAGE_OFFICER, "dongnai", "/van-dong/{draft}/sua/", "Sửa đợt mời"),
    Sight(STAGE_OFFICER, "dongnai", "/van-dong/{sent}/", "Mời cơ sở mới"),
    Sight(NOBODY, "dongnai", "/van-dong/thu-moi/{invitation}/", "Mời tham gia Kỳ thử"),
    Sight(STAGE_OFFICER, "dongnai", "/thong-bao/", "Thông báo"),
    Sight(STAGE_OFFICER, "dongnai", "/thong-bao/{notice}/", "Hồ sơ đã bổ sung"),
    Sight(STAGE_OFFICER, "dongnai", "/thong-bao/thu/", "Thư đã gửi"),
    Sight(STAGE_OFFICER, "dongnai", "/thong-bao/thu/{mail}/", "Báo cáo tuần"),
    # a judge
    Sight(DEMO_JUDGE, "daklak", "/cham-diem/", "Phiếu chấm điểm được giao"),
    Sight(DEMO_JUDGE, "daklak", "/cham-diem/{locked_sheet}/", "{locked_entry}"),
    Sight(STAGE_JUDGE, "lamdong", "/cham-diem/", "Phiếu chấm điểm được giao"),
    # a member of the council
    Sight(STAGE_COUNCIL, "camau", "/ky-binh-chon/hop-hoi-dong/", "Họp Hội đồng"),
    Sight(STAGE_COUNCIL, "camau", "/ky-binh-chon/THU-2026/hoi-dong/theo-doi/", COUNCIL),
    Sight(STAGE_JUDGE, "lamdong", "/cham-diem/xung-dot/", "Xung đột lợi ích"),
    Sight(STAGE_JUDGE, "lamdong", "/cham-diem/xung-dot/ban-than/", "Nơi làm việc, doanh nghiệp của mình"),
    Sight(STAGE_OFFICER, "lamdong", "/cham-diem/ky/THU-2026/xung-dot/", "Xung đột lợi ích"),
    Sight(STAGE_OFFICER, "lamdong", "/cham-diem/ky/THU-2026/tien-do/", "Tiến độ chấm điểm"),
    Sight(STAGE_OFFICER, "lamdong", "/cham-diem/ky/THU-2026/ho-so/{scored_entry}/", "Sản phẩm 0"),
    # who scores what, when not the whole panel scores all
    Sight(STAGE_OFFICER, "hatinh", "/ky-binh-chon/THU-2026/thiet-lap/giao-phieu/", "Cách giao phiếu chấm"),
    Sight(STAGE_OFFICER, "hatinh", "/cham-diem/ky/THU-2026/phan-cong/", "Phân công chấm điểm"),
    Sight(STAGE_OFFICER, "thanhhoa", "/cham-diem/ky/THU-2026/phan-cong/", "Phân công chấm điểm"),
    Sight(STAGE_OFFICER, "thanhhoa", "/cham-diem/ky/THU-2026/phan-cong/bu/", "Bù giám khảo còn thiếu"),
    Sight(STAGE_OFFICER, "thanhhoa", "/cham-diem/ky/THU-2026/phan-cong/{short_entry}/", "Sản phẩm 0"),
    # the ministry
    Sight(DEMO_OFFICER, "quocgia", "/", HOME),
    Sight(DEMO_OFFICER, "quocgia", "/de-cu/", "Hộp nhận đề cử"),
    Sight(DEMO_OFFICER, "quocgia", "/de-cu/{packet}/", "{sender}"),
]
