"""Tờ giấy: từ nội dung và bố cục của một bộ quy tắc ra Word sửa được và PDF in được, đúng từng mi-li-mét."""
