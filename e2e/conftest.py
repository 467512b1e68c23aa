"""Hành trình trong trình duyệt thật, trên đúng cái ``make run`` dựng: PostgreSQL nhúng, việc nền, máy chủ trang, thế giới mẫu nhỏ.

Không có trình duyệt thì cả thư mục bị bỏ qua với câu nói cách cài. Ảnh chụp khi hỏng nằm ở ``e2e/shots`` (git bỏ qua).
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from checks import SignIn
from tinhgon.testing import browser as browsers

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "e2e" / "shots"
PASSWORD = "TinhGon@01-07-2025"
DESKTOP = {"viewport": {"width": 1440, "height": 900}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = pytest.mark.skip(reason=browsers.HOW_TO_GET_ONE)
    for item in items:
        if ROOT / "e2e" in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            if not browsers.find():
                item.add_marker(missing)


expect.set_options(timeout=30_000)  # máy CI hai lõi, có lúc rất bận: chờ lâu chứ không báo hỏng sai


@pytest.fixture(scope="session")
def house() -> Iterator[str]:
    """Địa chỉ của nhà đang chạy; dựng một lần cho cả phiên, dọn hết khi xong."""
    with raised("small") as address:
        yield address


@contextmanager
def raised(size: str) -> Iterator[str]:
    """Một nhà riêng với thế giới mẫu cỡ ``size``, dọn hết khi xong."""
    folder = Path(tempfile.mkdtemp(prefix="tg-e2e-", dir="/tmp"))
    folder.chmod(0o755)  # với root, PostgreSQL chạy bằng nobody và phải đi qua được
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")} | {
        "TINHGON_HOME": str(folder), "TINHGON_DEMO": "1", "TINHGON_DEMO_SIZE": size, "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip
    tinhgon = [sys.executable, "-m", "tinhgon.cli.main"]
    try:
        started = subprocess.run([*tinhgon, "up", "--port", str(port)], env=environment, capture_output=True, text=True, timeout=300)
        assert started.returncode == 0, started.stderr + started.stdout
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run([*tinhgon, "stop"], env=environment, capture_output=True, timeout=120, check=False)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browsers.find(), args=list(browsers.ARGUMENTS), headless=True)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def states(house: str, chromium: Browser) -> Callable[[str], object]:
    """Phiên đăng nhập của từng tài khoản, qua biểu mẫu thật, mỗi người một lần."""
    kept: dict[str, object] = {}

    def state(username: str) -> object:
        if username not in kept:
            kept[username] = signed_in(house, chromium, username)
        return kept[username]

    return state


def signed_in(house: str, chromium: Browser, username: str) -> object:
    """Đăng nhập một tài khoản mẫu ở một nhà; trả về phiên để mở trang."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{house}/tai-khoan/login/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(f"{house}/")
    kept = context.storage_state()
    context.close()
    return kept


def _is_fault(message: ConsoleMessage) -> bool:
    """Lỗi của trang; trình duyệt cũng kể mọi câu trả lời 4xx mà phép thử cố ý gây ra, và htmx kể cả câu hỏi bỏ dở vì đã sang trang khác."""
    harmless = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")
    return message.type == "error" and not any(word in message.text for word in harmless)


@pytest.fixture
def sign_in(house: str, chromium: Browser, states: Callable[[str], object], request: pytest.FixtureRequest) -> Iterator[SignIn]:
    """``sign_in("vanthu")`` mở một trang đã đăng nhập; ``theme="dark"``, ``**PHONE`` để đổi cách xem.

    Mọi lỗi trong bảng điều khiển của trình duyệt làm phép thử hỏng.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(username: str | None, theme: str = "light", **view: object) -> Page:
        options = DESKTOP | view
        context = chromium.new_context(
            base_url=house, locale="vi-VN", storage_state=states(username) if username else None, **options
        )
        contexts.append(context)
        if theme == "dark":
            context.add_cookies([{"name": "giao_dien", "value": "dark", "url": house}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if _is_fault(message) else None)
        return page

    yield open_page
    if request.session.testsfailed:
        SHOTS.mkdir(exist_ok=True)
        for number, context in enumerate(contexts):
            for page in context.pages:
                page.screenshot(path=SHOTS / f"{request.node.name}-{number}.png")
    for context in contexts:
        context.close()
    assert not errors, errors
