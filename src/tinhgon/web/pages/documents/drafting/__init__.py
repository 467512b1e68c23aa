"""Trang của việc soạn: nội dung và các bản, lấy ý kiến, thẩm định, trình ký, mẫu văn bản."""
