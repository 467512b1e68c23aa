"""Mở đợt nguyện vọng; ghi phiếu của chính mình."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tinhgon.audit.services import record
from tinhgon.core import clock
from tinhgon.core.actor import Actor
from tinhgon.core.errors import Forbidden, Invalid, Reason, Refused, refuse_if
from tinhgon.org.access import require, structure_root
from tinhgon.org.models import Person
from tinhgon.org.rights import Verb
from tinhgon.org.selectors.units import descendants
from tinhgon.personnel.access import self_of
from tinhgon.personnel.models import Wish, WishRound, WishSheet
from tinhgon.personnel.selectors.wishes import belongs, open_posts, round_for
from tinhgon.personnel.services.steps import required

MOST_WISHES = 5


@transaction.atomic
def open_wish_round(actor: Actor, *, on: date, title: str, closes_on: date, note: str = "") -> WishRound:
    """Mở đợt cho cấp mình và các cấp dưới. ``Refused`` khi ngày khép đã qua."""
    standing = require(actor, Verb.KEEP_WISHES, on=on)
    if standing is None:
        raise Forbidden(Reason("personnel.board_only", _("Đợt nguyện vọng do một ban tổ chức mở.")))
    named = required(title, "title", _("Hãy ghi tên đợt."))
    if closes_on < on:
        raise Refused(Reason("personnel.closes_past", _("Ngày khép đã qua."), "closes_on"))
    opened = WishRound.objects.create(root_id=structure_root(standing), title=named, note=note.strip(), opened_at=clock.now(), closes_on=closes_on)
    record(actor, "personnel.wishes_opened", ("wish_round", opened.pk), after={"title": named, "closes": closes_on})
    return opened


@transaction.atomic
def save_wishes(
    actor: Actor, *, on: date, round_id: int, wishes: Sequence[tuple[str, int]], agrees_to_move: bool = False, near: str = "",
    with_person_id: int | None = None, note: str = "",
) -> WishSheet:  # fmt: skip
    """Ghi phiếu của chính người đứng tên tài khoản; ``wishes``: ("post" hay "unit", mã) theo thứ tự muốn nhất trước.

    Nhật ký chỉ nói đã ghi phiếu, không chép nội dung. ``Refused`` khi đợt đã khép, vị trí không còn trống, nơi ngoài phạm vi đợt.
    """
    require(actor, Verb.OWN_FILE, on=on)
    person = self_of(actor)
    round_ = round_for(actor, round_id, on=on)
    if any(kind not in ("post", "unit") for kind, _id in wishes) or len(wishes) > MOST_WISHES:
        raise Invalid(Reason("personnel.wishes", _("Ghi nhiều nhất %(most)d nguyện vọng.") % {"most": MOST_WISHES}, "wishes"))
    refuse_if(_objections(person, round_, wishes, with_person_id, on))
    sheet, _made = WishSheet.objects.update_or_create(
        round=round_, person=person,
        defaults={"near": near.strip(), "with_person_id": with_person_id, "agrees_to_move": agrees_to_move, "note": note.strip(), "updated_at": clock.now()},
    )  # fmt: skip
    sheet.wishes.all().delete()
    Wish.objects.bulk_create(
        Wish(sheet=sheet, rank=rank, post_id=item if kind == "post" else None, unit_id=item if kind == "unit" else None)
        for rank, (kind, item) in enumerate(wishes, start=1)
    )
    record(actor, "personnel.wishes_saved", ("wish_round", round_.pk), after={"person": person.full_name})
    return sheet


def _objections(person: Person, round_: WishRound, wishes: Sequence[tuple[str, int]], with_person_id: int | None, on: date) -> list[Reason]:
    reasons = []
    if on > round_.closes_on:
        sentence = _("Đợt này đã khép ngày %(day)s.")
        return [Reason("personnel.wishes_closed", sentence % {"day": f"{round_.closes_on:%d/%m/%Y}"})]
    if not belongs(person.pk, round_.root_id, on=on):
        reasons.append(Reason("personnel.wishes_elsewhere", _("Đợt này không dành cho đơn vị của bạn.")))
    if len(set(wishes)) < len(wishes):
        reasons.append(Reason("personnel.wish_twice", _("Một nguyện vọng chỉ ghi một lần."), "wishes"))
    free = {post.post_id for post in open_posts(round_.root_id, on=on)}
    units = descendants([round_.root_id], on=on)
    if any(kind == "post" and item not in free for kind, item in wishes):
        reasons.append(Reason("personnel.wish_taken", _("Có vị trí không còn trống: hãy chọn lại, hoặc chọn cả đơn vị."), "wishes"))
    if any(kind == "unit" and item not in units for kind, item in wishes):
        reasons.append(Reason("personnel.wish_outside", _("Có đơn vị ngoài phạm vi của đợt này."), "wishes"))
    if with_person_id is not None and (with_person_id == person.pk or not belongs(with_person_id, round_.root_id, on=on)):
        reasons.append(Reason("personnel.wish_with", _("Người muốn làm cùng địa bàn phải là người khác trong phạm vi đợt này."), "with_person_id"))
    return reasons
