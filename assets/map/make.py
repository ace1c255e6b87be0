#!/usr/bin/env python3
"""Makes `world.bin`, the world map of the window, from published packages.

The result is committed; run this only to change the map. The same packages give the same bytes.

    mkdir /tmp/map && cd /tmp/map
    npm pack world-atlas@2.0.2
    python3 -m venv venv && venv/bin/pip install pycountry==24.6.1
    venv/bin/python /path/to/muster/assets/map/make.py /tmp/map

Shapes are those of world-atlas's countries-110m. What its 177 countries leave out for being small, Singapore or Malta,
is a place without a shape: its point comes from countries-50m. Antarctica is left out. `README.md` states the licences
and the layout of the file.
"""

import hashlib
import heapq
import io
import json
import math
import pathlib
import struct
import sys
import tarfile

import pycountry

HERE = pathlib.Path(__file__).resolve().parent
ATLAS = ("world-atlas-2.0.2.tgz", "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97")
ANTARCTICA = "010"

# The map is centred on this meridian, and cut in the Pacific where no country comes apart. What lies farther west than
# the westernmost island of Alaska stands at the eastern edge.
MERIDIAN = 10.0
WESTERNMOST = -171.0
# A coordinate is stored as a whole number of this many parts of a degree.
PARTS = 180

# A point stands out if its triangle with its neighbours has more than this area, in square pixels of a picture of
# this width.
WIDTH = 1600.0
AREA = 1.5


def package(folder, name_and_sum):
    """The files of a package, by path, once its checksum holds."""
    name, expected = name_and_sum
    data = (folder / name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        sys.exit(f"{name} has the checksum {found}, not {expected}")
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {m.name: tar.extractfile(m).read() for m in tar.getmembers() if m.isfile()}


def countries(topology):
    """Each country's number, name, and polygons as lists of rings of whole numbers (see `PARTS`)."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for deltas in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in deltas:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)

    def ring(indices):
        points = []
        for index in indices:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    found = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry.get("id") == ANTARCTICA:
            continue
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        polygons = [[ring(indices) for indices in polygon] for polygon in polygons]
        found.append((geometry.get("id"), geometry["properties"]["name"], in_one_piece(polygons)))
    return found


def in_one_piece(polygons):
    """Stores the coordinates as whole numbers. A ring that runs past the 180th meridian goes on beyond it."""
    stored = []
    for polygon in polygons:
        rings = []
        for ring in polygon:
            turns, run = 0.0, []
            for before, (x, y) in zip([ring[0], *ring], ring):
                turns += 360.0 if before[0] - x > 180.0 else -360.0 if x - before[0] > 180.0 else 0.0
                run.append((x + turns, y))
            middle = (min(x for x, _ in run) + max(x for x, _ in run)) / 2.0
            shift = 360.0 if middle < WESTERNMOST else -360.0 if middle > WESTERNMOST + 360.0 else 0.0
            points = [(round((x + shift - MERIDIAN) * PARTS), round(y * PARTS)) for x, y in run]
            rings.append(without_knots(without_repeats(points[:-1])))
        # A speck that the atlas itself rounds to a line is no shape.
        rings = [ring for ring in rings if len(ring) > 2]
        if rings:
            stored.append(rings)
    return stored


def without_repeats(ring):
    """A ring without points that follow themselves."""
    return [p for i, p in enumerate(ring) if p != ring[i - 1]]


def without_knots(ring):
    """A ring without the spikes that cross themselves: two of Sudan's in the atlas."""

    def side(a, b, c):
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    def sharpness(i):
        (ax, ay), (bx, by), (cx, cy) = ring[i - 1], ring[i], ring[(i + 1) % len(ring)]
        dot = (ax - bx) * (cx - bx) + (ay - by) * (cy - by)
        return dot / (math.hypot(ax - bx, ay - by) * math.hypot(cx - bx, cy - by))

    for i in range(len(ring)):
        a, b, c, d = (ring[(i + j) % len(ring)] for j in range(4))
        if side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0:
            tip = max((i + 1) % len(ring), (i + 2) % len(ring), key=sharpness)
            return without_knots(ring[:tip] + ring[tip + 1 :])
    return ring


def projected(point):
    """A point in the Equal Earth projection, in pixels of a picture of `WIDTH`."""
    x, y = math.radians(point[0] / PARTS), math.radians(point[1] / PARTS)
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3.0) / 2.0 * math.sin(y))
    t2 = t * t
    t6 = t2**3
    across = 2.0 * math.sqrt(3.0) * x * math.cos(t) / (3.0 * (9 * a4 * t6 * t2 + 7 * a3 * t6 + 3 * a2 * t2 + a1))
    up = t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    scale = WIDTH / 5.4133
    return across * scale, up * scale


def area(points):
    """The area of a projected ring, positive if it runs anticlockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1])) / 2.0


def borders(rings):
    """Cuts the rings where three countries, or two and the sea, meet; returns the pieces, each once, and each ring's
    pieces: a number, or its complement where the piece is run through backwards."""
    near = {}
    for ring in rings:
        for before, at, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1]):
            near.setdefault(at, set()).add(frozenset((before, after)))
    arcs, known, lists = [], {}, []
    for ring in rings:
        cuts = [i for i, point in enumerate(ring) if len(near[point]) > 1]
        if not cuts:
            cuts = [ring.index(min(ring))]
        turned = ring[cuts[0] :] + ring[: cuts[0] + 1]
        cuts = [i - cuts[0] for i in cuts] + [len(turned) - 1]
        pieces = []
        for first, last in zip(cuts, cuts[1:]):
            piece = tuple(turned[first : last + 1])
            if piece in known:
                pieces.append(known[piece])
            elif piece[::-1] in known:
                pieces.append(~known[piece[::-1]])
            else:
                known[piece] = len(arcs)
                arcs.append(list(piece))
                pieces.append(known[piece])
        lists.append(pieces)
    return arcs, lists


def simplified(arc):
    """An arc without the points that do not stand out (Visvalingam and Whyatt). Its ends stay; a closed arc keeps four
    points, so that no island vanishes."""
    least = 5 if arc[0] == arc[-1] else 2
    points = [projected(p) for p in arc]
    before = list(range(-1, len(arc) - 1))
    after = list(range(1, len(arc) + 1))

    def size(i):
        return abs(area([points[before[i]], points[i], points[after[i]]]))

    sizes = {i: size(i) for i in range(1, len(arc) - 1)}
    queue = [(s, i) for i, s in sizes.items()]
    heapq.heapify(queue)
    left = len(arc)
    while queue and left > least:
        found, i = heapq.heappop(queue)
        if sizes.get(i) != found:
            continue
        if found > AREA:
            break
        del sizes[i]
        left -= 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if j in sizes:
                sizes[j] = max(size(j), found)
                heapq.heappush(queue, (sizes[j], j))
    kept = [0, *sorted(sizes), len(arc) - 1]
    return [arc[i] for i in kept]


def inner_point(polygon):
    """The point of a polygon farthest from its edges, as they look on the map, in stored coordinates."""
    rings = [[projected(p) for p in ring] for ring in polygon]

    def room(point):
        px, py = point
        inside, nearest = False, math.inf
        for ring in rings:
            for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1]):
                if (ay > py) != (by > py) and px < (bx - ax) * (py - ay) / (by - ay) + ax:
                    inside = not inside
                dx, dy = bx - ax, by - ay
                along = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy or 1.0)))
                # A label is wider than high: room to the sides counts half.
                nearest = min(nearest, math.hypot((ax + along * dx - px) / 1.6, ay + along * dy - py))
        return nearest if inside else -nearest

    xs, ys = [p[0] for p in polygon[0]], [p[1] for p in polygon[0]]
    box = (min(xs), max(xs), min(ys), max(ys))
    best, at = -math.inf, None
    for _ in range(4):
        steps = 24
        for i in range(steps + 1):
            for j in range(steps + 1):
                point = (round(box[0] + (box[1] - box[0]) * i / steps), round(box[2] + (box[3] - box[2]) * j / steps))
                found = room(projected(point))
                if found > best:
                    best, at = found, point
        w, h = (box[1] - box[0]) / 8.0, (box[3] - box[2]) / 8.0
        box = (at[0] - w, at[0] + w, at[1] - h, at[1] + h)
    return at


def largest(polygons):
    """The polygon with most area on the map."""
    return max(polygons, key=lambda polygon: abs(area([projected(p) for p in polygon[0]])))


def code(number):
    """The three letters of ISO 3166-1 for its number, or zeros without one."""
    country = pycountry.countries.get(numeric=number) if number else None
    return country.alpha_3.encode("ascii") if country else bytes(3)


def main():
    """Makes the map from the package in the folder that the command names."""
    files = package(pathlib.Path(sys.argv[1]), ATLAS)
    coarse = countries(json.loads(files["package/countries-110m.json"]))
    fine = countries(json.loads(files["package/countries-50m.json"]))

    rings = [ring for _, _, polygons in coarse for polygon in polygons for ring in polygon]
    arcs, lists = borders(rings)
    points = sum(map(len, arcs))
    arcs = [simplified(arc) for arc in arcs]
    out = bytearray(b"MAP1")
    out += struct.pack("<H", len(arcs))
    for arc in arcs:
        out += struct.pack("<H", len(arc))
        for point in arc:
            out += struct.pack("<hh", *point)
    have = {number for number, _, _ in coarse}
    drawn = [projected(point) for arc in arcs for point in arc]
    west, east = min(x for x, _ in drawn), max(x for x, _ in drawn)
    south, north = min(y for _, y in drawn), max(y for _, y in drawn)
    places = []
    for number, name, polygons in fine:
        if number in have or code(number) == bytes(3):
            continue
        at = inner_point(largest(polygons))
        x, y = projected(at)
        if west <= x <= east and south <= y <= north:
            places.append((number, at))
        else:
            print("outside the picture:", name)
    out += struct.pack("<H", len(coarse) + len(places))
    pieces = iter(lists)
    for number, _, polygons in coarse:
        out += code(number) + struct.pack("<hhB", *inner_point(largest(polygons)), len(polygons))
        for polygon in polygons:
            out += struct.pack("<B", len(polygon))
            for _ in polygon:
                ring = next(pieces)
                out += struct.pack(f"<H{len(ring)}h", len(ring), *ring)
    for number, at in places:
        out += code(number) + struct.pack("<hhB", *at, 0)
    (HERE / "world.bin").write_bytes(out)
    print(len(out), "bytes,", len(coarse), "countries,", len(places), "places,", len(arcs), "arcs,", points,
          "points, of which kept", sum(map(len, arcs)))
    print("without a code:", *(name for number, name, _ in coarse if code(number) == bytes(3)), sep=" ")


if __name__ == "__main__":
    main()
