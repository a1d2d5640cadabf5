"""Linking: what the names of all pages mean, in the catalogue and among one another."""

from __future__ import annotations

from kg.link.catalogue import Catalogue
from kg.link.corrections import Corrections, add_correction
from kg.link.moves import Moves
from kg.link.resolve import link_page, resolve
from kg.link.slug import slug

__all__ = ["Catalogue", "Corrections", "Moves", "add_correction", "link_page", "resolve", "slug"]
