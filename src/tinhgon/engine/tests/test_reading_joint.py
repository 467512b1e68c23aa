"""Văn bản liên tịch đọc lại từ tệp: mọi cơ quan, mọi người ký, mỗi người đúng chức vụ của mình."""

import pytest

from tinhgon.engine.extract import extract
from tinhgon.engine.paper import to_docx, to_pdf
from tinhgon.engine.paper.tests.samples import EVERY
from tinhgon.engine.reading import read
from tinhgon.engine.vietnamese import tone_norm


@pytest.mark.parametrize("kind", ["pdf", "docx"])
@pytest.mark.parametrize("name", ["liên tịch", "liên tịch ba cơ quan", "liên tịch Nhà nước"])
def test_a_joint_document_is_read_with_every_organ_and_every_signer(tmp_path, name, kind):
    paper, m = EVERY[name]
    path = tmp_path / f"van-ban.{kind}"
    path.write_bytes(to_pdf(paper, m) if kind == "pdf" else to_docx(paper, m))
    fields = read(extract(path, path.name)).fields
    assert tone_norm(fields["co_quan"].value.upper()).startswith(tone_norm(paper.organ))
    assert fields["nguoi_ky"].value == "; ".join([*(one.signer for one in reversed(paper.joint)), paper.signer])
    said = fields["quyen_han_chuc_vu"].value.split("; ")
    assert [one.split(" / ")[-1] for one in said] == [*(one.position for one in reversed(paper.joint)), paper.position]
