"""Why a file is refused: one sentence for each reason, and each says what to do."""

from tieubieu.errors import DomainError, KeptIsLost
from tieubieu.ui.words import number

SENTENCES = {
    "none": "Chưa chọn tệp nào. Xin chọn tệp rồi tải lên.",
    "empty": "Tệp rỗng (0 byte). Xin chọn lại tệp có nội dung.",
    "wrong_type": "Tệp này không phải loại dùng được ở đây. Xin chọn tệp {kinds}.",
    "svg": "Ảnh SVG không dùng được. Xin lưu lại thành ảnh JPEG hoặc PNG rồi tải lên.",
    "old_office": "Tệp ở dạng Word, Excel cũ (.doc, .xls). Xin lưu thành .docx, .xlsx hoặc PDF rồi tải lên.",
    "too_big": "Tệp lớn hơn {most} MB. Xin chọn tệp nhỏ hơn, hoặc lưu lại ở chất lượng thấp hơn.",
    "password": "Tệp được bảo vệ bằng mật khẩu nên không mở được. Xin bỏ mật khẩu rồi tải lên lại.",
    "damaged": "Tệp bị hỏng hoặc chưa được lưu trọn vẹn nên không mở được. Xin lưu thành tệp mới rồi tải lên.",
    "pixels": "Ảnh có {width} × {height} điểm ảnh, quá 64 triệu điểm. Xin chụp hoặc lưu lại ở cỡ nhỏ hơn.",
    "pages": "Tệp có {pages} trang, quá {most} trang. Xin chia thành nhiều tệp.",
    "small": (
        "Ảnh nhỏ hơn 10 × 15 cm khi in (cần ít nhất {short} × {long} điểm ảnh; ảnh này {width} × {height})."
        " Xin chụp lại gần hơn, hoặc gửi ảnh gốc thay cho ảnh đã thu nhỏ."
    ),
    "animated": "Ảnh động không dùng được. Xin chọn một ảnh tĩnh.",
    "macros": "Tệp có chứa mã lệnh (macro) nên không nhận. Xin lưu thành .docx, .xlsx không có macro, hoặc PDF.",
    "active": "Tệp PDF có {what} nên không nhận. Xin chọn “In”, “Lưu dạng PDF” rồi tải tệp mới lên.",
    "embedded": "Tệp có {what} nên không nhận. Xin bỏ phần đó, hoặc lưu thành PDF rồi tải lên.",
    "external": "Tệp có {what} nên không nhận. Xin bỏ phần đó, hoặc lưu thành PDF rồi tải lên.",
    "bomb": "Tệp nén phình to bất thường khi mở nên không nhận. Xin lưu lại thành tệp mới rồi tải lên.",
    "polyglot": "Tệp có lẫn nội dung của loại tệp khác nên không nhận. Xin lưu lại thành tệp mới rồi tải lên.",
    "heavy": "Tệp quá nặng để kiểm tra. Xin lưu lại ở cỡ nhỏ hơn hoặc chia thành nhiều tệp.",
    "busy": "Đang có nhiều tệp chờ kiểm tra nên chưa nhận được tệp này. Xin tải lên lại sau một phút.",
    "failed": "Tệp chưa tải lên được do lỗi đường truyền hoặc máy chủ. Xin tải lên lại.",
}  # fmt: skip
UNAVAILABLE = {"busy", "failed"}


class UploadRefused(DomainError):
    """The file is not kept. `reason` is a key of `SENTENCES`."""

    code = "upload_refused"

    def __init__(self, reason: str, **facts: object) -> None:
        told = {name: number(value) if isinstance(value, int) else value for name, value in facts.items()}
        super().__init__(SENTENCES[reason].format(**told), reason=reason, **facts)
        self.reason = reason
        if reason in UNAVAILABLE:
            self.status = 503


class FileDamaged(KeptIsLost):
    """The stored bytes are gone or are not those that were taken in: restore the file from a backup."""

    code = "file_damaged"
