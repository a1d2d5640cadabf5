"""How pages are read and extracted: on this machine, in one process or several."""
