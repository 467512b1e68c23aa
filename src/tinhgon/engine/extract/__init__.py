"""Từ tệp ra chữ: mỗi dòng chữ kèm trang, chỗ đứng, cỡ và kiểu chữ. Không biết văn bản hành chính là gì."""
