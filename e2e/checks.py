"""Kiểm tra chung của mọi trang: axe không thấy lỗi nào, trang không tràn ngang, không gọi ra ngoài."""

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SignIn = Callable[..., Page]

_axe = Axe()


def violations(page: Page) -> list[str]:
    """Các lỗi axe, mỗi lỗi một dòng."""
    found = _axe.run(page).response["violations"]
    return [f"{page.url} {v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]


def overflows(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{page.url} tràn ngang {wide} px"] if wide > 0 else []


def look(page: Page) -> None:
    """Trang đang mở không lỗi tiếp cận, không tràn ngang."""
    problems = violations(page) + overflows(page)
    assert not problems, "\n".join(problems)


def choose_action(page: Page, name: str) -> None:
    """Bấm một việc ở đầu trang văn bản: nút chính, hoặc trong "Việc khác"."""
    actions = page.locator(".page-actions")
    if not actions.get_by_role("link", name=name, exact=True).or_(actions.get_by_role("button", name=name, exact=True)).first.is_visible():
        actions.get_by_text("Việc khác", exact=True).click()
    actions.get_by_role("link", name=name, exact=True).or_(actions.get_by_role("button", name=name, exact=True)).first.click()


def links_with(page: Page, *beginnings: str, most: int = 2) -> list[str]:
    """Vài đường dẫn đầu tiên trên trang bắt đầu bằng các chữ ấy."""
    hrefs = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [next_one for start in beginnings for next_one in _distinct(hrefs, start)[:most]]


def _distinct(hrefs: list[str], start: str) -> list[str]:
    return list(dict.fromkeys(href for href in hrefs if href.startswith(start) and href[len(start):].strip("/").isdigit()))
