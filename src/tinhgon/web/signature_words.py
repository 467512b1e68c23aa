"""Kết quả kiểm một chữ ký, nói bằng câu thường: được hay không, vì sao, nên làm gì."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from tinhgon.engine.signing.longterm import Level
from tinhgon.engine.signing.verify import Seen, Verdict


@dataclass(frozen=True, slots=True)
class Told:
    """``tone``: green, amber, red. ``verdict``: vài chữ; ``sentence``: một câu trọn; ``coverage``, ``time``, ``revocation``, ``level``: các câu phụ."""

    seen: Seen
    tone: str
    verdict: str
    sentence: str
    coverage: str
    time: str
    revocation: str
    level: str


def told(seen: Seen) -> Told:
    tone, verdict, sentence = _verdict(seen)
    return Told(seen, tone, verdict, sentence, _coverage(seen), _time(seen), _revocation(seen), _level(seen))


def _verdict(seen: Seen) -> tuple[str, str, str]:
    named = {"name": seen.signer, "issuer": seen.issuer}
    if seen.verdict == Verdict.VALID and seen.by_proof:
        sentence = _("Chứng thư nay không còn dùng được, nhưng tệp mang bằng chứng rằng lúc ký nó còn hiệu lực; nội dung không đổi từ lúc ký.")
        return "green", _("hợp lệ"), sentence
    if seen.verdict == Verdict.VALID:
        return "green", _("hợp lệ"), _("Nội dung không đổi từ lúc ký; chứng thư do %(issuer)s cấp, được tin ở đây.") % named
    if seen.verdict == Verdict.TAMPERED:
        return "red", _("đã bị sửa"), _("Tệp đã bị sửa sau khi ký: nội dung không còn là cái %(name)s đã ký. Đừng dùng bản này.") % named
    if seen.verdict == Verdict.CHANGED_AFTER:
        return "red", _("bị thêm sau khi ký"), _("Có nội dung bị thêm hoặc đổi sau chữ ký này, ngoài các chữ ký khác. Đừng dùng bản này.")
    if seen.verdict == Verdict.REVOKED:
        day = f"{timezone.localtime(seen.revoked_at):%d/%m/%Y}" if seen.revoked_at else ""
        if seen.was_valid_then:
            sentence = _("%(issuer)s thu hồi chứng thư của %(name)s ngày %(day)s, sau lúc ký; tệp không mang bằng chứng lâu dài nên hãy hỏi lại người ký.")
            return "amber", _("bị thu hồi sau khi ký"), sentence % (named | {"day": day})
        return "red", _("chứng thư bị thu hồi"), _("%(issuer)s đã thu hồi chứng thư của %(name)s ngày %(day)s.") % (named | {"day": day})
    if seen.verdict == Verdict.EXPIRED:
        return _expired(seen)
    if seen.verdict == Verdict.FOREIGN:
        sentence = _("Nội dung không đổi từ lúc ký, nhưng nhà cấp %(issuer)s không nằm trong danh sách được tin ở đây: chưa biết đúng là ai ký.")
        return "amber", _("không rõ nhà cấp"), sentence % named
    return "red", _("không đọc được"), _("Chữ ký này hỏng hoặc viết theo lối không kiểm được.")


def _expired(seen: Seen) -> tuple[str, str, str]:
    day = {"day": f"{timezone.localtime(seen.chain[0].not_after):%d/%m/%Y}"} if seen.chain else {"day": ""}
    if seen.was_valid_then:
        sentence = _("Chứng thư nay đã hết hạn (%(day)s) nhưng còn hạn vào lúc ký; nội dung không đổi từ lúc ký.")
        return "amber", _("hợp lệ lúc ký"), sentence % day
    return "red", _("chứng thư hết hạn"), _("Chứng thư ngoài thời hạn vào lúc ký (hết hạn %(day)s): chữ ký không có giá trị.") % day


def _coverage(seen: Seen) -> str:
    if seen.verdict in (Verdict.TAMPERED, Verdict.CHANGED_AFTER, Verdict.BROKEN):
        return ""
    return _("Phủ trọn tệp.") if seen.covers_all else _("Phủ mọi thứ có trước nó; sau nó chỉ có thêm chữ ký khác.")


def _time(seen: Seen) -> str:
    if seen.signed_at is None:
        return _("Không ghi giờ ký.")
    moment = {"moment": f"{timezone.localtime(seen.signed_at):%H:%M %d/%m/%Y}"}
    if seen.timestamped:
        return _("Ký lúc %(moment)s, %(clock)s xác nhận.") % (moment | {"clock": seen.timestamp_by})
    return _("Ký lúc %(moment)s, theo giờ của máy ký.") % moment


def _revocation(seen: Seen) -> str:
    """Lúc ký, chứng thư có bị thu hồi không: theo danh sách nào, hay không ai biết."""
    if seen.verdict in (Verdict.TAMPERED, Verdict.CHANGED_AFTER, Verdict.BROKEN):
        return ""
    if seen.verdict == Verdict.REVOKED and not seen.was_valid_then:
        return _("Chứng thư đã bị thu hồi lúc ký, hoặc không chứng được là ký trước khi bị thu hồi.")
    if seen.checked_on is None:
        return _("Không có danh sách thu hồi phủ lúc ký: chưa biết khi ấy chứng thư có bị thu hồi không.")
    day = {"day": f"{timezone.localtime(seen.checked_on):%d/%m/%Y}"}
    return _("Lúc ký chưa bị thu hồi, theo danh sách ra ngày %(day)s.") % day


def _level(seen: Seen) -> str:
    """Tệp tự chứng được bao lâu."""
    if seen.level == Level.LTA:
        return _("Có bằng chứng lâu dài và dấu thời gian của cả tệp (B-LTA): chứng thư hết hạn vẫn kiểm được.")
    if seen.level == Level.LT:
        return _("Có bằng chứng lâu dài (B-LT): chứng thư hết hạn vẫn kiểm được.")
    if seen.level == Level.T:
        return _("Có dấu thời gian (B-T), không mang danh sách thu hồi.")
    return _("Không có dấu thời gian (B-B): chỉ kiểm được khi chứng thư còn hạn.")
