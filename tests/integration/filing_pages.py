"""The pages of the filing half in one province on a working day: set-up, register, sign-up, portal, desk, proposals."""

from demo_pages import NOBODY, STAGE_OFFICER, Login, Sight

SLUG, PROVINCE = "nghean", "40"
SCENE = ("working_day", SLUG, PROVINCE)
PASSWORD = STAGE_OFFICER.password
ADMINISTRATOR, OWNER = Login("quan-tri", PASSWORD), Login("chu-co-so", PASSWORD)
COMMUNE, NEWCOMER, WAITING = Login("can-bo-xa", PASSWORD), Login("chua-co-gi", PASSWORD), Login("cho-duyet", PASSWORD)

FOUND = {
    "round": "SELECT id FROM {schema}.rounds_round WHERE code = 'THU-2026'",
    "seat": "SELECT a.id FROM {schema}.rounds_appointment a JOIN {schema}.rounds_round r ON r.id = a.round_id"
    " WHERE r.code = 'SOAN-2027' ORDER BY a.seat LIMIT 1",
    "facility": "SELECT facility_id FROM {schema}.facilities_facilityyear LIMIT 1",
    "own_facility": "SELECT facility_id FROM {schema}.dossiers_entry WHERE name = 'Bột sen'",
    "waiting_facility": "SELECT id FROM {schema}.facilities_facility WHERE name = 'Cơ sở chờ duyệt'",
    "known_code": "SELECT tax_code FROM {schema}.facilities_facility WHERE name = 'Hợp tác xã số 1'",
    "twin": "SELECT id FROM {schema}.facilities_facility WHERE name = 'HỢP TÁC XÃ SỐ 0'",
    "village": "SELECT id FROM {schema}.facilities_craftvillage",
    "batch": "SELECT id FROM {schema}.facilities_importbatch",
    "person": "SELECT id FROM {schema}.accounts_person WHERE login = 'hoi-dong-6'",
    "unit_name": "SELECT name FROM {schema}.accounts_organisationalunit LIMIT 1",
    "unit": "SELECT id FROM {schema}.accounts_organisationalunit LIMIT 1",
    "accepted": "SELECT id FROM {schema}.dossiers_entry WHERE name = 'Bánh tráng nướng'",
    "sent_back": "SELECT id FROM {schema}.dossiers_entry WHERE name = 'Khăn dệt tay'",
    "half_checked": "SELECT id FROM {schema}.dossiers_entry WHERE name = 'Trà sen'",
    "unseen": "SELECT id FROM {schema}.dossiers_entry WHERE name = 'Nước mắm cá linh'",
    "draft_entry": "SELECT id FROM {schema}.dossiers_entry WHERE name = 'Bột sen'",
    "helped": "SELECT id FROM {schema}.dossiers_entry WHERE name = 'Tâm sen'",
    "receipt": "SELECT f.receipt_code FROM {schema}.dossiers_filing f"
    " JOIN {schema}.dossiers_entry e ON e.id = f.entry_id WHERE e.name = 'Khăn dệt tay'",
    "proposal": "SELECT id FROM {schema}.nominations_proposal",
}

SETUP = "/ky-binh-chon/SOAN-2027/thiet-lap/"


def officer(path: str, heading: str, *clicks: str) -> Sight:
    return Sight(STAGE_OFFICER, SLUG, path, heading, clicks)


def of(who: Login, path: str, heading: str, *clicks: str) -> Sight:
    return Sight(who, SLUG, path, heading, clicks)


SET_UP = [
    officer("/ky-binh-chon/", "Kỳ bình chọn"),
    officer("/ky-binh-chon/moi/", "Lập kỳ bình chọn"),
    officer("/ky-binh-chon/viec-can-lam/", "Việc cần làm"),
    officer("/ky-binh-chon/lich/", "Lịch ngày nghỉ"),
    officer(SETUP, "Kỳ đang soạn năm 2027"),
    officer("/ky-binh-chon/THU-2026/thiet-lap/", "Kỳ thử THU-2026"),
    officer(f"{SETUP}phu-trach/", "Cán bộ phụ trách kỳ"),
    officer(f"{SETUP}ke-hoach/", "Văn bản kế hoạch"),
    officer(f"{SETUP}can-cu/", "Căn cứ pháp lý"),
    officer(f"{SETUP}can-cu/sua/", "Sửa danh sách căn cứ"),
    officer(f"{SETUP}quy-dinh/", "Quy định chấm và họp"),
    officer(f"{SETUP}khung-diem/", "Khung điểm chi tiết"),
    officer(f"{SETUP}khung-diem/chung/", "Sửa khung điểm"),
    officer(f"{SETUP}so-luong-muc-thuong/", "Số lượng và mức thưởng"),
    officer(f"{SETUP}thoi-han/", "Thời hạn và người chịu trách nhiệm"),
    officer(f"{SETUP}thoi-han/filing/", "Nhận hồ sơ"),
    officer("/ky-binh-chon/THU-2026/thiet-lap/thoi-han/filing/", "Nhận hồ sơ"),
    officer("/ky-binh-chon/DONG-2026/thiet-lap/mo-lai-nhan-ho-so/", "Mở lại nhận hồ sơ"),
    officer(f"{SETUP}to-chuc/hoi-dong/", "Hội đồng bình chọn"),
    officer(
        f"{SETUP}to-chuc/hoi-dong/", "Giấy mời và mã một lần", "text=Cấp mã và in giấy mời", "dialog[open] form button"
    ),
    officer(f"{SETUP}to-chuc/ban-giam-khao/", "Ban Giám khảo"),
    officer(f"{SETUP}to-chuc/hoi-dong/nguoi-moi/", "Thêm người mới"),
    officer(f"{SETUP}thanh-vien/{{seat}}/", "Hoi-Dong-0"),
    officer(f"{SETUP}thanh-vien/{{seat}}/thay/", "Thay người"),
    officer(f"{SETUP}chep/", "Chép thiết lập của kỳ trước"),
    of(NOBODY, "/thong-bao-ky/THU-2026/", "Kỳ thử THU-2026"),
]
REGISTER = [
    officer("/co-so/", "Cơ sở công nghiệp nông thôn"),
    officer("/co-so/?tim=khong-co", "Cơ sở công nghiệp nông thôn"),
    officer("/co-so/moi/", "Ghi cơ sở mới"),
    officer("/co-so/nhap/", "Nhập cơ sở từ bảng tính"),
    officer("/co-so/nhap/{batch}/", "Xem trước bảng tính"),
    officer("/co-so/lang-nghe/", "Làng nghề được công nhận"),
    officer("/co-so/lang-nghe/moi/", "Ghi làng nghề được công nhận"),
    officer("/co-so/lang-nghe/{village}/", "Làng nghề dệt chiếu"),
    officer("/co-so/muc-quy-mo/", "Mức quy mô doanh nghiệp"),
    officer("/co-so/muc-quy-mo/moi/", "Ghi mức quy mô doanh nghiệp"),
    officer("/co-so/cho-duyet/", "Đề nghị chờ duyệt"),
    officer("/co-so/trung/", "Cơ sở có thể trùng"),
    officer("/co-so/trung/{facility}/{twin}/", "Đối chiếu hai cơ sở"),
    officer("/co-so/{facility}/", "Hợp tác xã số 0"),
    officer("/co-so/{waiting_facility}/", "Cơ sở chờ duyệt"),
    officer("/co-so/{facility}/sua/", "Sửa thông tin cơ sở"),
    officer("/co-so/{facility}/so-lieu/2025/", "Số liệu năm 2025"),
    officer("/co-so/{facility}/moi-nguoi/", "Mời người làm việc cho cơ sở"),
    officer("/co-so/{facility}/moi-nguoi/", "Lời mời đã lập", "main form button"),
]
SIGN_UP = [
    of(NOBODY, "/tai-khoan/dang-ky/", "Đăng ký tài khoản cơ sở"),
    of(NEWCOMER, "/tai-khoan/dang-ky/co-so/", "Mã số thuế của cơ sở"),
    of(NEWCOMER, "/tai-khoan/dang-ky/co-so/{known_code}/de-nghi/", "Cơ sở này đã có trong danh sách"),
    of(NEWCOMER, "/tai-khoan/dang-ky/co-so/0101248141/moi/", "Ghi thông tin cơ sở"),
    of(NEWCOMER, "/co-so/cua-toi/", "Cơ sở của tôi"),
    of(WAITING, "/co-so/cua-toi/", "Cơ sở của tôi"),
    of(NOBODY, "/tai-khoan/dang-ky/loi-moi/", "Nhận lời mời"),
    of(NOBODY, "/tai-khoan/dang-ky/loi-moi/{invited}/", "Nhận lời mời"),
    of(NEWCOMER, "/tai-khoan/dang-ky/loi-moi/{invited}/", "Nhận lời mời"),
]
PEOPLE = [
    of(ADMINISTRATOR, "/tai-khoan/nguoi-dung/", "Người dùng"),
    of(ADMINISTRATOR, "/tai-khoan/nguoi-dung/moi/", "Thêm người dùng"),
    of(ADMINISTRATOR, "/tai-khoan/nguoi-dung/{person}/", "Hoi-Dong-6"),
    of(
        ADMINISTRATOR,
        "/tai-khoan/nguoi-dung/{person}/",
        "Đã cấp mã một lần",
        "text=Cấp mã một lần",
        "dialog[open] form button",
    ),
    of(ADMINISTRATOR, "/tai-khoan/nguoi-dung/{person}/sua/", "Hoi-Dong-6"),
    of(ADMINISTRATOR, "/tai-khoan/don-vi/", "Đơn vị"),
    of(ADMINISTRATOR, "/tai-khoan/don-vi/moi/", "Thêm đơn vị"),
    of(ADMINISTRATOR, "/tai-khoan/don-vi/{unit}/", "{unit_name}"),
    of(ADMINISTRATOR, "/tai-khoan/vai-tro/", "Vai trò và quyền"),
    of(ADMINISTRATOR, "/tai-khoan/cach-dang-ky/", "Cách cơ sở đăng ký tài khoản"),
    of(ADMINISTRATOR, "/tai-khoan/mat-khau/", "Đổi mật khẩu"),
    of(NOBODY, "/tai-khoan/ma-mot-lan/", "Đặt mật khẩu bằng mã một lần"),
    of(NOBODY, "/tai-khoan/mat-khau/quen/", "Quên mật khẩu"),
    of(NOBODY, "/tai-khoan/mat-khau/quen/da-gui/", "Đã nhận yêu cầu"),
    of(NOBODY, "/tai-khoan/mat-khau/dat-lai/MQ/khong-phai-ma/", "Đặt mật khẩu mới"),
]
PORTAL = [
    of(OWNER, "/", "Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu"),
    of(OWNER, "/ho-so/", "Hồ sơ của cơ sở"),
    of(OWNER, "/co-so/cua-toi/", "Cơ sở của tôi"),
    of(OWNER, "/co-so/{own_facility}/lien-he/", "Sửa thông tin cơ sở"),
    of(OWNER, "/ho-so/moi/{round}/", "Bắt đầu hồ sơ"),
    of(OWNER, "/ho-so/{draft_entry}/", "Bột sen"),
    of(OWNER, "/ho-so/{draft_entry}/san-pham/", "Sản phẩm dự bình chọn"),
    of(OWNER, "/ho-so/{draft_entry}/buoc/summary/", "Giới thiệu sản phẩm"),
    of(OWNER, "/ho-so/{draft_entry}/muc/product/", "Giới thiệu sản phẩm"),
    of(OWNER, "/ho-so/{draft_entry}/anh/", "Ba ảnh của sản phẩm"),
    of(OWNER, "/ho-so/{draft_entry}/giay-to/", "Giấy tờ kèm theo"),
    of(OWNER, "/ho-so/{draft_entry}/kiem-tra/", "Xem lại rồi gửi hồ sơ"),
    of(OWNER, "/ho-so/{sent_back}/", "Khăn dệt tay"),
    of(OWNER, "/ho-so/{sent_back}/trao-doi/", "Trao đổi với cơ quan tiếp nhận"),
    of(OWNER, "/ho-so/{sent_back}/kiem-tra/", "Xem lại rồi gửi hồ sơ"),
    of(OWNER, "/ho-so/{helped}/", "Tâm sen"),
    of(OWNER, "/ho-so/{helped}/xac-nhan/", "Xác nhận hồ sơ được gửi giúp"),
    of(NOBODY, "/ho-so/xac-nhan/{confirmation}/", "Xác nhận hồ sơ được gửi giúp"),
    of(OWNER, "/ho-so/bien-nhan/{receipt}/", "Đã gửi hồ sơ"),
    of(NOBODY, "/ho-so/bien-nhan/{receipt}/", "Tra cứu biên nhận hồ sơ"),
    officer("/ho-so/giup/", "Gửi hồ sơ giúp cơ sở"),
    officer("/ho-so/mau/", "Mẫu hồ sơ của tỉnh"),
    officer("/ho-so/mau/them/", "Thêm ô của tỉnh"),
    officer("/ho-so/mau/xem-truoc/", "Mẫu hồ sơ như cơ sở sẽ thấy"),
    officer("/ho-so/mau/o/summary/", "Sửa lời của ô"),
]
TICK = "tbody input[type=checkbox] >> nth={}"
DESK = [
    officer("/kiem-tra/", "Kiểm tra hồ sơ"),
    officer("/kiem-tra/?tim=khong-co", "Kiểm tra hồ sơ"),
    of(COMMUNE, "/kiem-tra/", "Kiểm tra hồ sơ"),
    officer("/kiem-tra/{unseen}/", "Nước mắm cá linh"),
    officer("/kiem-tra/{half_checked}/", "Trà sen"),
    officer("/kiem-tra/{sent_back}/", "Khăn dệt tay"),
    officer("/kiem-tra/{accepted}/", "Bánh tráng nướng"),
    officer("/kiem-tra/{unseen}/bo-sung/", "Yêu cầu bổ sung"),
    officer("/kiem-tra/{sent_back}/lich-su/", "Lịch sử hồ sơ"),
    officer("/kiem-tra/gop/?ho-so={accepted}&ho-so={unseen}", "Gộp thành bộ sản phẩm"),
    officer("/kiem-tra/bien-ban/THU-2026/", "Biên bản kiểm tra hồ sơ"),
    officer("/kiem-tra/", "Tiếp nhận nhiều hồ sơ", TICK.format(0), TICK.format(1), "text=Tiếp nhận >> nth=0"),
]
PROPOSED = [
    officer("/de-cu/de-nghi/", "Văn bản đề nghị của xã"),
    of(COMMUNE, "/de-cu/de-nghi/", "Văn bản đề nghị của xã"),
    of(COMMUNE, "/de-cu/de-nghi/ky/THU-2026/", "Chọn sản phẩm đề nghị"),
    officer("/de-cu/de-nghi/ky/THU-2026/", "Chọn sản phẩm đề nghị"),
    of(COMMUNE, "/de-cu/de-nghi/{proposal}/", "{commune}"),
    of(COMMUNE, "/", "Bình chọn sản phẩm công nghiệp nông thôn tiêu biểu"),
    of(COMMUNE, "/ky-binh-chon/", "Kỳ bình chọn"),
    of(COMMUNE, "/co-so/", "Cơ sở công nghiệp nông thôn"),
]
FILING_PAGES = [*SET_UP, *REGISTER, *SIGN_UP, *PEOPLE, *PORTAL, *DESK, *PROPOSED]
