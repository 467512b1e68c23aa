// Một mô-đun nhỏ cho mỗi hành vi; trang vẫn dùng được khi không có mã này.
import "./menus.js";
import "./navigation.js";
import "./palette.js";
import "./toasts.js";
import "./confirm.js";
import "./forms.js";
import "./files.js";
import "./progress.js";

import "./print.js";
import "./days.js";
import "./select.js";
import "./fill.js";
