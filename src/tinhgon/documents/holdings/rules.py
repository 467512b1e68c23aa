"""Quy tắc thể thức: không ai giữ; lối viết là của chính cơ quan ấy."""

from tinhgon.org.holdings import keeps_its_holder

keeps_its_holder(
    documents__RuleSetVersion__author="Lịch sử: ai sửa quy tắc.",
    documents__RuleProposal__decided_by="Lịch sử: ai nhận hay giữ.",
    documents__OrganStyle__unit="Lối viết của chính cơ quan ấy; nơi kế thừa có lối viết của mình.",
)
