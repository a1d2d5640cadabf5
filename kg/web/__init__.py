"""The graph over HTTP: a SPARQL endpoint, and a page for everything that has an IRI."""
