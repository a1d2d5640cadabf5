"""Sources and formats, up to a page: clean text, zones, and what the markup states."""
