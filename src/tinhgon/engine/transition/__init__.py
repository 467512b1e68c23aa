"""Dự báo việc tồn sau sắp xếp: mỗi hàng chờ (đơn vị × chức năng) là một dòng chảy theo ngày làm việc.

Việc tồn hôm sau = max(0, tồn + đến − làm được); làm được = tổng (phần thời gian × năng suất × độ thạo), người mới chuyển thì độ thạo là
1 − (1 − r0) e^(−t/tau). Số mặc định theo Mellon (2003): 12–16 tuần mới đủ năng suất, nên r0 = 0,5 và tau = 5,2 tuần; cùng chức năng ở đơn
vị mới thì r0 khoảng 0,8. Việc đến và việc làm xong dao động, nên tồn là trung bình của max(0, X) chứ không phải max(0, trung bình): ``path`` tính đúng điều ấy.
Tải dưới 0,85 thì từng ngày một không thấy hàng chờ: dùng công thức Sakasegawa (1977).

``model`` nhẹ; ``simulate`` kéo theo NumPy, chỉ nhập khi chạy. SimPy là trọng tài trong phép thử, không có trong sản phẩm.
"""
