"""What lies between the lines: water closed from the blank that the quays leave, and gardens from their paths.

BD TOPO as carried by the package has roads and buildings only. Roads and footpaths, without bridges, cut the town
into faces. Three of them hold water and run up to the outermost path of each bank; what stands at the edge is then
taken off again. Faces bounded mostly by footpaths and not built upon are squares and gardens.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Point, STRtree, box
from shapely.geometry.base import BaseGeometry

from geodata.nantes.bdtopo import Building, Segment

FERRY = "Bac ou liaison maritime"
FOOTPATHS = {"Sentier", "Chemin", "Escalier", "Route empierrée"}
QUAY = 3.0
"""Metres between the edge of a road or path and the water."""
NARROW = 7.0
"""Half the width under which a blank strip is a gap between two plots, not water."""
SPIT = 5.0
"""Half the width under which land in the water is only the margin of a path that ends there."""
GARDEN = 0.45, 0.12, 400.0
"""Least share of footpaths around a garden, greatest share built upon, least square metres."""
CLOSING = LineString([(355729, 6690071), (355752, 6690034)])
"""The path between the Erdre and the square on its eastern bank stops short of Quai Ceineray; this goes on."""


@dataclass(frozen=True, slots=True)
class Basin:
    """A body of water and a point of it in Lambert-93, read off a drawing of the roads."""

    name: str
    seed: Point


BASINS = (
    Basin("La Loire", Point(354100, 6688450)),
    Basin("Canal Saint-Félix", Point(356390, 6689254)),
    Basin("L’Erdre", Point(355650, 6690270)),
)
BOTANICAL_GARDEN = Point(356330, 6689860)
"""The Jardin des Plantes: its alleys are drawn as roads, so it is taken as the block between named streets."""


class Faces:
    """The faces of the town; everything in metres of Lambert-93."""

    def __init__(self, segments: Sequence[Segment], buildings: Sequence[Building], extent: BaseGeometry) -> None:
        self.extent = extent
        self.ground = [s for s in segments if s.level == 0 and s.nature != FERRY and not _bridge(s)]
        self.built = STRtree([building.shape for building in buildings])
        self.all = self._faces(self.ground, CLOSING)

    def _faces(self, segments: Sequence[Segment], *more: BaseGeometry) -> list[BaseGeometry]:
        net = shapely.union_all([*(s.line for s in segments), *more, self.extent.boundary])
        return list(shapely.get_parts(shapely.polygonize(shapely.get_parts(net).tolist())))

    def water(self) -> list[tuple[str, BaseGeometry]]:
        """Name and outline of each basin. A StopIteration means that a seed lies on a line."""
        shores = STRtree([shapely.buffer(s.line, s.width / 2 + QUAY) for s in self.ground])
        return [(basin.name, self._basin(basin, shores)) for basin in BASINS]

    def _basin(self, basin: Basin, shores: STRtree) -> BaseGeometry:
        wet = _without(_without(_holding(self.all, basin.seed), shores), self.built)
        opened = self._flowing_on(wet).buffer(-NARROW).buffer(NARROW + SPIT, join_style="mitre").buffer(-SPIT)
        inside = _without(shapely.intersection(opened, self.extent), self.built)
        parts = shapely.get_parts(inside)
        distances = np.array([part.distance(basin.seed) for part in parts])
        nearest: BaseGeometry = parts[int(distances.argmin())]
        return shapely.simplify(nearest, 0.5)

    def _flowing_on(self, wet: BaseGeometry) -> BaseGeometry:
        """The water with a margin beyond the map, or its corners would be rounded off at the map's edge."""
        west, south, east, north = self.extent.bounds
        around = shapely.difference(box(west - 40, south - 40, east + 40, north + 40), self.extent)
        return shapely.union(wet, shapely.intersection(wet.buffer(40, join_style="mitre"), around))

    def gardens(self, water: BaseGeometry) -> list[BaseGeometry]:
        """Squares and gardens, as far as footpaths tell."""
        paths = shapely.union_all([s.line for s in self.ground if s.nature in FOOTPATHS]).buffer(0.3)
        green = [
            face for face in self.all if _is_garden(face, paths, self.built) and not water.intersects(face.centroid)
        ]
        named = self._faces([s for s in self.ground if s.left.name or s.right.name])
        whole = shapely.union_all([*green, _holding(named, BOTANICAL_GARDEN)])
        trimmed = _without(shapely.difference(whole.buffer(-6).buffer(4), water), self.built)
        return [shapely.simplify(part, 0.5) for part in shapely.get_parts(trimmed) if part.area >= GARDEN[2]]


def _bridge(segment: Segment) -> bool:
    return segment.left.name.upper().startswith(("PONT ", "PLE "))


def _without(shape: BaseGeometry, taken: STRtree) -> BaseGeometry:
    """The shape less what of the tree touches it."""
    return shapely.difference(shape, shapely.union_all(taken.geometries[taken.query(shape, "intersects")]))


def _holding(faces: Sequence[BaseGeometry], seed: Point) -> BaseGeometry:
    return next(face for face in faces if face.contains(seed))


def _is_garden(face: BaseGeometry, paths: BaseGeometry, built: STRtree) -> bool:
    least_paths, most_built, least_area = GARDEN
    if face.area < least_area:
        return False
    around = face.boundary.intersection(paths).length / face.boundary.length
    upon = shapely.area(shapely.intersection(built.geometries[built.query(face)], face)).sum() / face.area
    return around >= least_paths and float(upon) <= most_built
