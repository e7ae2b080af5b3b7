"""Draw the picture of the sample article: an abstract football pitch under a disc of sun."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

TARGET = Path(__file__).parents[2] / "content" / "articles" / "pitch.png"
SCALE = 3
WIDTH, HEIGHT = 1200, 675
SKY, SUN, GRASS, STRIPE, CHALK = "#f3e6d0", "#c8553d", "#3f6f5a", "#487a64", "#f7f3ea"


def draw() -> Image.Image:
    """Return the picture, drawn larger and reduced so that its edges are smooth."""
    canvas = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), SKY)
    pen = ImageDraw.Draw(canvas)
    horizon = 250
    pen.ellipse(_box(820, 60, 1040, 280), fill=SUN)
    pen.rectangle(_box(0, horizon, WIDTH, HEIGHT), fill=GRASS)
    for left in range(0, WIDTH, 200):
        pen.polygon(
            _points(
                (left, horizon), (left + 100, horizon), (2 * left - 400, HEIGHT), (2 * left - 600, HEIGHT)
            ),
            fill=STRIPE,
        )
    pen.ellipse(_box(430, 350, 770, 520), outline=CHALK, width=6 * SCALE)
    pen.line(_points((0, 435), (WIDTH, 435)), fill=CHALK, width=6 * SCALE)
    pen.ellipse(_box(588, 427, 612, 443), fill=CHALK)
    return canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(64)


def _box(*edges: int) -> tuple[int, ...]:
    return tuple(edge * SCALE for edge in edges)


def _points(*points: tuple[int, int]) -> list[tuple[int, int]]:
    return [(x * SCALE, y * SCALE) for x, y in points]


if __name__ == "__main__":
    draw().save(TARGET, optimize=True)
