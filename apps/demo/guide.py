"""Where to look and whom to sign in as, for the person who just started the demo."""

from django.conf import settings

from apps.demo.logins import ADMINISTRATOR, AUDITOR, COMMUNE_OFFICER, LEADER, OFFICER, OWNER, PASSWORD


def guide() -> str:
    """The lines that `make run` prints when the site is up."""
    return "\n".join(
        [
            "",
            "Tiêu Biểu đang chạy với dữ liệu minh họa. Nơi xem:",
            f"  Danh bạ sản phẩm (công khai)       {_at('')}/",
            f"  Sở Công Thương tỉnh Đắk Lắk        {_at('daklak')}/",
            f"  Sở Công Thương tỉnh Khánh Hòa      {_at('khanhhoa')}/",
            f"  Kỳ đang mở: kiểm tra hồ sơ         {_at('daklak')}/kiem-tra/",
            f"  Hộp nhận đề cử của Trung ương      {_at('quocgia')}/de-cu/",
            "",
            f"Đăng nhập ở mỗi đơn vị bằng mật khẩu chung: {PASSWORD}",
            f"  {OFFICER}    chuyên viên điều hành kỳ bình chọn",
            f"  {LEADER}       lãnh đạo, chỉ xem",
            f"  {ADMINISTRATOR}       quản trị của đơn vị",
            f"  {AUDITOR}       kiểm tra, giám sát, chỉ xem",
            f"  {COMMUNE_OFFICER}       cán bộ cấp xã (ở các tỉnh)",
            f"  {OWNER}       chủ một cơ sở dự bình chọn (ở các tỉnh)",
            "  giamkhao1     giám khảo (tới giamkhao7, chỉ ở các tỉnh)",
            "",
            "Dừng bằng Ctrl-C; dữ liệu được giữ cho lần chạy sau.",
        ]
    )


def _at(slug: str) -> str:
    host = f"{slug}.{settings.BASE_HOST}" if slug else settings.BASE_HOST
    return f"{settings.SCHEME}://{host}:{settings.PORT}"
