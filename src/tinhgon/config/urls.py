from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("tinhgon.web.urls_account")),
    path("api/v1/", include("tinhgon.api.urls")),
    path("", include("tinhgon.web.urls")),
]

handler400 = "tinhgon.web.errors.bad_request"
handler403 = "tinhgon.web.errors.denied"
handler404 = "tinhgon.web.errors.not_found"
handler500 = "tinhgon.web.errors.server_error"
