"""Small pictures made on the spot."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageMath

from layout.pictures import Prepared, prepare
from layout.press import PressProfile

CORNERS = {
    "left top": (255, 0, 0),
    "right top": (0, 255, 0),
    "left bottom": (0, 0, 255),
    "right bottom": (255, 255, 255),
}


def four_corners(width: int = 60, height: int = 40) -> Image.Image:
    """Red, green, blue and white quarters: an upright picture that cannot be mistaken for a turned one."""
    image = Image.new("RGB", (width, height))
    for (name, colour), (column, row) in zip(CORNERS.items(), ((0, 0), (1, 0), (0, 1), (1, 1)), strict=True):
        assert name
        image.paste(
            colour, (column * width // 2, row * height // 2, (column + 1) * width // 2, (row + 1) * height // 2)
        )
    return image


def saved(folder: Path, image: Image.Image, name: str, **options) -> Path:
    folder.mkdir(exist_ok=True)
    image.save(folder / name, **options)
    return folder / name


def ready(path: Path, profile: PressProfile, store: Path, width: float = 72, height: float = 48, **more) -> Prepared:
    """The picture for a box of one inch by two thirds."""
    return prepare(path, box_width_pt=width, box_height_pt=height, profile=profile, cache_dir=store, **more)


def inks(picture: Prepared, at: tuple[float, float]) -> tuple[int, ...]:
    """C, M, Y, K in percent at a place of the prepared JPEG, 0 to 1 from the upper left."""
    with Image.open(picture.path) as image:
        assert image.mode == "CMYK"
        spot = int(at[0] * (image.width - 1)), int(at[1] * (image.height - 1))
        return tuple(round(value / 2.55) for value in image.getpixel(spot))


def most_ink(data: bytes) -> float:
    """The most ink of any pixel, in percent."""
    with Image.open(BytesIO(data)) as image:
        bands = dict(zip("cmyk", image.split(), strict=True))
    total = ImageMath.lambda_eval(lambda of: of["c"] + of["m"] + of["y"] + of["k"], **bands)
    return total.getextrema()[1] / 2.55
