"""Tổ chức có ngày tháng: đơn vị, chức năng, vị trí, người, phân công, nhiệm kỳ, kế thừa; và sổ chuyển giao.

Không biết văn bản hay nhiệm vụ nào: ứng dụng khác đăng ký cái đơn vị đang giữ qua ``org.holdings``.
"""
