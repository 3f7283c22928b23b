"""The screens of questionnaires: the office builds and releases, the community hands out, people answer."""
