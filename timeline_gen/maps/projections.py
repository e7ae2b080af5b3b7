"""Equal-area projections: of the whole Earth, and of a part of it around a point. Angles are in degrees."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, hypot, radians, sin, sqrt
from typing import Final, Protocol

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M: Final = sqrt(3) / 2


class Projection(Protocol):
    """A map of the sphere with the radius 1; y grows to the north."""

    @property
    def longitude(self) -> float:
        """Return the meridian in the middle."""

    @property
    def latitude(self) -> float:
        """Return the latitude in the middle."""

    def forward(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point is. The *longitude* is within 180 degrees of the middle."""


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The Equal Earth projection (Šavrič, Patterson and Jenny, 2018, doi:10.1080/13658816.2018.1504949)."""

    longitude: float
    latitude: float = 0.0

    def forward(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point is."""
        theta = asin(_M * sin(radians(latitude)))
        square = theta * theta
        power = square * square * square
        slope = _A1 + 3 * _A2 * square + power * (7 * _A3 + 9 * _A4 * square)
        x = radians(longitude - self.longitude) * cos(theta) / (_M * slope)
        return x, theta * (_A1 + _A2 * square + power * (_A3 + _A4 * square))


@dataclass(frozen=True, slots=True)
class AzimuthalEqualArea:
    """The Lambert azimuthal equal-area projection (Snyder, *Map Projections*, 1987, formulas 22-4 to 24-2).

    It keeps shapes near its middle, which the other does not; the point opposite has no place on it.
    """

    longitude: float
    latitude: float

    def forward(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point is."""
        turn, phi, middle = radians(longitude - self.longitude), radians(latitude), radians(self.latitude)
        towards = sin(middle) * sin(phi) + cos(middle) * cos(phi) * cos(turn)
        scale = sqrt(2 / max(1 + towards, 1e-9))
        x = scale * cos(phi) * sin(turn)
        return x, scale * (cos(middle) * sin(phi) - sin(middle) * cos(phi) * cos(turn))


def angle_of(x: float, y: float) -> float:
    """Return how far, in radians, from the middle of an azimuthal map the point at *x*, *y* is."""
    return 2 * asin(min(1.0, hypot(x, y) / 2))
