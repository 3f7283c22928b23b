"""The QR code of an address, as a picture that a page can hold."""

from base64 import b64encode
from io import BytesIO

import segno


def qr_svg(address: str) -> str:
    """The QR code as SVG, strong enough to survive a photocopy."""
    out = BytesIO()
    segno.make(address, error="q", micro=False).save(
        out, kind="svg", border=2, dark="#1d5148", light="#ffffff", xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue().decode()


def qr_address(address: str) -> str:
    """The QR code as the address of a picture, to stand in an img element."""
    return "data:image/svg+xml;base64," + b64encode(qr_svg(address).encode()).decode()
