"""Đơn vị mới theo mẫu của từng loại: cấp ủy cùng các cơ quan, hay một cơ quan; vị trí và ghế đi theo mẫu khi mở."""

from tinhgon.org.models import Kind
from tinhgon.org.templates import AgencyTemplate, CommitteeTemplate
from tinhgon.reorg.services.drafting import UnitDraft

NEAREST_KIND = {
    Kind.ORGANISATION: (Kind.ORGANISATION, Kind.PARTY_BUILDING),
    Kind.PROPAGANDA: (Kind.PROPAGANDA, Kind.PARTY_BUILDING),
    Kind.INTERNAL_AFFAIRS: (Kind.INTERNAL_AFFAIRS, Kind.OFFICE),
    Kind.PARTY_BUILDING: (Kind.PARTY_BUILDING, Kind.ORGANISATION),
}
"""Cơ quan cùng loại; không có thì cơ quan gần việc nhất (ở xã, Ban Xây dựng Đảng làm cả tổ chức lẫn tuyên giáo)."""



def committee_units(
    template: CommitteeTemplate, *, key: str, name: str, short_name: str, parent_id: int, code: str = ""
) -> list[UnitDraft]:
    """Cấp ủy và các cơ quan của mẫu; khóa của cơ quan là "khóa/loại"."""
    committee = UnitDraft(
        key=key, name=name, short_name=short_name, kind=Kind.COMMITTEE, level=template.level, symbol=template.symbol,
        parent_id=parent_id, code=code, template=template.code,
    )  # fmt: skip
    return [committee, *(_inside(template, agency, committee) for agency in template.agencies)]


def agency_of(template: CommitteeTemplate, kind: str, name: str, parent_id: int) -> UnitDraft | None:
    """Một cơ quan theo mẫu, tên và cấp trên do người soạn đặt; ``None`` khi mẫu không có loại ấy."""
    agency = next((each for each in template.agencies if each.kind == kind), None)
    if agency is None:
        return None
    return UnitDraft(
        key="new", name=name, short_name=name[:80], kind=agency.kind, level=template.level, symbol=agency.symbol,
        parent_id=parent_id, template=f"{template.code}/{agency.kind}",
    )  # fmt: skip


def _inside(template: CommitteeTemplate, agency: AgencyTemplate, committee: UnitDraft) -> UnitDraft:
    return UnitDraft(
        key=f"{committee.key}/{agency.kind}", name=agency.name.format(committee=committee.name), short_name=agency.short_name,
        kind=agency.kind, level=template.level, symbol=agency.symbol, parent_key=committee.key,
        template=f"{template.code}/{agency.kind}",
    )  # fmt: skip
