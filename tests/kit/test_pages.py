import pytest
from django.test import RequestFactory

from communitas.kit.pages import back_or


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("/hearth/peer-reviews/1/discussion/2/", "/hearth/peer-reviews/1/discussion/2/"),
        ("http://testserver/hearth/", "http://testserver/hearth/"),
        ("https://evil.example/", "/home/"),
        ("//evil.example/", "/home/"),
        ("javascript:alert(1)", "/home/"),
        ("", "/home/"),
    ],
)
def test_a_form_leads_back_only_to_pages_of_this_site(back: str, expected: str) -> None:
    request = RequestFactory().post("/", {"back": back})

    assert back_or(request, "/home/")["Location"] == expected
