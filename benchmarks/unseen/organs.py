"""Cơ quan bịa: tên như in ở đầu (một tới ba dòng), tên đầy đủ, ký hiệu, ai ký. ``{p}``: tên nơi, ``{P}``: chữ hoa, ``{x}``: xã hay phường."""

import random
from dataclasses import dataclass, replace

_PLACES = ("Hà Tĩnh", "Gia Lai", "Đồng Tháp", "Lạng Sơn", "Hưng Yên", "Cà Mau", "Thanh Hóa", "Lào Cai", "Quảng Trị", "Tây Ninh")
_CITIES = ("Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế")
_COMMUNES = ("Bình Hưng Thuận", "Ea Súp Hạ", "Mường Lạn", "Thới Hòa", "Đông Xuân Phú", "Ia Lốp Tân", "Sa Pa Thượng", "Hòa Khánh Đông", "Ninh Giang Đoài", "Kỳ Thọ")


@dataclass(frozen=True, slots=True)
class Organ:
    superior: tuple[str, ...]
    lines: tuple[str, ...]
    full: str
    symbol: str
    types: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, ...], ...]
    places: tuple[str, ...] = _PLACES
    dated_at: str = "{p}"
    style: str = "state"
    header: str = ""
    """Dòng bên phải thay cho quốc hiệu hay tiêu đề Đảng (Đoàn Thanh niên)."""
    decider: str = ""
    titled: bool = True
    numbered_by_type: bool = False

    def at(self, place: str, rng: random.Random) -> "Organ":
        ward, province = rng.choice(("xã", "phường")), rng.choice(_PLACES)
        words = {"p": place, "P": place.upper(), "x": ward, "X": ward.upper(), "q": province, "Q": province.upper()}

        def fill(text: str) -> str:
            return text.format(**words)

        return replace(
            self, superior=tuple(map(fill, self.superior)), lines=tuple(map(fill, self.lines)), full=fill(self.full), dated_at=fill(self.dated_at),
            decider=fill(self.decider), signs=tuple(tuple(map(fill, sign)) for sign in self.signs),
        )  # fmt: skip

    def sign(self, short: str, year: int, rng: random.Random) -> str:
        if self.style == "party":
            return f"-{short}/{self.symbol}"
        if self.style == "year":
            return f"/{year}/{short}-{self.symbol}" if short else f"/{year}/{self.symbol}"
        return f"/{short}-{self.symbol}" if short else f"/{self.symbol}-{rng.choice(('TH', 'KTTH', 'NC', 'TCCB', 'KGVX', 'VX&XH'))}"


def _t(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, short) for name, _, short in (item.partition("=") for item in text.split(";")))


_STATE_TYPES = _t("Quyết định=QĐ;Công văn=;Công văn=;Thông báo=TB;Kế hoạch=KH;Tờ trình=TTr;Báo cáo=BC;Chỉ thị=CT;Giấy mời=GM;Công điện=CĐ;Chương trình=CTr;Phương án=PA")
_OFFICE_TYPES = _t("Công văn=;Công văn=;Thông báo=TB;Kế hoạch=KH;Tờ trình=TTr;Báo cáo=BC;Hướng dẫn=HD;Giấy mời=GM;Quyết định=QĐ;Đề án=ĐA")
_PARTY_TYPES = _t("Công văn=CV;Công văn=CV;Quyết định=QĐ;Nghị quyết=NQ;Chỉ thị=CT;Kết luận=KL;Thông báo=TB;Báo cáo=BC;Kế hoạch=KH;Hướng dẫn=HD;Tờ trình=TTr;Quy định=QĐ;Chương trình=CTr;Thông tri=TT")
_PARTY_OFFICE = _t("Công văn=CV;Công văn=CV;Thông báo=TB;Báo cáo=BC;Kế hoạch=KH;Hướng dẫn=HD;Tờ trình=TTr;Quyết định=QĐ;Giấy mời=GM")
_CONGRESS = (("Luật", ""), ("Nghị quyết", ""))

STATE = (
    Organ((), ("ỦY BAN NHÂN DÂN", "TỈNH {P}"), "Ủy ban nhân dân tỉnh {p}", "UBND", _STATE_TYPES, (("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),), decider="ỦY BAN NHÂN DÂN TỈNH {P}"),
    Organ((), ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ {P}"), "Ủy ban nhân dân thành phố {p}", "UBND", _STATE_TYPES, (("CHỦ TỊCH",),), _CITIES, decider="CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ {P}"),
    Organ((), ("ỦY BAN NHÂN DÂN {X} {P}",), "Ủy ban nhân dân {x} {p}", "UBND", _STATE_TYPES, (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),), _COMMUNES, decider="CHỦ TỊCH ỦY BAN NHÂN DÂN {X} {P}"),
    Organ((), ("HỘI ĐỒNG NHÂN DÂN", "{X} {P}"), "Hội đồng nhân dân {x} {p}", "HĐND", _t("Nghị quyết=NQ;Báo cáo=BC;Thông báo=TB;Kế hoạch=KH"), (("CHỦ TỊCH",),), _COMMUNES),
    Organ(("ỦY BAN NHÂN DÂN", "TỈNH {P}"), ("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"), "Sở Nông nghiệp và Môi trường tỉnh {p}", "SNNMT", _OFFICE_TYPES, (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),)),
    Organ(("UBND TỈNH {P}",), ("SỞ DÂN TỘC VÀ TÔN GIÁO",), "Sở Dân tộc và Tôn giáo tỉnh {p}", "SDTTG", _OFFICE_TYPES, (("GIÁM ĐỐC",),)),
    Organ(("UBND THÀNH PHỐ {P}",), ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",), "Sở Khoa học và Công nghệ thành phố {p}", "SKHCN", _OFFICE_TYPES, (("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),), _CITIES),
    Organ(("UBND {X} {P}",), ("PHÒNG VĂN HÓA - XÃ HỘI",), "Phòng Văn hóa - Xã hội {x} {p}", "VHXH", _OFFICE_TYPES, (("TRƯỞNG PHÒNG",),), _COMMUNES),
    Organ(("UBND {X} {P}",), ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG"), "Trung tâm Phục vụ hành chính công {x} {p}", "TTPVHCC", _OFFICE_TYPES, (("Q. GIÁM ĐỐC",),), _COMMUNES),
    Organ((), ("VĂN PHÒNG CHÍNH PHỦ",), "Văn phòng Chính phủ", "VPCP", _t("Công văn=;Thông báo=TB;Báo cáo=BC"), (("KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM"),), dated_at="Hà Nội"),
    Organ((), ("THỦ TƯỚNG CHÍNH PHỦ",), "Thủ tướng Chính phủ", "TTg", _t("Quyết định=QĐ;Chỉ thị=CT;Công điện=CĐ"), (("KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"),), dated_at="Hà Nội", decider="THỦ TƯỚNG CHÍNH PHỦ"),
    Organ((), ("BỘ KHOA HỌC VÀ CÔNG NGHỆ",), "Bộ Khoa học và Công nghệ", "BKHCN", _t("Quyết định=QĐ;Công văn=;Kế hoạch=KH;Báo cáo=BC"), (("TUQ. BỘ TRƯỞNG", "CHÁNH VĂN PHÒNG BỘ"),), dated_at="Hà Nội"),
    Organ(("BỘ TÀI CHÍNH",), ("CỤC THUẾ",), "Cục Thuế", "CT", _t("Công văn=;Quyết định=QĐ;Thông báo=TB"), (("KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"),), dated_at="Hà Nội"),
    Organ((), ("TÒA ÁN NHÂN DÂN", "TỐI CAO"), "Tòa án nhân dân tối cao", "TANDTC", _t("Công văn=;Quyết định=QĐ;Kế hoạch=KH"), (("CHÁNH ÁN",),), dated_at="Hà Nội"),
    Organ((), ("VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH {P}"), "Viện kiểm sát nhân dân tỉnh {p}", "VKS", _OFFICE_TYPES, (("KT. VIỆN TRƯỞNG", "PHÓ VIỆN TRƯỞNG"),)),
    Organ(("SỞ GIÁO DỤC VÀ ĐÀO TẠO",), ("TRƯỜNG THPT CHU VĂN BỊA",), "Trường THPT Chu Văn Bịa", "THPTCVB", _t("Quyết định=QĐ;Kế hoạch=KH;Báo cáo=BC;Công văn="), (("HIỆU TRƯỞNG",),)),
    Organ(("BỘ Y TẾ",), ("BỆNH VIỆN ĐA KHOA", "TRUNG TÂM {P}"), "Bệnh viện đa khoa Trung tâm {p}", "BVTT", _OFFICE_TYPES, (("GIÁM ĐỐC",),)),
    Organ(("BỘ CÔNG AN",), ("CÔNG AN TỈNH {P}",), "Công an tỉnh {p}", "CAT", _OFFICE_TYPES, (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),)),
    Organ(("BỘ NỘI VỤ", "BỘ TƯ PHÁP"), (), "Bộ Nội vụ - Bộ Tư pháp", "BNV-BTP", _t("Thông tư liên tịch=TTLT"), (("KT. BỘ TRƯỞNG BỘ NỘI VỤ", "THỨ TRƯỞNG"), ("KT. BỘ TRƯỞNG BỘ TƯ PHÁP", "THỨ TRƯỞNG")), dated_at="Hà Nội", style="year"),
    Organ(("UBND TỈNH {P}",), ("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ",), "Ban Chỉ đạo Chuyển đổi số tỉnh {p}", "BCĐCĐS", _t("Thông báo=TB;Kế hoạch=KH;Báo cáo=BC;Quyết định=QĐ"), (("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC"),)),
    Organ(("MẶT TRẬN TỔ QUỐC VIỆT NAM",), ("ỦY BAN MTTQ VIỆT NAM", "TỈNH {P}"), "Ủy ban MTTQ Việt Nam tỉnh {p}", "MTTQ-BTT", _t("Thông báo=TB;Kế hoạch=KH;Báo cáo=BC;Tờ trình=TTr"), (("TM. BAN THƯỜNG TRỰC", "PHÓ CHỦ TỊCH"),)),
    Organ(("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",), ("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH {P}"), "Liên đoàn Lao động tỉnh {p}", "LĐLĐ", _t("Thông báo=TB;Kế hoạch=KH;Báo cáo=BC;Hướng dẫn=HD"), (("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"),)),
)  # fmt: skip
PARTY = (
    Organ((), ("TỈNH ỦY {P}",), "Tỉnh ủy {p}", "TU", _PARTY_TYPES, (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ THƯỜNG TRỰC"),), style="party", titled=False),
    Organ((), ("THÀNH ỦY {P}",), "Thành ủy {p}", "TU", _PARTY_TYPES, (("TM. BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),), _CITIES, style="party", titled=False),
    Organ(("ĐẢNG BỘ TỈNH {Q}",), ("ĐẢNG ỦY {X} {P}",), "Đảng ủy {x} {p}", "ĐU", _PARTY_TYPES, (("T/M ĐẢNG ỦY", "BÍ THƯ"),), _COMMUNES, style="party", titled=False),
    Organ(("TỈNH ỦY {Q}",), ("ĐẢNG ỦY {X} {P}",), "Đảng ủy {x} {p}", "ĐU", _PARTY_TYPES, (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),), _COMMUNES, style="party", titled=False),
    Organ(("TỈNH ỦY {P}",), ("BAN NỘI CHÍNH",), "Ban Nội chính Tỉnh ủy {p}", "BNCTU", _PARTY_OFFICE, (("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN THƯỜNG TRỰC"),), style="party"),
    Organ(("TỈNH ỦY {P}",), ("BAN TUYÊN GIÁO VÀ DÂN VẬN",), "Ban Tuyên giáo và Dân vận Tỉnh ủy {p}", "BTGDVTU", _PARTY_OFFICE, (("TRƯỞNG BAN",),), style="party"),
    Organ(("THÀNH ỦY {P}",), ("VĂN PHÒNG",), "Văn phòng Thành ủy {p}", "VPTU", _PARTY_OFFICE, (("K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),), _CITIES, style="party"),
    Organ(("TỈNH ỦY {P}",), ("VĂN PHÒNG",), "Văn phòng Tỉnh ủy {p}", "VPTU", _PARTY_OFFICE, (("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"),), style="party"),
    Organ(("ĐẢNG ỦY {X} {P}",), ("BAN XÂY DỰNG ĐẢNG",), "Ban Xây dựng Đảng Đảng ủy {x} {p}", "BXDĐ", _PARTY_OFFICE, (("TRƯỞNG BAN",),), _COMMUNES, style="party"),
    Organ(("ĐẢNG ỦY {X} {P}",), ("ỦY BAN KIỂM TRA",), "Ủy ban Kiểm tra Đảng ủy {x} {p}", "UBKTĐU", _PARTY_OFFICE, (("T/M ỦY BAN KIỂM TRA", "CHỦ NHIỆM"),), _COMMUNES, style="party"),
    Organ(("TỈNH ỦY {P}",), ("ĐẢNG ỦY", "CÁC CƠ QUAN ĐẢNG TỈNH"), "Đảng ủy các cơ quan Đảng tỉnh", "ĐUCCQĐ", _PARTY_TYPES, (("T/M BAN THƯỜNG VỤ", "BÍ THƯ"),), style="party", titled=False),
    Organ(("TỈNH ỦY {P}",), ("ĐẢNG ỦY ỦY BAN NHÂN DÂN TỈNH",), "Đảng ủy Ủy ban nhân dân tỉnh", "ĐU", _PARTY_TYPES, (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),), style="party", titled=False),
    Organ(("BAN CHẤP HÀNH TRUNG ƯƠNG",), ("BAN TỔ CHỨC",), "Ban Tổ chức Trung ương Đảng", "BTCTW", _PARTY_OFFICE, (("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),), dated_at="Hà Nội", style="party"),
    Organ((), ("BAN CHẤP HÀNH TRUNG ƯƠNG",), "Ban Chấp hành Trung ương", "TW", _t("Nghị quyết=NQ;Kết luận=KL;Quy định=QĐ;Chỉ thị=CT;Hướng dẫn=HD"), (("T/M BỘ CHÍNH TRỊ", "ỦY VIÊN THƯỜNG TRỰC BAN BÍ THƯ"),), dated_at="Hà Nội", style="party", titled=False),
    Organ(("ĐẢNG ỦY {X} {P}",), ("CHI BỘ TỔ DÂN PHỐ SỐ 8",), "Chi bộ Tổ dân phố số 8", "CB", _t("Báo cáo=BC;Nghị quyết=NQ;Kế hoạch=KH;Biên bản=BB"), (("T/M CHI BỘ", "PHÓ BÍ THƯ"),), _COMMUNES, style="party", titled=False),
    Organ(("ĐẢNG ỦY {X} {P}",), ("CHI BỘ QUÂN SỰ",), "Chi bộ Quân sự", "CB", _t("Báo cáo=BC;Nghị quyết=NQ;Kế hoạch=KH;Tờ trình=TTr"), (("T/M CHI BỘ", "BÍ THƯ"),), _COMMUNES, style="party", titled=False),
    Organ((), ("BAN CHẤP HÀNH ĐOÀN", "TỈNH {P}"), "Ban Chấp hành Đoàn tỉnh {p}", "TĐTN-VP", _PARTY_OFFICE, (("TM. BAN THƯỜNG VỤ TỈNH ĐOÀN", "PHÓ BÍ THƯ"),), style="party", header="ĐOÀN TNCS HỒ CHÍ MINH"),
    Organ((), ("TỈNH ĐOÀN {P}",), "Tỉnh đoàn {p}", "TĐTN-BXDĐ", _PARTY_OFFICE, (("TM. BAN THƯỜNG VỤ TỈNH ĐOÀN", "BÍ THƯ"),), style="party", header="ĐOÀN TNCS HỒ CHÍ MINH"),
)  # fmt: skip
LAWS = (
    Organ((), ("CHÍNH PHỦ",), "Chính phủ", "CP", _t("Nghị định=NĐ"), (("TM. CHÍNH PHỦ", "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"),), dated_at="Hà Nội", style="year", titled=False),
    Organ((), ("QUỐC HỘI",), "Quốc hội", "QH15", _CONGRESS, (("CHỦ TỊCH QUỐC HỘI",),), dated_at="Hà Nội", style="year", titled=False, numbered_by_type=True),
    Organ((), ("BỘ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"), "Bộ Nông nghiệp và Môi trường", "BNNMT", _t("Thông tư=TT"), (("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),), dated_at="Hà Nội", style="year", titled=False),
    Organ((), ("NGÂN HÀNG NHÀ NƯỚC", "VIỆT NAM"), "Ngân hàng Nhà nước Việt Nam", "NHNN", _t("Thông tư=TT"), (("KT. THỐNG ĐỐC", "PHÓ THỐNG ĐỐC"),), dated_at="Hà Nội", style="year", titled=False),
    Organ((), ("ỦY BAN NHÂN DÂN", "TỈNH {P}"), "Ủy ban nhân dân tỉnh {p}", "UBND", _t("Quyết định=QĐ"), (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),), style="year", titled=False, decider="ỦY BAN NHÂN DÂN TỈNH {P}"),
    Organ((), ("HỘI ĐỒNG NHÂN DÂN", "THÀNH PHỐ {P}"), "Hội đồng nhân dân thành phố {p}", "HĐND", _t("Nghị quyết=NQ"), (("CHỦ TỊCH",),), _CITIES, style="year", titled=False),
    Organ((), ("THỦ TƯỚNG CHÍNH PHỦ",), "Thủ tướng Chính phủ", "TTg", _t("Quyết định=QĐ"), (("THỦ TƯỚNG",),), dated_at="Hà Nội", style="year", titled=False, decider="THỦ TƯỚNG CHÍNH PHỦ"),
    Organ((), ("ỦY BAN THƯỜNG VỤ QUỐC HỘI",), "Ủy ban Thường vụ Quốc hội", "UBTVQH15", (("Nghị quyết", ""), ("Pháp lệnh", "")), (("TM. ỦY BAN THƯỜNG VỤ QUỐC HỘI", "CHỦ TỊCH"),), dated_at="Hà Nội", style="year", titled=False, numbered_by_type=True),
    Organ((), ("KIỂM TOÁN NHÀ NƯỚC",), "Kiểm toán nhà nước", "KTNN", _t("Thông tư=TT;Quyết định=QĐ"), (("TỔNG KIỂM TOÁN NHÀ NƯỚC",),), dated_at="Hà Nội", style="year", titled=False, decider="TỔNG KIỂM TOÁN NHÀ NƯỚC"),
    Organ((), ("BỘ QUỐC PHÒNG",), "Bộ Quốc phòng", "BQP", _t("Thông tư=TT"), (("BỘ TRƯỞNG",),), dated_at="Hà Nội", style="year"),
)  # fmt: skip
