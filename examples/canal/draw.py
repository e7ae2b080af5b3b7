"""Draw the pictures of this example: flat shapes in nine colours, as SVG. Run it to write them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

CONTENT: Final = Path(__file__).parent / "content"
WIDTH, HEIGHT = 1000, 600
HORIZON: Final = 330
SKY, SUN, SAND, DUNE, SEA, WAVE, IRON, SAIL, RED = (
    "#f3e6d0",
    "#c8553d",
    "#e3c493",
    "#cda265",
    "#2f5d68",
    "#44757f",
    "#26343a",
    "#f9f5ec",
    "#9c2a1c",
)
DUST: Final = "#e9d28f"
NIGHT: Final = "#33424f"


def box(x: float, y: float, width: float, height: float, colour: str, *, radius: float = 0) -> str:
    """Return a rectangle."""
    corners = f' rx="{radius:g}"' if radius else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}"{corners} fill="{colour}"/>'


def disc(x: float, y: float, radius: float, colour: str) -> str:
    """Return a circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{colour}"/>'


def shape(path: str, colour: str) -> str:
    """Return a filled path."""
    return f'<path d="{path}" fill="{colour}"/>'


def stroke(path: str, colour: str, width: float) -> str:
    """Return a line with round ends."""
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"'
        ' stroke-linecap="round" stroke-linejoin="round"/>'
    )


def put(parts: Iterable[str], x: float, y: float, scale: float = 1) -> str:
    """Return *parts* moved and scaled."""
    return f'<g transform="translate({x:g} {y:g}) scale({scale:g})">{"".join(parts)}</g>'


def ground(sky: str = SKY, sun: tuple[float, float, float] | None = (780, 150, 78)) -> list[str]:
    """Return the sky and its sun."""
    return [box(0, 0, WIDTH, HEIGHT, sky), *([disc(*sun, SUN)] if sun else [])]


def sea(top: float, colour: str = SEA, wave: str = WAVE) -> list[str]:
    """Return water from *top* down, with a few long waves."""
    lines = ((40, 30, 300), (420, 48, 260), (760, 34, 200), (130, 92, 380), (620, 108, 330), (30, 168, 300))
    inside = [line for line in lines if top + line[1] < HEIGHT - 20]
    return [
        box(0, top, WIDTH, HEIGHT - top, colour),
        *(box(x, top + y, width, 5, wave, radius=2.5) for x, y, width in inside),
    ]


def steamer(funnel: str = RED, flags: int = 0) -> list[str]:
    """Return a steamship of 300 by 170, its water line at y = 0."""
    colours = (RED, SAIL, SUN, DUST)
    ropes = [stroke("M20 -40 L95 -165 L215 -165 L290 -46", IRON, 3)] if flags else []
    pennants = [shape(f"M{95 + 120 * n / flags:g} -165 h14 l-7 20z", colours[n % 4]) for n in range(flags)]
    return [
        stroke("M95 -40 V-165 M215 -40 V-165", IRON, 6),
        *ropes,
        *pennants,
        box(138, -130, 34, 80, funnel),
        box(138, -130, 34, 14, IRON),
        box(110, -62, 92, 26, SAIL),
        shape("M0 -44 H300 L276 0 H30z", IRON),
        box(24, -18, 258, 6, RED),
    ]


def cover() -> list[str]:
    """Draw a straight canal between two banks, with ships in it; this picture is 400 high."""
    return [
        *ground(sun=(500, 128, 84)),
        shape("M0 196 H1000 V400 H0z", SAND),
        shape("M0 212 Q180 176 380 208 L436 208 L170 400 H0z", DUNE),
        shape("M1000 212 Q820 180 620 208 L564 208 L830 400 H1000z", DUNE),
        shape("M470 204 H530 L780 400 H220z", SEA),
        *(box(500 - w / 2, y, w, 3, WAVE, radius=1.5) for w, y in ((70, 226), (150, 272), (330, 340))),
        put(steamer(), 470, 232, 0.2),
        put(steamer(SUN), 445, 276, 0.36),
        put(steamer(RED, 9), 395, 348, 0.7),
    ]


def lighthouse() -> list[str]:
    """Draw a lighthouse at the head of a mole."""
    beam = f'<path d="M300 128 L1000 20 V250z" fill="{SAIL}" fill-opacity="0.55"/>'
    return [
        *ground(sun=(800, 320, 90)),
        *sea(HORIZON + 20),
        beam,
        shape("M0 420 H420 L400 470 H0z", DUNE),
        box(0, 412, 425, 12, SAND),
        shape("M262 412 L278 160 H322 L338 412z", SAIL),
        shape("M268 330 H332 L335 366 H265z", RED),
        shape("M274 240 H327 L329 274 H271z", RED),
        box(268, 150, 64, 12, IRON),
        box(282, 106, 36, 46, DUST),
        shape("M272 108 L300 70 L328 108z", IRON),
        put(steamer(), 620, 430, 0.7),
    ]


def survey() -> list[str]:
    """Draw a level on its tripod between two seas."""
    return [
        *ground(sun=(820, 130, 66)),
        box(0, 300, 170, 300, SEA),
        box(868, 262, 132, 338, WAVE),
        shape("M130 300 Q320 220 520 270 T870 262 V600 H130z", SAND),
        shape("M170 600 Q420 420 640 470 T870 430 V600z", DUNE),
        stroke("M440 330 L360 560 M460 330 L460 570 M480 330 L560 560", IRON, 11),
        box(424, 312, 72, 22, IRON, radius=6),
        box(372, 276, 176, 34, RED, radius=15),
        disc(378, 293, 22, IRON),
        disc(378, 293, 12, SAIL),
        box(540, 284, 20, 18, IRON),
        box(716, 214, 20, 240, SAIL),
        *(box(716, 224 + 40 * n, 20, 20, RED) for n in range(6)),
        f'<path d="M560 293 H716" stroke="{RED}" stroke-width="3" stroke-dasharray="10 9"/>',
    ]


def concession() -> list[str]:
    """Draw a sealed document above a line from sea to sea."""
    lines = [box(350, 130 + 34 * n, (300, 270, 300, 240, 300, 180)[n], 8, DUNE, radius=4) for n in range(6)]
    sheet = [
        box(300, 70, 400, 440, SAIL, radius=4),
        *lines,
        stroke("M350 420 q30 -44 60 0 t60 0 t60 -6", IRON, 5),
        shape("M596 420 l-20 96 34 -26 34 26 -20 -96z", RED),
        disc(610, 410, 50, RED),
        disc(610, 410, 33, SUN),
    ]
    return [
        box(0, 0, WIDTH, HEIGHT, SAND),
        shape("M0 0 H1000 V70 Q780 120 520 84 T0 104z", SEA),
        shape("M0 600 H1000 V540 Q760 500 520 528 T0 510z", SEA),
        stroke("M520 84 L510 528", SEA, 16),
        f'<g transform="rotate(-4 500 300)">{"".join(sheet)}</g>',
    ]


def digging() -> list[str]:
    """Draw picks and baskets at the edge of a trench."""
    pick = [stroke("M0 0 L70 -190", IRON, 12), stroke("M6 -156 Q66 -228 146 -180", RED, 15)]
    basket = [
        shape("M0 0 H92 L76 62 H16z", DUNE),
        stroke("M10 2 Q46 -50 82 2", IRON, 6),
        box(-4, -6, 100, 12, IRON, radius=6),
    ]
    steps = [
        shape(f"M{n * 70} {420 + 36 * n} H1000 V600 H{n * 70}z", (SAND, DUNE)[n % 2]) for n in range(1, 5)
    ]
    return [
        *ground(sun=(210, 150, 78)),
        box(0, 300, WIDTH, 60, SEA),
        box(0, 350, WIDTH, 250, SAND),
        *steps,
        *(put(pick, 300 + 150 * n, 470 - 8 * (n % 2), 0.95) for n in range(4)),
        *(put(basket, 390 + 150 * n, 400 + 12 * (n % 2), 0.8) for n in range(4)),
    ]


def dredger() -> list[str]:
    """Draw a steam dredger at work."""
    buckets = [
        put([shape("M-18 -14 H18 L12 14 H-12z", IRON)], 322 + 32 * n, 208 + 46 * n, 1.1) for n in range(7)
    ]
    return [
        *ground(sun=(850, 140, 70)),
        shape("M0 350 Q260 250 430 350z M650 350 Q850 270 1000 320 V350z", DUNE),
        *sea(350),
        shape("M120 350 H760 L720 430 H170z", IRON),
        box(120, 366, 640, 9, RED),
        box(560, 244, 130, 106, SAIL),
        box(600, 120, 44, 130, RED),
        box(600, 120, 44, 18, IRON),
        stroke("M622 110 q-30 -40 10 -62 q40 -20 90 -8 q60 10 70 -20", SAND, 26),
        stroke("M300 180 L540 530", DUNE, 30),
        *buckets,
        stroke("M300 350 L300 176 M240 350 L300 176", IRON, 14),
        stroke("M300 190 L70 300", SAND, 18),
        disc(300, 184, 24, RED),
    ]


def opening() -> list[str]:
    """Draw ships dressed with flags between two towers of light."""
    tower = [
        shape("M-26 0 L-14 -220 H14 L26 0z", SAIL),
        box(-20, -232, 40, 12, IRON),
        disc(0, -250, 20, DUST),
    ]
    return [
        *ground(sun=(500, 240, 110)),
        *sea(HORIZON + 20),
        put(tower, 120, 370),
        put(tower, 890, 370, 0.9),
        box(0, 364, 240, 24, DUNE),
        box(790, 364, 210, 24, DUNE),
        put(steamer(SUN, 8), 560, 400, 0.6),
        put(steamer(RED, 8), 330, 430, 0.75),
        put(steamer(RED, 10), 170, 520, 1.25),
    ]


def shares() -> list[str]:
    """Draw a sheaf of certificates."""
    dots = [disc(330 + 40 * n, y, 8, DUNE) for n in range(9) for y in (178, 432)]
    page = [
        box(280, 140, 440, 330, SAIL, radius=3),
        f'<rect x="300" y="160" width="400" height="290" fill="none" stroke="{RED}" stroke-width="6"/>',
        *dots,
        box(380, 224, 240, 16, IRON, radius=8),
        *(box(350, 266 + 26 * n, (300, 260, 300)[n], 8, DUNE, radius=4) for n in range(3)),
        disc(500, 382, 34, RED),
        disc(500, 382, 22, SAIL),
        shape("M470 386 h60 l-8 12 h-44z M494 384 v-26 l22 26z", SEA),
    ]
    turned = "".join(
        f'<g transform="rotate({angle} 500 480)">{"".join(page)}</g>' for angle in (-15, -8, 7, 0)
    )
    return [box(0, 0, WIDTH, HEIGHT, SEA), box(0, 470, WIDTH, 130, IRON), turned]


def square() -> list[str]:
    """Draw a square full of people under loudspeakers."""
    heads = [
        disc(20 + 52 * n + 26 * (row % 2), 400 + 46 * row, 20 + row, (IRON, NIGHT, SEA)[(n * 2 + row) % 3])
        for row in range(5)
        for n in range(20)
    ]
    horn = [shape("M0 -14 L70 -48 V48 L0 14z", SUN), box(-26, -16, 30, 32, IRON, radius=4)]
    mast = [box(-7, 0, 14, 300, IRON)]
    windows = [box(x, y, 22, 30, DUST) for x in (40, 90, 140, 812, 862, 912) for y in (190, 250, 310)]
    return [
        *ground(NIGHT, None),
        disc(500, 150, 64, DUST),
        box(0, 150, 200, 250, IRON),
        box(780, 130, 220, 270, IRON),
        *windows,
        put(mast, 330, 110),
        put(mast, 670, 110),
        put(horn, 344, 140, 0.8),
        f'<g transform="translate(656 140) scale(-0.8 0.8)">{"".join(horn)}</g>',
        box(0, 372, WIDTH, 228, SEA),
        *heads,
    ]


def crossing() -> list[str]:
    """Draw a bridge of pontoons from bank to bank."""
    boats = [shape(f"M{180 + 84 * n} 384 h64 l-10 40 h-44z", IRON) for n in range(8)]
    jets = [stroke(f"M{770 + 26 * n} 380 Q{800 + 30 * n} 250 {860 + 34 * n} 270", SAIL, 6) for n in range(3)]
    return [
        *ground(sun=(190, 140, 78)),
        *sea(360),
        shape("M0 330 Q90 310 190 366 V600 H0z", DUNE),
        shape("M1000 170 Q900 180 850 300 L820 366 V600 H1000z", DUNE),
        shape("M1000 250 Q930 270 880 366 L870 420 V600 H1000z", SAND),
        *boats,
        box(120, 368, 740, 18, RED),
        *jets,
        *(
            put(
                [
                    box(0, -34, 70, 34, SEA, radius=6),
                    box(18, -52, 32, 20, SEA, radius=4),
                    disc(16, 0, 9, IRON),
                    disc(54, 0, 9, IRON),
                ],
                x,
                362,
            )
            for x in (240, 420, 600)
        ),
    ]


def fleet() -> list[str]:
    """Draw ships at anchor under yellow dust."""
    return [
        *ground("#f2e2b4", (760, 170, 84)),
        shape("M0 330 Q240 270 520 316 T1000 300 V380 H0z", DUNE),
        *sea(350, "#6d8580", "#86998f"),
        put(steamer(DUST), 90, 392, 0.62),
        put(steamer(SUN), 330, 400, 0.66),
        put(steamer(DUST), 590, 392, 0.62),
        put(steamer(RED), 180, 500, 1.0),
        put(steamer(DUST), 560, 512, 1.05),
        f'<path d="M0 0 H1000 V600 H0z" fill="{DUST}" fill-opacity="0.32"/>',
    ]


def across() -> list[str]:
    """Draw a long ship wedged between two banks, seen from above."""
    colours = (RED, SUN, SAIL, WAVE, DUST, DUNE)
    loads = [
        box(-330 + 66 * n, -46 + 32 * row, 60, 28, colours[(n * 5 + row * 2) % 6])
        for n in range(9)
        for row in range(3)
    ]
    ship = [
        shape("M-400 -56 H320 Q400 -40 430 0 Q400 40 320 56 H-400 Q-424 0 -400 -56z", IRON),
        *loads,
        box(272, -44, 34, 90, SAIL),
    ]
    tug = [shape("M-34 -16 H24 L44 0 L24 16 H-34z", SAIL), box(-16, -9, 22, 18, RED)]
    return [
        box(0, 0, WIDTH, HEIGHT, SEA),
        shape("M0 0 H1000 V110 Q760 140 500 116 T0 132z", SAND),
        shape("M0 600 H1000 V478 Q740 456 500 486 T0 470z", SAND),
        shape("M0 0 H1000 V62 Q700 92 420 70 T0 84z", DUNE),
        shape("M0 600 H1000 V536 Q700 512 420 540 T0 526z", DUNE),
        *(
            box(x, y, w, 5, WAVE, radius=2.5)
            for x, y, w in ((40, 300, 150), (90, 360, 180), (760, 230, 170), (820, 330, 130))
        ),
        f'<g transform="translate(500 298) rotate(-27)">{"".join(ship)}</g>',
        put(tug, 210, 250),
        put(tug, 770, 400),
    ]


PICTURES: Final[dict[str, Callable[[], list[str]]]] = {
    "pictures/cover": cover,
    "pictures/lighthouse": lighthouse,
    "articles/survey": survey,
    "articles/concession": concession,
    "articles/digging": digging,
    "articles/dredger": dredger,
    "articles/opening": opening,
    "articles/shares": shares,
    "articles/square": square,
    "articles/crossing": crossing,
    "articles/fleet": fleet,
    "articles/across": across,
}
"""What draws each picture, by its path in ``content/`` without the ending."""


def drawn(name: str) -> str:
    """Return the picture *name* as SVG."""
    height = 400 if name == "pictures/cover" else HEIGHT
    size = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    begun = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
    return "\n".join([begun, *PICTURES[name](), "</svg>", ""])


if __name__ == "__main__":
    for picture in PICTURES:
        (CONTENT / f"{picture}.svg").write_text(drawn(picture), encoding="utf-8")
