"""Văn bản cho từng người sau quyết định bố trí: điều phải nói, lời văn, văn bản nào cần có. Soạn chúng: ``services.acting``."""
