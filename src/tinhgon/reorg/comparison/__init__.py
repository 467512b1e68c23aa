"""So sánh các phương án cạnh nhau và với hiện nay: cùng một vùng, cùng con số, cùng công thức; điều chưa biết trước thì nói là chưa biết.

Một phương án là một lần sắp xếp còn soạn. Vùng so sánh là mọi đơn vị giao và nhận của các phương án được chọn, để không phương án nào được lợi vì
chạm ít nơi hơn. Không cộng điểm, không xếp hạng: người chọn.
"""
