"""Pictures of printed pages (.png, .jpg, .tif, …): what recognition reads on them, with the place of each line."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from corpus.block import Draft
from corpus.budget import budget_for
from corpus.layout.furniture import date_of_masthead, without_furniture
from corpus.layout.paragraphs import blocks_of_pages
from corpus.layout.recognise import is_installed, page_of_picture
from corpus.problem import Problem
from corpus.readers.pdf import RECOGNITION_SHARE
from corpus.reasons import broken_file

ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp")
MOST_POINTS = 120_000_000


def read_image(file: Path) -> Iterator[Draft | Problem]:
    """The one article of a picture; a picture of several pages (.tif) is read page by page."""
    if not is_installed():
        raise Problem("recognition_not_installed", file=file, pages="1")
    import numpy
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_POINTS
    pages = []
    end = time.monotonic() + RECOGNITION_SHARE * budget_for(file).seconds
    try:
        with Image.open(file) as opened:
            count = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
            for number, frame in enumerate(ImageSequence.Iterator(opened), start=1):
                if number > count:
                    break
                if number > 1 and time.monotonic() > end:
                    yield Problem(
                        "scan_read_in_part",
                        file=file,
                        read=number - 1,
                        scanned=count,
                        pages=f"{number}–{count}",
                    )
                    break
                upright = ImageOps.exif_transpose(frame.copy())
                white = Image.new("RGBA", upright.size, "white")
                white.alpha_composite(upright.convert("RGBA"))
                points = numpy.asarray(white.convert("RGB"))[:, :, ::-1].copy()
                pages.append(page_of_picture(points, number))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise broken_file(file, error) from error
    if not any(page.lines for page in pages):
        raise Problem("picture_without_text", file=file)
    title, blocks = blocks_of_pages(without_furniture(pages))
    date = date_of_masthead(pages)
    yield Draft(title, {"date": date} if date else {}, blocks)
