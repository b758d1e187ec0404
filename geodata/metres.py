"""A flat plane in metres around one latitude: good to a thousandth over a town."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Geometry

METRES_PER_DEGREE = 111_195.0
"""Of latitude, on the mean sphere of 6,371 km."""

Shapes = npt.NDArray[np.object_]


def scale(lat: float) -> npt.NDArray[np.float64]:
    """Metres per degree of longitude and of latitude at `lat` degrees."""
    return np.array([METRES_PER_DEGREE * np.cos(np.radians(lat)), METRES_PER_DEGREE])


def to_metres(shapes: Sequence[Geometry] | Shapes, lat: float) -> Shapes:
    """Geometries from degrees to metres on the plane of `lat`."""
    factor = scale(lat)
    return shapely.transform(np.asarray(shapes, dtype=object), lambda xy: xy * factor)


def to_degrees(shapes: Sequence[Geometry] | Shapes, lat: float) -> Shapes:
    """The way back from `to_metres`."""
    factor = scale(lat)
    return shapely.transform(np.asarray(shapes, dtype=object), lambda xy: xy / factor)
