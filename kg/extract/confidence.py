"""What is left of an extraction when only the surer half of it is wanted."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Extraction


def surer(extraction: Extraction, least: float) -> Extraction:
    """The extraction without the mentions, relations and references whose score is below `least`.

    What only such mentions named goes with all that was said of it; what the page states in a list
    or in its markup stays, and so does the reviewed film.
    """
    if least <= 0:
        return extraction
    clusters = []
    for cluster in extraction.clusters:
        sure = tuple(mention for mention in cluster.mentions if mention.score >= least)
        if sure or not cluster.mentions or cluster.id == extraction.topic:
            clusters.append(replace(cluster, mentions=sure))
    stated = {
        thing
        for relation in extraction.relations
        if relation.stated
        for thing in (relation.subject, relation.object, relation.part)
    }
    known = {cluster.id for cluster in clusters}
    clusters += [
        replace(cluster, mentions=())
        for cluster in extraction.clusters
        if cluster.id in stated - known
    ]
    named = {cluster.id for cluster in clusters}
    relations = tuple(
        replace(relation, part=relation.part if relation.part in named else "")
        for relation in extraction.relations
        if (relation.stated or relation.score >= least)
        and {relation.subject, relation.object} <= named
    )
    references = tuple(
        reference
        for reference in extraction.references
        if reference.score >= least and {reference.citing, reference.cited} <= named
    )
    kept = replace(extraction, clusters=tuple(clusters), relations=relations, references=references)
    if kept == extraction:
        return extraction
    return replace(kept, notes=(*extraction.notes, f"names or facts less sure than {least}"))
