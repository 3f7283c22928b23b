from django.urls import path

from communitas.benchmarking import views

app_name = "benchmarking"
urlpatterns = [
    path("styleguide/charts/", views.charts, name="gallery"),
    path("styleguide/charts/<slug:name>/", views.chart, name="gallery_kind"),
    path("styleguide/charts/<slug:name>/<int:place>.svg", views.chart_file, name="gallery_file"),
    path("benchmarks/", views.benchmarks, name="benchmarks"),
    path("benchmarks/all/", views.explorer_all, name="explorer_all"),
    path("benchmarks/<int:pk>/", views.explorer, name="explorer"),
    path("national/cells/<int:pk>/", views.lattice, name="lattice"),
    path("national/cells/<int:pk>/save/", views.lattice_save, name="lattice_save"),
    path("national/cells/<int:pk>/try/", views.lattice_try, name="lattice_try"),
    path("national/cells/<int:pk>/lock/", views.lattice_lock, name="lattice_lock"),
    path("past-scores/", views.imports, name="imports"),
    path("past-scores/new/", views.import_start, name="import_start"),
    path("past-scores/<int:pk>/", views.import_check, name="import"),
    path("past-scores/<int:pk>/import/", views.import_finish, name="import_finish"),
    path("past-scores/<int:pk>/leave/", views.import_leave, name="import_leave"),
    path("past-scores/<int:pk>/undo/", views.import_undo, name="import_undo"),
]
