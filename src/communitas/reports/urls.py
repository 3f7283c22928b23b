from django.urls import path, re_path

from communitas.reports.views import checking, deciding, local, national, plans, signing

app_name = "reports"
urlpatterns = [
    path("reports/", local.reports, name="locals"),
    path("reports/<int:pk>/", local.local, name="local"),
    path("reports/<int:pk>/summary/", local.summary, name="summary"),
    path("reports/<int:pk>/deliver/", local.deliver, name="deliver"),
    path("reports/<int:pk>/pdf/", local.make_pdf, name="make_pdf"),
    path("reports/<int:pk>/report.pdf", local.local_pdf, name="local_pdf"),
    path("reports/<int:pk>/check/", checking.check, name="check"),
    path("reports/<int:pk>/check/send/", checking.send, name="send_check"),
    path("reports/<int:pk>/check/<int:point>/withdraw/", checking.withdraw, name="withdraw_point"),
    path("reports/<int:pk>/comments/", checking.comments, name="comments"),
    path("reports/<int:pk>/comments/<int:point>/withdraw/", checking.withdraw_comment, name="withdraw_comment"),
    path("reports/<int:pk>/points/", deciding.points, name="points"),
    path("reports/<int:pk>/points/<int:point>/", deciding.decide, name="decide"),
    path("reports/<int:pk>/points/<int:point>/again/", deciding.again, name="decide_again"),
    path("reports/<int:pk>/go-on/", deciding.go_on, name="go_on"),
    path("reports/<int:pk>/sign/", signing.sign, name="sign"),
    path("reports/<int:pk>/return/", signing.back, name="return"),
    path("reports/<int:pk>/correct/", signing.correct, name="correct"),
    path("reports/begin/<int:pk>/", local.begin, name="begin"),
    path("actions/", plans.actions_list, name="actions"),
    path("actions/<int:pk>/", plans.action, name="action"),
    path("actions/<int:pk>/change/", plans.change, name="change_action"),
    path("actions/<int:pk>/move/", plans.move, name="move_action"),
    path("actions/<int:pk>/note/", plans.note, name="note_action"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/add/", plans.add, name="add_action"),
    path("plans/<int:pk>/carry/<int:action>/", plans.carry, name="carry_action"),
    path("plans/<int:pk>/send/", plans.send, name="send_plan"),
    path("national/", national.nationals, name="nationals"),
    path("national/<int:pk>/", national.national, name="national"),
    path("national/<int:pk>/report.pdf", national.national_pdf, name="national_pdf"),
    re_path(
        r"^national/(?P<pk>\d+)/figures\.(?P<ending>csv|json)$", national.national_figures, name="national_figures"
    ),
    path("national/<int:pk>/exact/", national.national_exact, name="national_exact"),
    path("national/<int:pk>/exact/report.pdf", national.national_exact_pdf, name="national_exact_pdf"),
    re_path(
        r"^national/(?P<pk>\d+)/exact/figures\.(?P<ending>csv|json)$",
        national.national_exact_figures,
        name="national_exact_figures",
    ),
    path("national/<int:pk>/introduction/", national.national_introduction, name="national_introduction"),
    path("national/<int:pk>/release/", national.national_release, name="national_release"),
    path("national/cycle/<int:pk>/", national.national_draft, name="national_draft"),
]
