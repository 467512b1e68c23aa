"""Bảng quyền duy nhất: vai trò của vị trí -> động từ được làm, trong phạm vi nào.

Kiểm tra chạy từng ô, cho phép và từ chối; trang "ai thấy được, vì sao" in ra từ đây.
"""

from enum import StrEnum

from tinhgon.org.models.people import Role


class Verb(StrEnum):
    # Văn bản
    REGISTER = "documents.register"  # vào sổ đến
    ISSUE = "documents.issue"  # cấp số, phát hành
    VOID = "documents.void"
    DRAFT = "documents.draft"
    ROUTE = "documents.route"  # bút phê, chuyển xử lý
    KEEP_TRUST = "org.trust"  # nhà cấp chứng thư được tin, danh sách thu hồi
    PROCESS = "documents.process"  # tiếp nhận, trả lại, hoàn thành dòng của đơn vị mình
    KEEP_TEMPLATES = "documents.templates"  # mẫu văn bản và đường trình ký của cơ quan
    KEEP_RULES = "documents.rules"  # sửa quy tắc thể thức, chọn lối viết của cơ quan
    # Nhiệm vụ
    ASSIGN_TASK = "tasks.assign"  # giao cho đơn vị
    MANAGE_TASK = "tasks.manage"  # nhận, phân công người, nghiệm thu, gia hạn
    REPORT_TASK = "tasks.report"  # báo tiến độ, nộp kết quả
    # Tổ chức
    KEEP_STRUCTURE = "org.structure"
    APPOINT = "org.appoint"
    # Tài khoản
    KEEP_ACCOUNTS = "org.accounts"
    KEEP_CALENDAR = "org.calendar"
    # Sắp xếp bộ máy
    SEE_REORG = "reorg.see"
    PREPARE_REORG = "reorg.prepare"
    APPLY_REORG = "reorg.apply"  # chuyển giao và hoàn tác, theo quyết định đã ký
    PLACE_PEOPLE = "reorg.place"  # lập phương án bố trí cán bộ, lấy ý kiến, trả lời
    DECIDE_PLACEMENT = "reorg.decide_placement"  # quyết định phương án bố trí
    ANSWER_PROPOSAL = "reorg.answer"  # đồng ý hay chưa đồng ý với đề xuất cho chính mình
    # Cán bộ
    OWN_FILE = "personnel.own"  # tự xếp loại, ghi nguyện vọng, trả lời khảo sát: của chính mình
    KEEP_SKILLS = "personnel.skills"  # công nhận mức của lĩnh vực
    KEEP_PROFILES = "personnel.profiles"  # hồ sơ, đào tạo, luân chuyển, tính chất lĩnh vực, nhập từ Excel
    KEEP_GRADING = "personnel.gradings"  # mở đợt xếp loại, ghi kết quả vòng tập thể
    DECIDE_GRADING = "personnel.decide"  # quyết định mức, trả lời khiếu nại
    KEEP_WISHES = "personnel.wishes"  # mở đợt nguyện vọng, xem các phiếu
    KEEP_PULSE = "personnel.pulse"  # mở đợt khảo sát, đọc ý kiến viết đủ ngưỡng
    KEEP_PERSONNEL_RULES = "personnel.rules"  # sửa quy định về thôi làm, xếp loại, cấp phó
    # Vận hành
    KEEP_EXCHANGE = "org.exchange"  # đối tác liên thông, mã định danh
    SEE_HEALTH = "core.health"


_OWN_WORK = {Verb.DRAFT, Verb.REPORT_TASK, Verb.OWN_FILE, Verb.ANSWER_PROPOSAL}
_UNIT_WORK = _OWN_WORK | {Verb.PROCESS, Verb.MANAGE_TASK, Verb.ASSIGN_TASK, Verb.KEEP_SKILLS, Verb.KEEP_GRADING, Verb.DECIDE_GRADING}

RIGHTS: dict[str, frozenset[Verb]] = {
    Role.SPECIALIST: frozenset(_OWN_WORK),
    Role.UNIT_HEAD: frozenset(_UNIT_WORK | {Verb.ROUTE}),
    Role.CLERK: frozenset(_OWN_WORK | {Verb.REGISTER, Verb.ISSUE, Verb.VOID, Verb.PROCESS, Verb.KEEP_TEMPLATES}),
    Role.OFFICE_HEAD: frozenset(
        _UNIT_WORK | {Verb.ROUTE, Verb.KEEP_TEMPLATES, Verb.KEEP_RULES, Verb.SEE_REORG, Verb.PREPARE_REORG, Verb.APPLY_REORG}
    ),
    Role.STANDING_COMMITTEE: frozenset(
        _UNIT_WORK | {Verb.ROUTE, Verb.SEE_REORG, Verb.PREPARE_REORG, Verb.APPLY_REORG, Verb.DECIDE_PLACEMENT}
    ),
    Role.ORGANISATION_BOARD: frozenset(
        _UNIT_WORK
        | {Verb.ROUTE, Verb.KEEP_STRUCTURE, Verb.APPOINT, Verb.SEE_REORG, Verb.PREPARE_REORG, Verb.PLACE_PEOPLE}
        | {Verb.KEEP_PROFILES, Verb.KEEP_WISHES, Verb.KEEP_PULSE, Verb.KEEP_PERSONNEL_RULES}
    ),
    Role.INSPECTION: frozenset(_OWN_WORK),
    Role.ADMINISTRATOR: frozenset(
        {Verb.KEEP_ACCOUNTS, Verb.KEEP_CALENDAR, Verb.SEE_HEALTH, Verb.KEEP_EXCHANGE, Verb.KEEP_TRUST, Verb.OWN_FILE}
    ),
}
"""Động từ theo vai trò. Vị trí chờ bố trí (``Post.is_pool``) chỉ có phần việc của chính mình, dù vai trò nào."""

SEES_WHOLE_UNIT = frozenset({Role.UNIT_HEAD, Role.OFFICE_HEAD, Role.STANDING_COMMITTEE, Role.ORGANISATION_BOARD})
"""Thấy mọi việc của đơn vị và các phòng bên trong; ai khác chỉ thấy việc của mình và dòng chuyển tới mình."""

SERVES_COMMITTEE = frozenset({Role.CLERK, Role.OFFICE_HEAD})
"""Ở văn phòng cấp ủy, hai vai trò này phục vụ luôn cấp ủy: giữ sổ của cấp ủy, trình và chuyển văn bản của cấp ủy."""

SEES_LEVEL_BELOW = frozenset({Role.ORGANISATION_BOARD, Role.INSPECTION})
"""Thấy tổ chức (ban tổ chức) hay nhiệm vụ (ủy ban kiểm tra) của cấp mình và các cấp dưới, không thấy văn bản."""

POOL_RIGHTS = frozenset(_OWN_WORK)
"""Vị trí chờ bố trí: chỉ việc của chính mình."""
