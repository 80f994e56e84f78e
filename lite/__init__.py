"""Builds JupyterLab and the tutorials as a site of plain files, with Python and the simulator in the page."""
