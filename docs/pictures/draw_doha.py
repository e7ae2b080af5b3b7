"""Draw the picture of a place of the sample: towers on the bay of Doha, and a dhow before them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

TARGET: Final = Path(__file__).parents[2] / "content" / "places" / "doha.png"
SCALE: Final = 3
WIDTH, HEIGHT = 960, 720
SKY, SUN, FAR, NEAR, SEA, WAVE, HULL, SAIL = (
    "#f3e6d0",
    "#c8553d",
    "#a9b6b0",
    "#5d7a78",
    "#2f5d68",
    "#3d6d77",
    "#5a3a28",
    "#f7f3ea",
)
HORIZON: Final = 450
TOWERS: Final = (
    # left, width, height, colour
    (70, 60, 120, FAR),
    (150, 44, 190, FAR),
    (330, 56, 170, FAR),
    (470, 48, 150, FAR),
    (760, 60, 140, FAR),
    (200, 54, 260, NEAR),
    (272, 40, 200, NEAR),
    (396, 58, 310, NEAR),
    (540, 70, 230, NEAR),
    (628, 46, 280, NEAR),
    (700, 52, 200, NEAR),
)


def draw() -> Image.Image:
    """Return the picture, drawn larger and reduced so that its edges are smooth."""
    canvas = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), SKY)
    pen = ImageDraw.Draw(canvas)
    pen.ellipse(_box(720, 90, 880, 250), fill=SUN)
    for left, width, height, colour in TOWERS:
        top = HORIZON - height
        pen.rectangle(_box(left, top, left + width, HORIZON), fill=colour)
        pen.polygon(_points((left, top), (left + width, top), (left + width // 2, top - 34)), fill=colour)
    pen.rectangle(_box(0, HORIZON, WIDTH, HEIGHT), fill=SEA)
    for number in range(7):
        top = HORIZON + 18 + number * number * 5
        pen.rectangle(_box(40 * number, top, WIDTH - 90 * number, top + 3 + number), fill=WAVE)
    pen.polygon(_points((250, 590), (590, 576), (530, 640), (300, 640)), fill=HULL)
    pen.rectangle(_box(412, 380, 420, 590), fill=HULL)
    pen.polygon(_points((424, 376), (424, 570), (566, 560)), fill=SAIL)
    return canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(48)


def _box(*edges: int) -> tuple[int, ...]:
    return tuple(edge * SCALE for edge in edges)


def _points(*points: tuple[int, int]) -> list[tuple[int, int]]:
    return [(x * SCALE, y * SCALE) for x, y in points]


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    draw().save(TARGET, optimize=True)
