"""Page to Extraction: a spaCy pipeline that names, clusters and relates what a review names."""
