"""Ai đang hành động, ở vị trí nào."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Tham số đầu tiên của mọi động từ.

    ``user_id``: tài khoản. ``appointment_id``: phân công (chính hoặc kiêm nhiệm) đang dùng để hành động;
    ``None`` khi chương trình tự làm (việc nền, dòng lệnh của quản trị máy chủ) hoặc người chưa có phân công.
    """

    user_id: int | None
    appointment_id: int | None = None

    @property
    def is_system(self) -> bool:
        """Máy chủ tự làm: dòng lệnh và việc nền do quản trị máy chủ chạy. Không cửa nào trên mạng tạo được."""
        return self.user_id is None


SYSTEM = Actor(user_id=None)
