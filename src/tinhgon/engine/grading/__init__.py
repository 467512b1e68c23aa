"""Xếp loại: quy định là dữ liệu có ngày, có nguồn; phép tính điểm và tỉ lệ bằng phân số. Không quyết định mức của ai.

Mọi hàm ở đây trả lời "quy định nói gì về con số này"; mức do người có thẩm quyền ghi. Mẫu số bằng 0 là chưa đủ dữ liệu, không phải
điểm tối đa.
"""

from tinhgon.engine.grading.caps import Cap, cap_of
from tinhgon.engine.grading.findings import Facts, Finding, findings
from tinhgon.engine.grading.rules import (
    EmulationTitle,
    GradingBook,
    Level,
    Rules,
    book_from,
    shipped,
    shipped_data,
)
from tinhgon.engine.grading.scores import (
    SOURCE,
    Product,
    followers_part,
    leader_points,
    parts,
    specialist_points,
)

__all__ = [
    "Cap", "EmulationTitle", "Facts", "Finding", "GradingBook", "Level", "Product", "Rules", "book_from", "cap_of", "findings", "followers_part",
    "SOURCE", "leader_points", "parts", "shipped", "shipped_data", "specialist_points",
]  # fmt: skip
