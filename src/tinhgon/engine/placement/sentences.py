"""Câu tiếng Việt của mọi điều động cơ này nói ra, một chỗ. Cửa nào cũng gọi ``Speaker``, trao cho nó hàm dịch của mình."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tinhgon.engine.placement.model import Fact, Problem
from tinhgon.engine.refusal import Refused

_NAMED = {"person": "person_of", "other": "person_of", "post": "post_of", "before": "post_of", "unit": "unit_of", "origin": "unit_of", "field": "field_of"}


def gettext_noop(sentence: str) -> str:
    """Đánh dấu câu cần dịch; dịch khi nói ra."""
    return sentence


REFUSALS = {
    "not_json": gettext_noop("Tệp không phải JSON: sai từ dòng %(line)s, cột %(column)s."),
    "not_utf8": gettext_noop("Tệp không phải chữ UTF-8: sai từ byte thứ %(byte)s."),
    "half_letter": gettext_noop("Tệp có nửa ký tự Unicode, không viết lại thành chữ được."),
    "json_too_deep": gettext_noop("Tệp JSON có ngoặc lồng quá sâu hay một số quá dài."),
    "not_finite": gettext_noop("Tệp có giá trị %(value)s: chỉ nhận số hữu hạn."),
    "twice_key": gettext_noop("Khóa “%(key)s” viết hai lần trong cùng một đối tượng."),
    "not_text": gettext_noop("%(where)s phải là chữ."),
    "empty": gettext_noop("%(where)s không được để trống."),
    "not_whole": gettext_noop("%(where)s phải là số nguyên."),
    "out_of_range": gettext_noop("%(where)s là %(value)s, phải từ %(least)s đến %(most)s."),
    "not_yes_no": gettext_noop("%(where)s phải là true hoặc false."),
    "not_one_of": gettext_noop("%(where)s phải là một trong: %(known)s."),
    "not_list": gettext_noop("%(where)s phải là danh sách."),
    "not_pair": gettext_noop("%(where)s phải là một cặp hai mã."),
    "not_cost": gettext_noop("%(where)s phải là [người, vị trí, giá]."),
    "bad_weight": gettext_noop("Thanh kéo “%(text)s” không đọc được: viết tên=số, tên là một trong %(known)s."),
    "no_problem": gettext_noop("Tệp phương án không kèm bài toán: lập lại bằng tinhgon place."),
    "broken_plan": gettext_noop("Phương án không hợp lệ, chưa giải thích được: %(why)s"),
    "not_spot": gettext_noop("%(where)s phải là [vĩ độ, kinh độ]."),
    "not_object": gettext_noop("%(where)s phải là đối tượng JSON."),
    "not_tiers": gettext_noop("%(where)s phải có bốn số."),
    "unknown_key": gettext_noop("Khóa lạ “%(key)s” ở “%(where)s”: định dạng này không có khóa ấy."),
    "missing_key": gettext_noop("Thiếu khóa “%(key)s” ở “%(where)s”."),
    "unknown_id": gettext_noop("Không có %(kind)s nào mã “%(id)s”, nhắc tới ở “%(where)s”."),
    "twice": gettext_noop("Mã “%(id)s” có hai lần trong %(kind)s."),
    "unit_and_post": gettext_noop("Mã “%(id)s” vừa là đơn vị vừa là vị trí: nguyện vọng sẽ không rõ."),
    "too_many_people": gettext_noop("Bài toán có %(count)s người, nhiều nhất %(most)s."),
    "too_many_pairs": gettext_noop(
        "Có %(count)s cặp người và vị trí, nhiều nhất %(most)s: chia khu vực (area) và bật within_area, hoặc nâng mức tối thiểu của lĩnh vực."
    ),
    "more_than_seats": gettext_noop("Vị trí %(post)s có %(seats)s ghế: sàn, số ghế cắt và kiêm nhiệm không được nhiều hơn."),
    "floor_of_plain": gettext_noop("Vị trí %(post)s không thuộc loại kinh nghiệm hay đổi mới nên không có sàn."),
    "bad_ranks": gettext_noop("Bậc nguyện vọng của %(person)s phải đủ từng nguyện vọng và không giảm."),
    "with_oneself": gettext_noop("%(person)s không thể thành cặp với chính mình."),
    "pinned_and_forbidden": gettext_noop("%(person)s vừa được ghim vào vừa bị cấm ở vị trí %(post)s."),
    "cost_range": gettext_noop("Giá quá lớn cho số nguyên 64 bit."),
    "solver": gettext_noop("Máy giải dừng với trạng thái “%(status)s”."),
    "orlib_number": gettext_noop("Tệp OR-Library có chỗ không phải số nguyên, hay số thứ tự ngoài bài toán."),
    "orlib_size": gettext_noop("Tệp OR-Library ghi cỡ %(size)s, phải từ 1 đến %(most)s."),
    "orlib_count": gettext_noop("Tệp OR-Library cỡ %(size)s có %(count)s số: không phải bảng vuông, cũng không phải bộ ba."),
}

_KINDS = {
    "person": gettext_noop("người"), "post": gettext_noop("vị trí"), "unit": gettext_noop("đơn vị"), "field": gettext_noop("lĩnh vực"),
    "post_or_unit": gettext_noop("vị trí hay đơn vị"),
}  # fmt: skip

FACTS = {
    "placed": gettext_noop("%(person)s vào %(post)s của %(unit)s: %(field)s mức %(level)s, %(years)s năm."),
    "pinned": gettext_noop("Chỗ này được ghim trước khi tính."),
    "given_cost": gettext_noop("Giá cho sẵn của cặp này: %(cost)s."),
    "points": gettext_noop(
        "Điểm: nghề chính %(mastery)s, kinh nghiệm hay đổi mới %(kind)s, nguyện vọng %(wishes)s, đi lại %(moves)s; mất %(sum)s = %(cost)s."
    ),
    "moved": gettext_noop("Chuyển từ %(origin)s sang %(unit)s, %(km)s km."),
    "same_unit": gettext_noop("Ở nguyên %(unit)s."),
    "followed": gettext_noop("Theo việc của đơn vị mình: %(origin)s về %(unit)s."),
    "unplaced": gettext_noop("%(person)s chưa có chỗ: đủ điều kiện vào %(count)s vị trí, các ghế ấy đã có người."),
    "unplaced.none": gettext_noop("%(person)s chưa có chỗ: không vị trí nào đủ điều kiện."),
    "worth": gettext_noop("Trọng số giữ người %(goodness)s, từ xếp loại các năm gần nhất: %(grades)s."),
    "nearest.rules": gettext_noop("Gần được nhất là %(post)s, nhưng sẽ vượt thêm %(rules)s luật."),
    "nearest.lost": gettext_noop("Gần được nhất là %(post)s, nhưng người phải ra có trọng số giữ người cao hơn %(lost)s."),
    "nearest.thin": gettext_noop("Gần được nhất là %(post)s, nhưng các việc thiếu thêm %(thin)s người."),
    "nearest.cost": gettext_noop("Gần được nhất là %(post)s: tổng mất điểm tăng %(cost)s."),
    "nearest.equal": gettext_noop("Vào %(post)s cũng tốt ngang phương án này: người quyết định chọn."),
    "option.rules": gettext_noop("%(post)s: sẽ vượt thêm %(rules)s luật."),
    "option.lost": gettext_noop("%(post)s: người phải ra có trọng số giữ người cao hơn %(lost)s."),
    "option.thin": gettext_noop("%(post)s: các việc thiếu thêm %(thin)s người."),
    "option.cost": gettext_noop("%(post)s: tổng mất điểm tăng %(cost)s."),
    "option.equal": gettext_noop("%(post)s: cũng tốt ngang phương án này, người quyết định chọn."),
    "option.full.exact": gettext_noop("%(post)s: giá đúng, cả phương án kém %(most)s điểm gộp (luật %(rules)s, trọng số người chưa có chỗ %(lost)s, việc thiếu người %(thin)s, tổng mất điểm %(cost)s, quy tắc phụ thiếu %(side)s người)."),
    "option.full.between": gettext_noop(
        "%(post)s: cận, cả phương án kém từ %(least)s đến %(most)s điểm gộp (cách tìm được: luật %(rules)s, trọng số người chưa có chỗ %(lost)s, việc thiếu người %(thin)s, tổng mất điểm %(cost)s, quy tắc phụ thiếu %(side)s người)."
    ),
    "option.full.most": gettext_noop("%(post)s: cận, cả phương án kém nhiều nhất %(most)s điểm gộp (cách tìm được: luật %(rules)s, trọng số người chưa có chỗ %(lost)s, việc thiếu người %(thin)s, tổng mất điểm %(cost)s, quy tắc phụ thiếu %(side)s người)."),
    "option.full.better": gettext_noop("%(post)s: có cách xếp mà cả phương án tốt hơn %(better)s điểm gộp; phương án đang có chưa phải tốt nhất."),
    "option.full.least": gettext_noop("%(post)s: cận, cả phương án kém ít nhất %(least)s điểm gộp; chưa tìm được cách xếp nào."),
    "option.full.unknown": gettext_noop("%(post)s: chưa tìm được cách xếp nào, cũng chưa chứng minh được là không có."),
    "wish.given": gettext_noop("Được nguyện vọng thứ %(rank)s."),
    "wish.rules": gettext_noop("Nguyện vọng thứ nhất %(post)s: nếu xếp vào thì vượt thêm %(rules)s luật."),
    "wish.lost": gettext_noop("Nguyện vọng thứ nhất %(post)s: nếu xếp vào thì người chưa có chỗ nặng thêm %(lost)s trọng số."),
    "wish.thin": gettext_noop("Nguyện vọng thứ nhất %(post)s: nếu xếp vào thì các việc thiếu thêm %(thin)s người."),
    "wish.cost": gettext_noop("Nguyện vọng thứ nhất %(post)s: nếu xếp vào thì tổng mất điểm tăng %(cost)s."),
    "wish.equal": gettext_noop("Nguyện vọng thứ nhất %(post)s cũng tốt ngang phương án này: người quyết định chọn."),
    "wish.barred": gettext_noop("Nguyện vọng thứ nhất %(post)s: không đủ điều kiện."),
    "wish.stuck": gettext_noop("Nguyện vọng thứ nhất %(post)s: mọi ghế bị luật giữ chặt."),
    "equals": gettext_noop("%(count)s vị trí khác cũng tốt ngang: %(posts)s."),
    "barred.level": gettext_noop("%(field)s: mức %(has)s, cần từ mức %(least)s."),
    "barred.rank": gettext_noop("Ngạch “%(rank)s” không nằm trong: %(ranks)s."),
    "barred.forbidden": gettext_noop("Cặp này bị cấm trong phương án."),
    "barred.pinned": gettext_noop("Người này được ghim vào %(post)s."),
    "barred.area": gettext_noop("Vị trí ngoài khu vực “%(area)s” mà không nằm trong nguyện vọng hay chỗ đã đồng ý."),
    "barred.status_quo": gettext_noop("Giữ nguyên trạng: chưa đồng ý rời %(post)s tới nơi xếp dưới nó."),
    "barred.no_pair": gettext_noop("Tệp không cho giá của cặp này."),
    "why.full": gettext_noop("Phương án này giữ cả các quy tắc ngoài dòng chảy mà không kèm chứng chỉ đủ luật, nên không định giá được một lần đổi chỗ."),
    "why.flow_only": gettext_noop(
        "Giá này chưa kể các quy tắc ngoài dòng chảy (tỉ lệ, đủ người trên cả đơn vị; hai người cùng xã, không cùng đơn vị): kể cả chúng thì ít nhất là thế."
    ),
    "why.full.exact": gettext_noop("Giá đúng: xếp %(person)s vào %(post)s thì cả phương án kém %(most)s điểm gộp, dù xếp lại mọi người thế nào."),
    "why.full.between": gettext_noop(
        "Cận, không phải giá đúng: xếp %(person)s vào %(post)s thì cả phương án kém ít nhất %(least)s, nhiều nhất %(most)s điểm gộp, dù xếp lại thế nào."
    ),
    "why.full.most": gettext_noop(
        "Cận, không phải giá đúng: có cách xếp %(person)s vào %(post)s kém %(most)s điểm gộp; chưa chứng minh được là không có cách tốt hơn."
    ),
    "why.full.better": gettext_noop(
        "Có cách xếp %(person)s vào %(post)s mà cả phương án tốt hơn %(better)s điểm gộp: phương án đang có chưa phải tốt nhất."
    ),
    "why.full.least": gettext_noop("Cận, không phải giá đúng: xếp %(person)s vào %(post)s thì cả phương án kém ít nhất %(least)s điểm gộp; chưa tìm được cách xếp nào."),
    "why.full.unknown": gettext_noop("Chưa tìm được cách xếp %(person)s vào %(post)s, cũng chưa chứng minh được là không có: không nói được giá."),
    "why.full.parts": gettext_noop(
        "Cách ấy: luật %(rules)s, trọng số người chưa có chỗ %(lost)s, việc thiếu người %(thin)s, tổng mất điểm %(cost)s, quy tắc phụ thiếu %(side)s người (số dương là thêm)."
    ),
    "why.already": gettext_noop("%(person)s đang được xếp vào chính %(post)s."),
    "why.barred": gettext_noop("%(person)s không vào được %(post)s:"),
    "why.no_seat": gettext_noop("%(post)s không có ghế nào."),
    "why.stuck": gettext_noop("Mọi ghế của %(post)s bị luật giữ chặt: không cách sắp xếp nào đưa được %(person)s vào."),
    "why.rules": gettext_noop("Xếp %(person)s vào %(post)s thì vượt thêm %(rules)s luật, dù xếp lại mọi người thế nào."),
    "why.lost": gettext_noop("Xếp %(person)s vào %(post)s thì người chưa có chỗ nặng thêm %(lost)s trọng số giữ người, dù xếp lại thế nào."),
    "why.thin": gettext_noop("Xếp %(person)s vào %(post)s thì các việc thiếu thêm %(thin)s người, dù xếp lại thế nào."),
    "why.cost": gettext_noop("Xếp %(person)s vào %(post)s thì tổng mất điểm của phương án tốt nhất tăng đúng %(cost)s."),
    "why.equal": gettext_noop("Xếp %(person)s vào %(post)s cũng tốt ngang phương án này: người quyết định chọn."),
    "why.points": gettext_noop(
        "Ở đó: nghề chính %(mastery)s, kinh nghiệm hay đổi mới %(kind)s, nguyện vọng %(wishes)s, đi lại %(moves)s; mất %(cost)s."
    ),
    "why.vacant": gettext_noop("%(post)s còn thiếu người."),
    "chain": gettext_noop("%(person)s phải chuyển từ %(before)s sang %(post)s."),
    "chain.in": gettext_noop("%(person)s, đang chưa có chỗ, vào %(post)s."),
    "chain.out": gettext_noop("%(person)s phải rời %(before)s và chưa có chỗ."),
    "chain.more": gettext_noop("Và %(count)s người nữa phải chuyển theo."),
    "unmet.pin": gettext_noop("%(person)s chưa vào được %(post)s như đã ghim."),
    "unmet.also": gettext_noop("%(person)s kiêm nhiệm %(post)s mà chưa có việc chính."),
    "unmet.floor.experience": gettext_noop("%(post)s có %(has)s người lâu năm, cần %(least)s."),
    "unmet.floor.renewal": gettext_noop("%(post)s có %(has)s người mới, cần %(least)s."),
    "unmet.cut": gettext_noop("Cắt được %(has)s ghế, phải cắt %(least)s."),
    "unmet.unit_cut": gettext_noop("%(unit)s cắt được %(has)s ghế, phải cắt %(least)s."),
    "unmet.deputies": gettext_noop("%(unit)s còn thừa %(over)s ghế cấp phó so với tỉ lệ."),
    "unmet.together": gettext_noop("%(person)s và %(other)s chưa ở cùng một xã, phường."),
    "unmet.apart": gettext_noop("%(person)s và %(other)s đang ở cùng %(unit)s."),
    "unmet.unit_veterans": gettext_noop("%(unit)s có %(has)s/%(of)s người lâu năm, cần %(percent)s%%."),
    "unmet.unit_cover": gettext_noop("%(unit)s có %(has)s người làm được %(field)s, cần %(least)s."),
    "because.seats": gettext_noop("%(post)s có %(seats)s ghế."),
    "because.counted": gettext_noop("Chỉ có %(count)s người tính được vào các sàn ấy."),
    "because.unit": gettext_noop("%(post)s thuộc %(unit)s."),
    "because.commune": gettext_noop("%(post)s thuộc xã, phường %(unit)s."),
    "because.nowhere": gettext_noop("%(person)s không đủ điều kiện vào vị trí nào làm việc chính."),
    "because.able": gettext_noop("%(unit)s cần %(least)s người làm được %(field)s; đủ điều kiện vào đó có %(count)s người, đơn vị có %(seats)s ghế."),
    "because.veterans": gettext_noop("%(unit)s cần %(percent)s%% người lâu năm ở các vị trí cần kinh nghiệm; có %(count)s người lâu năm đủ điều kiện vào đó."),
    "because.cut": gettext_noop("Phải cắt %(least)s ghế, được phép cắt nhiều nhất %(most)s."),
    "because.unit_cut": gettext_noop("%(unit)s phải cắt %(least)s ghế, được phép cắt nhiều nhất %(most)s."),
    "fault.unknown_person": gettext_noop("Phương án nhắc tới người “%(person)s” không có trong bài toán."),
    "fault.person_count": gettext_noop("%(person)s có mặt %(count)s lần trong phương án, phải đúng một lần."),
    "fault.unknown_post": gettext_noop("Phương án nhắc tới vị trí “%(post)s” không có trong bài toán."),
    "fault.seats": gettext_noop("%(post)s: %(filled)s người và %(cut)s ghế cắt trên %(seats)s ghế."),
    "fault.cut": gettext_noop("%(post)s bị cắt %(cut)s ghế, được cắt nhiều nhất %(most)s."),
    "fault.unit_cut": gettext_noop("%(unit)s bị cắt %(cut)s ghế, nhiều nhất %(most)s."),
    "fault.barred": gettext_noop("%(person)s không đủ điều kiện vào %(post)s (%(why)s)."),
    "fault.unmet": gettext_noop("Phương án ghi %(told)s quy tắc chưa giữ, tính lại là %(count)s."),
    "fault.value": gettext_noop("Phương án ghi giá trị %(told)s, tính lại là %(value)s."),
    "fault.bound": gettext_noop("Chứng chỉ ghi cận %(told)s, tính lại là %(bound)s."),
    "fault.full_value": gettext_noop("Chứng chỉ đủ luật ghi giá trị %(told)s, tính lại là %(value)s."),
    "fault.full_bound": gettext_noop("Chứng chỉ đủ luật ghi cận %(told)s, tính lại là %(bound)s."),
    "fault.points": gettext_noop("Tổng điểm ghi trong phương án không khớp với tính lại."),
}

LEVELS = {
    0: gettext_noop("chưa ghi"), 1: gettext_noop("biết việc"), 2: gettext_noop("làm được"), 3: gettext_noop("thành thạo"),
    4: gettext_noop("hướng dẫn được người khác"),
}  # fmt: skip
"""Lời của bốn mức, một bộ cho hồ sơ, bố trí và văn bản (bài kiểm tra giữ cho ``personnel.Skill.Level`` nói đúng thế)."""
_LEVELS_IN: Mapping[str, set[str]] = {"placed": {"level"}, "barred.level": {"has", "least"}}

RULES = {
    "floor": gettext_noop("sàn của %(post)s"),
    "pin": gettext_noop("ghim %(person)s vào %(post)s"),
    "also": gettext_noop("%(person)s kiêm nhiệm %(post)s"),
    "cut": gettext_noop("tổng số ghế phải cắt"),
    "unit_cut": gettext_noop("số ghế phải cắt ở %(unit)s"),
    "deputies": gettext_noop("tỉ lệ cấp phó"),
    "apart": gettext_noop("%(person)s và %(other)s không cùng một đơn vị"),
    "together": gettext_noop("%(person)s và %(other)s cùng một xã, phường"),
    "unit_veterans": gettext_noop("tỉ lệ người lâu năm ở %(unit)s"),
    "unit_cover": gettext_noop("đủ người làm được %(field)s ở %(unit)s"),
    "forbid": gettext_noop("không xếp %(person)s vào %(post)s"),
    "status_quo": gettext_noop("giữ nguyên trạng"),
    "within_area": gettext_noop("chỉ bố trí trong khu vực"),
}
CONFLICT = gettext_noop("Không phương án nào giữ được cùng lúc: %(rules)s.")
SPARE = gettext_noop("Bỏ một trong các điều ấy thì các điều còn lại giữ được.")
ALONE = gettext_noop("Không phương án nào giữ được: %(rules)s.")


class Speaker:
    """Nói một điều thành câu: thay mã bằng tên, số và danh sách bằng chữ."""

    def __init__(self, problem: Problem | None = None, translate: Callable[[str], str] = str) -> None:
        self.problem = problem
        self.translate = translate

    def refusal(self, refused: Refused) -> str:
        return self._say(REFUSALS[refused.code], readable(refused.data, self.translate))

    def fact(self, fact: Fact) -> str:
        code = fact.code
        if code == "unplaced" and not fact.data["count"]:
            code = "unplaced.none"
        if code == "chain" and not fact.data["before"]:
            code = "chain.in"
        return self.translate(FACTS[code]) % self._told(fact)

    def _told(self, fact: Fact) -> dict[str, str]:
        """Dữ liệu của một điều, mỗi giá trị đã thành chữ; mức nói cả số lẫn lời."""
        levels = _LEVELS_IN.get(fact.code, set())
        return {key: self._level(value) if key in levels else self._shown(key, value) for key, value in fact.data.items()}

    def _level(self, value: Any) -> str:
        return f"{value} ({self.translate(LEVELS[value])})" if value in LEVELS else str(value)

    def rule(self, kind: str, data: Mapping[str, Any]) -> str:
        return self._say(RULES[kind], data)

    def conflict(self, rules: Sequence[str], because: Sequence[str]) -> str:
        """Một tập trái nhau đã nói thành chữ: những gì, con số nào, và bỏ gì thì hết."""
        told = self.translate(CONFLICT if len(rules) > 1 else ALONE) % {"rules": "; ".join(rules)}
        return " ".join([told, *because, *([self.translate(SPARE)] if len(rules) > 1 else [])])

    def _say(self, sentence: str, data: Mapping[str, Any]) -> str:
        return self.translate(sentence) % {key: self._shown(key, value) for key, value in data.items()}

    def _shown(self, key: str, value: Any) -> str:
        if key == "posts":
            return ", ".join(self._shown("post", one) for one in value)
        if isinstance(value, list | tuple):
            return ", ".join(str(one) for one in value) or "–"
        if self.problem is not None and key in _NAMED:
            known = getattr(self.problem, _NAMED[key]).get(value)
            if known is not None and known.name:
                return f"{known.name} ({known.id})"
        return str(value)


_LONG = 80
_ROOT = gettext_noop("gốc của tệp")


def readable(data: Mapping[str, Any], translate: Callable[[str], str]) -> dict[str, str]:
    """Dữ liệu của một lời từ chối cho người đọc: chỗ sai ở ngoài cùng có tên, giá trị quá dài thì cắt."""
    told = {key: ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value) for key, value in data.items()}
    if told.get("where") == "":
        told["where"] = translate(_ROOT)
    if told.get("kind") in _KINDS:
        told["kind"] = translate(_KINDS[told["kind"]])
    return {key: f"{value:.{_LONG}}…" if key != "why" and len(value) > _LONG else value for key, value in told.items()}
