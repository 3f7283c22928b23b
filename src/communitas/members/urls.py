from django.urls import path

from communitas.members import views

app_name = "members"
urlpatterns = [
    path("members/", views.directory, name="directory"),
    path("communities/", views.communities, name="communities"),
    path("communities/add/", views.community_add, name="community_add"),
    path("communities/import/", views.import_start, name="import_start"),
    path("communities/import/<int:pk>/", views.import_check, name="import_check"),
    path("communities/import/<int:pk>/run/", views.import_run, name="import_run"),
    path("communities/import/<int:pk>/undo/", views.import_undo, name="import_undo"),
    path("communities/<int:pk>/", views.community, name="community"),
    path("communities/<int:pk>/profile/", views.community_edit, name="community_edit"),
    path("communities/<int:pk>/change/<slug:kind>/", views.community_change, name="community_change"),
    path("communities/<int:pk>/membership/", views.membership_change, name="membership_change"),
    path("communities/<int:pk>/membership/<int:membership>/", views.membership_edit, name="membership_edit"),
    path("communities/<int:pk>/people/", views.community_people, name="community_people"),
    path("communities/<int:pk>/people/invite/", views.community_invite, name="community_invite"),
    path("communities/<int:pk>/people/account/", views.account_add, name="account_add"),
    path("communities/<int:pk>/people/<int:account>/code/", views.code_new, name="code_new"),
    path("people/", views.people, name="people"),
    path("people/invite/", views.invite, name="invite"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/account/", views.account_suspend, name="account_suspend"),
    path("roles/<int:pk>/end/", views.role_end, name="role_end"),
    path("invitations/<int:pk>/resend/", views.invitation_resend, name="invitation_resend"),
    path("invitations/<int:pk>/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
    path("invitations/accept/<str:secret>/", views.accept, name="accept"),
    path("settings/", views.settings, name="settings"),
    path("settings/holidays/", views.holidays, name="holidays"),
    path("settings/holidays/<int:pk>/remove/", views.holiday_remove, name="holiday_remove"),
    path("settings/kinds/", views.kinds, name="kinds"),
    path("settings/types/add/", views.type_save, name="type_add"),
    path("settings/types/<int:pk>/", views.type_save, name="type_edit"),
    path("settings/organisations/add/", views.organisation_save, name="organisation_add"),
    path("settings/organisations/<int:pk>/", views.organisation_save, name="organisation_edit"),
]
