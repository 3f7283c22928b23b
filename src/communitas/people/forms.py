"""Input of a person's own pages."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

THEMES = [("auto", _("As my device says")), ("light", _("Light")), ("dark", _("Dark"))]


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Username or address and password, with our words and without placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Username or e-mail address")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ProfileForm(forms.Form):
    """The name that others see, and how pages look."""

    display_name = forms.CharField(
        label=_("Display name"),
        max_length=60,
        help_text=_("What others see. A first name or nickname is enough."),
    )
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]


class AddressForm(forms.Form):
    """A new e-mail address."""

    email = forms.EmailField(label=_("New e-mail address"), max_length=254)


class CodeForm(forms.Form):
    """First sign-in with a printed card."""

    username = forms.CharField(
        label=_("Username"),
        max_length=60,
        help_text=_("It stands on your card."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Capital or small letters, with or without the hyphen."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        help_text=_("At least 10 characters. Three or four words together are easy to keep in mind."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """The password as the installation's rules want it."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password
