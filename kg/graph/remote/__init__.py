"""A graph on a SPARQL 1.1 server instead of in a folder: the same questions, the same changes."""
