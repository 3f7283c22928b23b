from django.urls import path

from communitas.workbooks.views import contributors, findings, peer_review, scoring, self_review, sending

app_name = "workbooks"
urlpatterns = [
    path("self-reviews/", self_review.ours, name="ours"),
    path("self-reviews/<int:pk>/", self_review.overview, name="self_review"),
    path("self-reviews/<int:pk>/sections/<int:number>/", self_review.section, name="section"),
    path("self-reviews/<int:pk>/criteria/<path:key>/", self_review.answer, name="answer"),
    path("self-reviews/<int:pk>/history/<path:key>/", self_review.history, name="history"),
    path("self-reviews/<int:pk>/differ/<path:key>/", self_review.differ, name="differ"),
    path("self-reviews/<int:pk>/pulse/<int:number>/", self_review.pulse, name="pulse"),
    path("self-reviews/<int:pk>/send/", sending.send, name="send"),
    path("self-reviews/<int:pk>/reopen/", sending.reopen, name="reopen"),
    path("self-reviews/<int:pk>/contributors/", contributors.contributors, name="contributors"),
    path("peer-reviews/<int:pk>/", peer_review.overview, name="peer_review"),
    path("peer-reviews/<int:pk>/begin/", peer_review.begin, name="begin"),
    path("peer-reviews/<int:pk>/sections/<int:number>/", scoring.section, name="peer_section"),
    path("peer-reviews/<int:pk>/criteria/<path:key>/", scoring.answer, name="peer_answer"),
    path("peer-reviews/<int:pk>/finish/", scoring.finish, name="finish"),
    path("peer-reviews/<int:pk>/discussion/", peer_review.open_discussion, name="open_discussion"),
    path("peer-reviews/<int:pk>/discussion/<int:number>/", scoring.discussion, name="discussion"),
    path("peer-reviews/<int:pk>/agreed/<path:key>/", scoring.agree, name="agree"),
    path("peer-reviews/<int:pk>/agree-equal/", scoring.agree_equal, name="agree_equal"),
    path("peer-reviews/<int:pk>/history/<path:key>/", scoring.history, name="peer_history"),
    path("peer-reviews/<int:pk>/findings/", findings.findings, name="findings"),
    path("peer-reviews/<int:pk>/close/", peer_review.close, name="close"),
    path("peer-reviews/<int:pk>/reopen/", peer_review.reopen, name="reopen_peer"),
]
