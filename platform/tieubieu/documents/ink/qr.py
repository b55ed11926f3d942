"""QR codes as vectors."""

import io

import segno


def qr_svg(text: str) -> str:
    """The smallest QR code of medium error correction that holds `text`, as SVG without its quiet zone.

    The layout keeps the quiet zone free: at least four modules of white on every side.
    """
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False, boost_error=False).save(
        picture, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, nl=False, omitsize=True
    )
    return picture.getvalue().decode("utf-8")
