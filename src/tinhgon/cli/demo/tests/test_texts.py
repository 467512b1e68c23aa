"""Câu chữ: đúng chính tả kiểu mới, hợp thời, không chỗ trống sót; họ tên nghe như tên người."""

import random
import re
import unicodedata
from datetime import date, timedelta

import pytest

from tinhgon.cli.demo import names, rhythm
from tinhgon.cli.demo.geography import bare, geography, lower_type
from tinhgon.cli.demo.text import context
from tinhgon.cli.demo.text.grammar import Speaker, tails
from tinhgon.cli.demo.text.outside import SENDERS
from tinhgon.cli.demo.text.words import WORDS
from tinhgon.cli.demo.text.works import PROGRESS_NOTES, WORKS
from tinhgon.documents.type_data import rows
from tinhgon.org.templates import FUNCTIONS

_OLD_TONE = re.compile("o[àáảãạ]\\b|o[èéẻẽẹ]\\b|(?<![qQ])u[ỳýỷỹỵ]\\b")
_SAID = {
    "cap_uy": "Quận ủy Quận 1", "cap_uy_goi": "Quận ủy", "cap_duoi_goi": "các đảng ủy phường", "cap_tren": "Thành ủy",
    "dia_ban": "Quận 1", "cap_chinh_quyen": "Quận 1", "ben_duoi": "Đảng ủy phường Bến Nghé",
}  # fmt: skip
_DAYS = [date(2025, 1, 2) + timedelta(days=n) for n in range(0, 181, 7)]


def _sentences():
    rng = random.Random(5)
    speaker = Speaker(rng, WORDS)
    for day in _DAYS:
        said = _SAID | context.moment(rng, day)
        for work in WORKS.values():
            for piece in work.pieces:
                if piece.fits(day):
                    yield day, speaker.say(piece.pattern + rng.choice(tails(piece)), said, day)
            for job in work.jobs:
                if job.fits(day):
                    yield day, speaker.say(job.title, said, day)
                    yield day, speaker.say(job.product, said, day)
        for note in (note for notes in PROGRESS_NOTES.values() for note in notes):
            yield day, speaker.say(note, said, day)


@pytest.fixture(scope="module")
def sentences():
    return list(_sentences())


def test_moi_chuc_nang_cua_mau_to_chuc_co_viec_de_noi():
    assert set(WORKS) == {code for code, _name, _field in FUNCTIONS}


def test_cau_nao_cung_du_chu_dung_chinh_ta_kieu_moi(sentences):
    for _day, sentence in sentences:
        assert not re.search(r"[{}|]|  ", sentence), sentence
        assert sentence == unicodedata.normalize("NFC", sentence)
        assert sentence[0].isupper() or sentence[0] in "“", sentence
        assert not _OLD_TONE.search(sentence), sentence
        assert len(sentence) < 500


def test_khong_cau_nao_dan_van_ban_chua_ban_hanh(sentences):
    cited = re.compile(r"(?:ngày|NQ/TW ngày) (\d{1,2})/(\d{1,2})/(\d{4}) (?:của|Hội nghị)")
    for day, sentence in sentences:
        for found in cited.finditer(sentence):
            dd, mm, yyyy = map(int, found.groups())
            assert date(yyyy, mm, dd) <= day, (day, sentence)


def test_chuyen_sap_xep_cap_xa_khong_co_truoc_thang_ba(sentences):
    early = [s for day, s in sentences if day < date(2025, 3, 1)]
    assert not [s for s in early if "cấp huyện" in s or "phường, xã mới" in s]


def test_ten_loai_trong_van_pham_deu_co_trong_danh_muc():
    known = {row["code"] for row in rows()}
    used = {kind for work in WORKS.values() for piece in work.pieces for kind in piece.types}
    used |= {letter[0] for senders in SENDERS.values() for sender in senders for letter in sender.letters}
    assert used <= known


def test_noi_gui_nao_cung_co_ky_hieu_cho_moi_ten_loai_no_gui():
    for senders in SENDERS.values():
        for sender in senders:
            assert {kind for kind, _function, _pattern in sender.letters} <= set(sender.symbols), sender.name


def test_ho_ten_co_ho_truoc_ten_sau_khong_lap_chu_khong_trung_danh_sach_chan():
    made = names.full_names(random.Random(9), 3000)
    assert all(2 <= len(name.split()) <= 4 and len(set(name.split())) == len(name.split()) for name in made)
    assert not set(made) & names.DENIED
    assert 0.3 < sum(name.startswith("Nguyễn ") for name in made) / len(made) < 0.45
    assert len(set(made)) > 2200


def test_dia_ban_day_du_la_441_xa_38_huyen_ve_168_don_vi():
    full = geography("full")
    assert (len(full.provinces), len(full.districts), len(full.communes), len(full.new_communes)) == (3, 38, 441, 168)
    assert sum(len(commune.heirs) > 1 for commune in full.communes) == 47
    mainland = [district for district in full.districts if district.communes]
    assert len(mainland) == 37
    assert all(2 <= len(district.heirs) <= 12 for district in mainland)
    assert [d.name for d in full.districts if not d.communes] == ["Huyện Côn Đảo"]


def test_ten_dia_ban_viet_thuong_loai_tru_ten_bang_so():
    assert lower_type("Phường Bến Nghé") == "phường Bến Nghé"
    assert lower_type("Phường 1") == "Phường 1"
    assert (bare("Quận 4"), bare("Huyện Củ Chi")) == ("Quận 4", "Củ Chi")


def test_nhip_lam_viec_nghi_cuoi_tuan_va_tet():
    days = rhythm.some_days(random.Random(3), 20_000)
    assert sum(day.weekday() > 4 for day in days) / len(days) < 0.03
    assert sum(date(2025, 1, 27) <= day <= date(2025, 1, 31) for day in days) < 40
    assert rhythm.is_working(rhythm.working_day_after(date(2025, 4, 29), 1))
