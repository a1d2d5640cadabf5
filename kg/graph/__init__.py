"""Facts and their evidence as RDF: mapping, store, queries, exports, validation."""
