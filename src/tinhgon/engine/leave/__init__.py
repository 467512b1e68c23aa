"""Tuổi nghỉ hưu, và số tiền ước tính khi thôi làm vì sắp xếp bộ máy (Nghị định 178/2024, sửa đổi bởi Nghị định 67/2025).

Quy định là dữ liệu có ngày, có nguồn (``rules.json``); phép tính chỉ dùng số nguyên và phân số. Kết quả là ước tính để người ta
hiểu mình được gì và vì sao: mỗi dòng nói mấy nhân mấy, theo điều nào, biết chắc tới đâu. Không thay quyết định của cơ quan có thẩm quyền.
"""

from tinhgon.engine.leave.ages import Birth, Sex, months_early, pension_starts
from tinhgon.engine.leave.estimate import (
    Case,
    Estimate,
    LeaveProblem,
    Leaving,
    Line,
    Note,
    estimate,
    rounded_years,
)
from tinhgon.engine.leave.rules import (
    LeaveBook,
    Rules,
    book_from,
    monthly_pay,
    rules_from,
    shipped,
    shipped_data,
)

__all__ = [
    "Birth", "Case", "Estimate", "LeaveBook", "LeaveProblem", "Leaving", "Line", "Note", "Rules", "Sex", "book_from", "estimate", "monthly_pay",
    "months_early", "pension_starts", "rounded_years", "rules_from", "shipped", "shipped_data",
]  # fmt: skip
