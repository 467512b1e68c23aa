"""``real_data``: thư mục dữ liệu thật (TINHGON_REAL_DATA, mặc định ../shared/data cạnh kho mã); không có thì bỏ qua."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_data() -> Path:
    folder = Path(os.environ.get("TINHGON_REAL_DATA", Path(__file__).parents[4] / "shared/data"))
    if not folder.is_dir():
        pytest.skip("Không có dữ liệu thật trên máy này (TINHGON_REAL_DATA).")
    return folder
