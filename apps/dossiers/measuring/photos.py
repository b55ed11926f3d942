"""Photos as a telephone takes them: twelve million points, some five million bytes, each another picture."""

from io import BytesIO

from PIL import Image

CAMERA = (4000, 3000)
QUALITY, SPREAD = 88, 35


def take(number: int) -> bytes:
    """A JPEG of about five megabytes. Grain of film makes it as heavy as a real scene does."""
    grain = Image.effect_noise(CAMERA, SPREAD)
    shade = Image.linear_gradient("L").rotate(90 * number).resize(CAMERA)
    light = Image.radial_gradient("L").resize(CAMERA)
    picture = Image.merge("RGB", (Image.blend(grain, shade, 0.5), Image.blend(grain, light, 0.5), shade))
    written = BytesIO()
    picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
