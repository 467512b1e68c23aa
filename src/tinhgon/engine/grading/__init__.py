"""Xếp loại: quy định là dữ liệu có ngày, có nguồn; phép tính điểm và tỉ lệ bằng phân số. Không quyết định mức của ai.

Mọi hàm ở đây trả lời "quy định nói gì về con số này"; mức do người có thẩm quyền ghi. Mẫu số bằng 0 là chưa đủ dữ liệu, không phải
điểm tối đa.
"""

from tinhgon.engine.grading.caps import Cap, cap_of
from tinhgon.engine.grading.findings import Facts, Finding, findings
from tinhgon.engine.grading.rules import (
    EmulationTitle,
    Level,
    Rules,
    emulation_titles,
    rules_by_code,
    rules_on,
    shipped,
)
from tinhgon.engine.grading.scores import Product, followers_part, leader_points, parts, specialist_points

__all__ = [
    "Cap", "EmulationTitle", "Facts", "Finding", "Level", "Product", "Rules", "cap_of", "emulation_titles", "findings", "followers_part",
    "leader_points", "parts", "rules_by_code", "rules_on", "shipped", "specialist_points",
]  # fmt: skip
