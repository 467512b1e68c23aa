"""Gói nộp lưu trữ: một tệp zip có mục lục XML, siêu dữ liệu và SHA-256 của từng tệp. Thuần Python, đọc lại được không cần hệ thống.

``goi.xml``       siêu dữ liệu (tên trường theo Phụ lục VI Nghị định 30/2020/NĐ-CP) và danh sách tệp, kiểu METS
``goi.sha256``    SHA-256 của chính ``goi.xml``
``tep/...``       nội dung
"""

from tinhgon.engine.archive.model import Fault, Package, PackagedDocument, PackagedDossier, PackagedFile
from tinhgon.engine.archive.verifying import verify
from tinhgon.engine.archive.writing import write

__all__ = ["Fault", "Package", "PackagedDocument", "PackagedDossier", "PackagedFile", "verify", "write"]
