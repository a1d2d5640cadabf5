"""Where the nodes of a network stand: computed in Python, the same on every run.

Each connected component starts from pivot multidimensional scaling (Brandes and Pich 2006), which
gets the large shape right, and is refined by the forces of ForceAtlas2 (Jacomy et al. 2014): every
node repels every other by their degrees, edges pull like springs. Up to 400 nodes repulsion is
exact; above, it is computed on a mesh by a Fourier transform, with the nearest neighbours exact, so
that 5,000 nodes take seconds. Then nodes are pushed apart until their names have room, and
components are packed side by side.
"""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]  # scipy ships no types
from scipy.sparse import csgraph  # type: ignore[import-untyped]  # likewise
from scipy.spatial import cKDTree  # type: ignore[import-untyped]  # likewise

from kg.view.packing import Box, pack

Points = npt.NDArray[np.float64]  # shape (nodes, 2)
Indices = npt.NDArray[np.intp]

SEED = 1895
EXACT_UP_TO = 400
MESH = 96  # cells along the longer side
MASS_POWER = 0.6  # of a node's degree: 1 keeps leaves close to their hubs, 0 treats all alike
GRAVITY = 0.08  # keeps chains from reaching far out
WIDTH_OF_NAMES = 2.6  # a name is wide and low: room asked for to the sides against up and down


def positions(
    network: nx.MultiDiGraph[str], *, sizes: Mapping[str, float] | None = None
) -> dict[str, tuple[float, float]]:
    """A place for every node, x to the right and y downwards, in units of a pixel at zoom 1.

    `sizes` are the radii that the nodes will be drawn with (8 where not given). The middle of the
    drawing is (0, 0). Where years are known, older films stand to the left in each component.
    """
    nodes = sorted(network)
    if not nodes:
        return {}
    number = {node: index for index, node in enumerate(nodes)}
    radii = np.array([(sizes or {}).get(node, 8.0) for node in nodes])
    years = np.array([float(network.nodes[node].get("year", np.nan)) for node in nodes])
    adjacency = _adjacency(network, number)
    count, membership = csgraph.connected_components(adjacency, directed=False)
    order = np.argsort(membership, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(membership, minlength=count))[:-1])
    placed = [_component(adjacency[part][:, part], radii[part], years[part]) for part in members]
    boxes = [_box(points, radii[part]) for points, part in zip(placed, members, strict=True)]
    everything = np.zeros((len(nodes), 2))
    for part, points, box, corner in zip(members, placed, boxes, pack(boxes), strict=True):
        everything[part] = points - (box.left, box.top) + corner
    everything -= (everything.min(axis=0) + everything.max(axis=0)) / 2
    return {
        node: (round(float(x), 2), round(float(y), 2))
        for node, (x, y) in zip(nodes, everything, strict=True)
    }


def _adjacency(network: nx.MultiDiGraph[str], number: Mapping[str, int]) -> sparse.csr_matrix:
    """Symmetric weights between the nodes, loops left out."""
    ends = [
        (number[source], number[target], float(edge["weight"]))
        for source, target, edge in network.edges(data=True)
        if source != target
    ]
    ends.sort()
    table = np.array(ends) if ends else np.zeros((0, 3))
    rows, columns = table[:, 0].astype(np.intp), table[:, 1].astype(np.intp)
    size = len(number)
    one_way = sparse.csr_matrix((table[:, 2], (rows, columns)), shape=(size, size))
    return (one_way + one_way.T).tocsr()


def _box(points: Points, radii: npt.NDArray[np.float64]) -> Box:
    reach = radii[:, None] * (1.0, 1.0) + (34.0, 20.0)  # half a short name beside each node
    low, high = (points - reach).min(axis=0), (points + reach).max(axis=0)
    return Box(float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1]))


def _component(
    adjacency: sparse.csr_matrix, radii: npt.NDArray[np.float64], years: npt.NDArray[np.float64]
) -> Points:
    """Positions of the nodes of one connected component."""
    size = adjacency.shape[0]
    if size == 1:
        return np.zeros((1, 2))
    points = _pivot_scaling(adjacency) if size > 2 else np.array([[0.0, 0.0], [1.0, 0.0]])
    if size > 2:
        points = _forces(points, adjacency)
    points = _level(points, years)
    tree = cKDTree(points)
    nearest = tree.query(points, k=2)[0][:, 1]
    # a few films have a sheet to themselves, many must stand closer
    wanted = 2 * float(np.median(radii)) + 34 + 1200 / (size + 20)
    points = points * (wanted / max(float(np.quantile(nearest, 0.7)), 1e-9))
    return _apart(points, radii)


def _pivot_scaling(adjacency: sparse.csr_matrix, pivots: int = 40) -> Points:
    """A rough drawing from the distances to a few nodes that lie far from one another."""
    size = adjacency.shape[0]
    unweighted = sparse.csr_matrix(
        (np.ones_like(adjacency.data), adjacency.indices, adjacency.indptr), shape=adjacency.shape
    )
    degrees = np.diff(adjacency.indptr)
    pivot = int(np.argmax(degrees))
    columns = []
    closest = np.full(size, np.inf)
    for _ in range(min(pivots, size)):
        distances = csgraph.dijkstra(unweighted, indices=pivot, unweighted=True)
        columns.append(distances)
        closest = np.minimum(closest, distances)
        pivot = int(np.argmax(closest))
    squared = np.column_stack(columns) ** 2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, -1:-3:-1]
    axes = axes * np.sign(axes[np.argmax(np.abs(axes), axis=0), range(axes.shape[1])])
    points = -0.5 * centred @ axes
    if points.shape[1] < 2:
        points = np.column_stack([points, np.zeros(size)])
    spread = np.maximum(points.std(axis=0), 1e-9)
    # leaves of one node have the same distances to everything: a seeded push tells them apart
    jitter = np.random.default_rng(SEED).normal(0.0, 0.05, points.shape)
    return np.asarray((points / spread.max() + jitter) * np.sqrt(size) * 2)


def _forces(points: Points, adjacency: sparse.csr_matrix) -> Points:
    """The drawing after the forces have come to rest."""
    upper = sparse.triu(adjacency).tocoo()
    sources, targets = upper.row.astype(np.intp), upper.col.astype(np.intp)
    strength = 1.0 + np.log(np.maximum(upper.data, 1.0))
    size = len(points)
    mass = 1.0 + np.diff(adjacency.indptr) ** MASS_POWER
    rounds = 400 if size <= EXACT_UP_TO else 200
    heat = 0.12 * float(np.ptp(points, axis=0).max())
    for turn in range(rounds):
        push = _repel(points, mass) if size <= EXACT_UP_TO else _repel_on_mesh(points, mass)
        along = points[targets] - points[sources]
        pull = along * strength[:, None]
        for axis in range(2):
            push[:, axis] += np.bincount(sources, pull[:, axis], minlength=size)
            push[:, axis] -= np.bincount(targets, pull[:, axis], minlength=size)
        push -= GRAVITY * mass[:, None] * (points - points.mean(axis=0))
        step = push / mass[:, None]
        length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-12)
        limit = heat * (1.0 - turn / rounds) ** 1.5 + 1e-4
        points = points + step * (np.minimum(length * 0.5, limit) / length)[:, None]
    return points


def _repel(points: Points, mass: npt.NDArray[np.float64]) -> Points:
    between = points[:, None, :] - points[None, :, :]
    squared = np.einsum("ijk,ijk->ij", between, between) + 1e-3
    return np.asarray(np.einsum("ijk,ij->ik", between, mass[:, None] * mass[None, :] / squared))


def _repel_on_mesh(points: Points, mass: npt.NDArray[np.float64]) -> Points:
    """The same force from masses spread over a mesh (particle-mesh method), nearest ones exact."""
    low = points.min(axis=0)
    cell = float(np.ptp(points, axis=0).max()) / (MESH - 2) + 1e-9
    place = (points - low) / cell
    corner = np.floor(place).astype(np.intp)
    part = place - corner
    shares = [
        (dx, dy, np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1]))
        for dx in (0, 1)
        for dy in (0, 1)
    ]
    mesh = np.zeros(MESH * MESH)
    for dx, dy, share in shares:
        cells = (corner[:, 0] + dx) * MESH + corner[:, 1] + dy
        mesh += np.bincount(cells, mass * share, minlength=MESH * MESH)
    spectrum = np.fft.rfft2(mesh.reshape(MESH, MESH), s=(2 * MESH, 2 * MESH))
    offset = np.fft.fftfreq(2 * MESH, 1 / (2 * MESH))
    across, down = offset[:, None], offset[None, :]
    # softened to two cells, within which the nearest neighbours are added exactly below
    softened = across**2 + down**2 + 2.0
    force = np.zeros_like(points)
    for axis, kernel in enumerate((across / softened, down / softened)):
        field = np.fft.irfft2(spectrum * np.fft.rfft2(kernel), s=(2 * MESH, 2 * MESH))
        for dx, dy, share in shares:
            force[:, axis] += field[corner[:, 0] + dx, corner[:, 1] + dy] * share
    force *= mass[:, None] / cell
    reach = min(13, len(points))
    _, nearest = cKDTree(points).query(points, k=reach)
    between = points[:, None, :] - points[nearest[:, 1:]]
    squared = np.einsum("ijk,ijk->ij", between, between)
    missing = 1.0 / (squared + 1e-3) - 1.0 / (squared + 2.0 * cell**2)
    weights = mass[:, None] * mass[nearest[:, 1:]] * missing
    return np.asarray(force + np.einsum("ijk,ij->ik", between, weights))


def _level(points: Points, years: npt.NDArray[np.float64]) -> Points:
    """The drawing turned so that it is wider than high, older films to the left."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(points.T @ points)
    points = points @ axes[:, ::-1]
    known = ~np.isnan(years)
    if known.sum() > 1 and float(np.ptp(years[known])) > 0:
        age = years[known] - years[known].mean()
        leaning = float(age @ points[known, 0])
    else:
        leaning = float(points[0, 0])
    flip = -1.0 if leaning < 0 else 1.0
    return np.asarray(points * (flip, 1.0 if points[0, 1] >= 0 else -1.0))


def _apart(points: Points, radii: npt.NDArray[np.float64], rounds: int = 120) -> Points:
    """The drawing with nodes pushed away from one another until names fit between them."""
    squeeze = np.array([1.0 / WIDTH_OF_NAMES, 1.0])
    points = points * squeeze
    gap = 13.0
    for _ in range(rounds):
        pairs: Indices = cKDTree(points).query_pairs(
            2 * float(radii.max()) + gap, output_type="ndarray"
        )
        if len(pairs) == 0:
            break
        first, second = pairs[:, 0], pairs[:, 1]
        between = points[second] - points[first]
        distance = np.hypot(between[:, 0], between[:, 1])
        # a wide name needs room to the sides: distances are measured in the squeezed plane
        overlap = radii[first] * 0.8 + radii[second] * 0.8 + gap - distance
        close = overlap > 0.1
        if not close.any():
            break
        first, second = first[close], second[close]
        push = between[close] / np.maximum(distance[close], 1e-6)[:, None] * overlap[close, None]
        for axis in range(2):
            points[:, axis] -= np.bincount(first, push[:, axis] * 0.35, minlength=len(points))
            points[:, axis] += np.bincount(second, push[:, axis] * 0.35, minlength=len(points))
    return np.asarray(points / squeeze)
