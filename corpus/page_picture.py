"""A page of a PDF, or of a file that is a picture itself, drawn small enough to be shown; called in the sandbox."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.problem import Problem
from corpus.readers.image import ENDINGS as PICTURES
from corpus.readers.image import MOST_POINTS
from corpus.sandbox import Frame

DRAWN = frozenset({".pdf", *PICTURES})
"""Endings of the files whose pages can be drawn."""
PICTURE = "picture"
MEDIA_TYPE = "image/webp"
CALL = "corpus.page_picture:draw"
"""What `corpus.sandbox.Work` calls."""
_HIGHEST = 4
"""How many times as high as wide a picture may be; a longer page is drawn narrower."""
_QUALITY = 78


def draw(arguments: dict[str, Any]) -> Iterator[Frame]:
    """The picture of one page.

    Args:
        arguments: `file`, `page` (from 1) and `width` (in points of the picture).

    Returns:
        One frame with the picture as base64.

    Raises:
        Problem: `page_not_there`, or `page_not_drawn` where the file cannot be opened.
    """
    file, number, width = Path(arguments["file"]), int(arguments["page"]), int(arguments["width"])
    picture = (
        _of_pdf(file, number, width) if file.suffix.lower() == ".pdf" else _of_picture(file, number, width)
    )
    stream = io.BytesIO()
    picture.convert("RGB").save(stream, "WEBP", quality=_QUALITY, method=2)
    yield PICTURE, base64.b64encode(stream.getvalue()).decode("ascii")


def _of_pdf(file: Path, number: int, width: int) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
        if not 1 <= number <= len(document):
            raise Problem("page_not_there", page=number)
        page = document[number - 1]
        wide, high = page.get_size()
        return page.render(scale=_fitting(wide, high, width) / max(wide, 1e-6)).to_pil()
    except pypdfium2.PdfiumError as error:
        raise Problem("page_not_drawn") from error


def _of_picture(file: Path, number: int, width: int) -> Any:
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    try:
        with Image.open(file) as opened:
            if not 1 <= number <= (getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1):
                raise Problem("page_not_there", page=number)
            opened.seek(number - 1)
            upright = ImageOps.exif_transpose(opened.copy())
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Problem("page_not_drawn") from error
    white = Image.new("RGBA", upright.size, "white")
    white.alpha_composite(upright.convert("RGBA"))
    wide, high = white.size
    fitting = round(min(_fitting(wide, high, width), wide))
    return white.resize((max(fitting, 1), max(round(high * fitting / wide), 1)))


def _fitting(wide: float, high: float, width: int) -> float:
    """The width that a page is drawn with: as asked, unless it is so long that the picture would be too high."""
    return min(width, _HIGHEST * width * wide / max(high, 1e-6))
