"""Một họ lỗi duy nhất: mã ổn định, dữ liệu, và câu trọn vẹn bằng ngôn ngữ của người dùng.

Cửa (web, api, cli) biến lỗi thành lời nhắn cạnh ô nhập, thân problem+json hay mã thoát 2 với một dòng.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """Một lý do: ``code`` ổn định, ``sentence`` đã dịch, ``field`` ô nhập liên quan, ``data`` cho máy đọc."""

    code: str
    sentence: str
    field: str = ""
    data: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.sentence)


class TinhGonError(Exception):
    """Gốc của họ lỗi. Luôn mang ít nhất một lý do; nêu mọi lý do cùng lúc."""

    def __init__(self, *reasons: Reason) -> None:
        if not reasons:
            raise ValueError("Một lỗi phải có ít nhất một lý do.")
        super().__init__(*reasons)
        self.reasons: tuple[Reason, ...] = reasons

    @property
    def code(self) -> str:
        return self.reasons[0].code

    @property
    def sentences(self) -> list[str]:
        return [str(reason.sentence) for reason in self.reasons]

    def __str__(self) -> str:
        return " ".join(self.sentences)


class Invalid(TinhGonError):
    """Dữ liệu nhập sai: sửa rồi gửi lại."""


class Refused(TinhGonError):
    """Quy tắc không cho phép lúc này: câu nói rõ phải làm gì trước."""


class Forbidden(TinhGonError):
    """Người này không có quyền."""


class NotFound(TinhGonError):
    """Không có, hoặc người này không được thấy: hai trường hợp không phân biệt được từ ngoài."""


class Broken(TinhGonError):
    """Kho dữ liệu hay môi trường hỏng: cần quản trị."""


def refuse_if(reasons: Iterable[Reason]) -> None:
    """Ném ``Refused`` với mọi lý do, nếu có lý do nào."""
    found = tuple(reasons)
    if found:
        raise Refused(*found)
