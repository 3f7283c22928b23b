from tests.permissions.cases import ANYBODY, Case

CASES = [Case("kit:styleguide", row=ANYBODY, public=True)]
