"""Bố trí cán bộ: bài toán, lời giải có chứng chỉ, kiểm tra, giải thích. Nơi khác nhập thẳng từng mô-đun: ``model`` và ``points``
nhẹ; ``solving`` và ``full`` kéo theo OR-tools và SciPy, nên chỉ nhập khi chạy.
"""
