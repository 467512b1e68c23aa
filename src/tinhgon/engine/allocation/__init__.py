"""Chia việc đang mở cho người có giờ và hạn: bài toán gán tổng quát, có chứng minh.

``model`` nhẹ, nhập lúc nào cũng được; ``solving`` và ``conflict`` kéo theo SciPy, chỉ nhập khi chạy.
"""
