"""Who may do what with certificates. Anybody may verify one: that page asks no policy but the code."""

from functools import partial

from communitas.members.policy import NEVER, allow

of_certificate = partial(allow, network="network", community="community")

list_certificates = allow("certificate.list", why="Only the office reads the list of certificates.", network="pk")
read_own = of_certificate(
    "certificate.read_own",
    why="Only people of the community and the office open the certificate itself.",
    atoms={"S": NEVER},  # certificates belong to communities; no person is the subject of one
)
issue = of_certificate("certificate.issue", why="Only two people of the office issue a certificate.")
revoke = of_certificate(
    "certificate.revoke",
    why="Only the secretary, with a second person, revokes a certificate.",
    sees=issue,
)
