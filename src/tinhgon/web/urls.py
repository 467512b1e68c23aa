"""Địa chỉ của mọi trang. Tên bằng tiếng Anh cho mã nguồn, đường dẫn bằng tiếng Việt cho người dùng."""

from django.urls import include, path

from tinhgon.web.pages import (
    absences,
    accounts,
    frame,
    health,
    organisation,
    people,
    progress,
    search,
    tasks,
    today,
    who,
)

app_name = "web"

urlpatterns = [
    path("suc-khoe/ping", frame.ping, name="ping"),
    path("", today.today, name="today"),
    path("to-chuc/", organisation.chart, name="organisation"),
    path("to-chuc/bang/", organisation.table, name="organisation_table"),
    path("to-chuc/so-sanh/", organisation.compare, name="organisation_compare"),
    path("don-vi/<int:unit_id>/", organisation.unit, name="unit"),
    path("can-bo/", people.people, name="people"),
    path("can-bo/<int:person_id>/", people.person, name="person"),
    path("vang-mat/", absences.absences, name="absences"),
    path("vang-mat/moi/<int:appointment_id>/", absences.arrange, name="absence_arrange"),
    path("vang-mat/<int:stand_in_id>/thoi/", absences.end, name="absence_end"),
    path("sap-xep/", include("tinhgon.web.urls_reorg")),
    path("van-ban/", include("tinhgon.web.urls_documents")),
    path("nhiem-vu/", tasks.tasks, name="tasks"),
    path("nhiem-vu/giao/", tasks.assign, name="task_assign"),
    path("nhiem-vu/<int:task_id>/", tasks.task, name="task"),
    path("nhiem-vu/<int:task_id>/ai-thay/", who.task, name="task_who"),
    path("nhiem-vu/<int:task_id>/<slug:verb>/", tasks.act, name="task_act"),
    path("tim/", search.results, name="search"),
    path("tim/nhanh/", search.quick, name="search_quick"),
    path("tien-do/<uuid:progress_id>/", progress.progress, name="progress"),
    path("quan-tri/tai-khoan/", accounts.accounts, name="accounts"),
    path("quan-tri/tai-khoan/<int:person_id>/moi/", accounts.invite, name="account_invite"),
    path("quan-tri/tai-khoan/<int:person_id>/dat-lai/", accounts.reset, name="account_reset"),
    path("quan-tri/tai-khoan/<int:person_id>/khoa/", accounts.lock, name="account_lock"),
    path("quan-tri/tai-khoan/<int:person_id>/mo/", accounts.unlock, name="account_unlock"),
    path("quan-tri/suc-khoe/", health.health, name="health"),
    path("vi-tri/", frame.switch_post, name="switch_post"),
    path("dong-ho/", frame.move_clock, name="move_clock"),
    path("giao-dien/", frame.choose_theme, name="choose_theme"),
    path("ngon-ngu/", frame.choose_language, name="choose_language"),
]
