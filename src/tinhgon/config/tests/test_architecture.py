"""Bản vẽ giữ được: khóa ngoài theo tầng, mọi thứ đơn vị giữ đều có người bàn giao, tệp nhỏ."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import Field, Model

from tinhgon.org import holdings

ROOT = Path(__file__).resolve().parents[4]
SOURCE = ROOT / "src" / "tinhgon"
HOLDERS = {"org.Unit", "org.Post", "org.Person"}
LONGEST_FILE = 400


def floors() -> dict[str, int]:
    """Tên ứng dụng -> tầng, tầng trên số nhỏ; đọc từ cùng bản vẽ mà import-linter giữ."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    return {name.strip(" ()"): height for height, layer in enumerate(layers) for name in layer.split("|")}


def our_models() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("tinhgon."):
            yield model


def foreign_keys() -> Iterator[tuple[type[Model], Field, type[Model]]]:
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, Field) and isinstance(field.related_model, type):
                yield model, field, field.related_model


def test_foreign_keys_point_only_downward() -> None:
    """Khóa ngoài viết bằng chuỗi không qua import, nên import-linter không thấy; ở đây thấy."""
    height = floors()
    upward = [
        f"{model._meta.label}.{field.name} -> {target._meta.label}"
        for model, field, target in foreign_keys()
        if target._meta.app_label != model._meta.app_label
        and target.__module__.startswith("tinhgon.")
        and height[target._meta.app_label] <= height[model._meta.app_label]
    ]
    assert upward == []


def test_every_installed_app_of_ours_has_a_floor() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("tinhgon.")}
    assert ours <= set(floors())


def test_every_key_to_a_unit_post_or_person_names_a_holding_or_a_reason() -> None:
    """Thêm bảng trỏ tới đơn vị, vị trí hay người thì phải nói nó đi theo chuyển giao thế nào, hoặc vì sao không."""
    keys = {
        f"{model._meta.label}.{field.name}"
        for model, field, target in foreign_keys()
        if target._meta.label in HOLDERS
    }
    explained = set(holdings.explained_keys())
    forgotten = sorted(keys - explained)
    assert forgotten == [], "khai trong holdings.py của ứng dụng: register(...) hoặc keeps_its_holder(...)"


def test_no_explanation_outlives_its_key() -> None:
    known = {f"{model._meta.label}.{field.name}" for model, field, _target in foreign_keys()}
    assert sorted(set(holdings.explained_keys()) - known) == []


def test_files_stay_small() -> None:
    """Tệp dài hơn 400 dòng thì thành thư mục, mỗi tệp một danh từ hay một việc; nơi gọi không phải đổi."""
    long = {
        str(file.relative_to(ROOT)): lines
        for file in SOURCE.rglob("*.py")
        if "migrations" not in file.parts and (lines := file.read_text().count("\n")) > LONGEST_FILE
    }
    assert long == {}


def test_no_file_names_a_place_on_somebody_s_machine() -> None:
    places = ("/work" + "/", "/root" + "/", "/home" + "/")
    found = [
        f"{file.relative_to(ROOT)}: {place}"
        for folder in ("src", "e2e", "benchmarks", "docs", "requirements")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in {".py", ".md", ".html", ".js", ".css", ".sql", ".toml", ".lock"}
        for place in places
        if place in file.read_text()
    ]
    assert found == []
