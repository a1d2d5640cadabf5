"""Views of a graph: networks, measures, layouts, pictures, and files for other programs."""
