"""A figure for each quality, measured on data that lies beside the checkout, with a pinned floor.

``python -m evals`` (``make evals``) measures all and compares with ``baseline.toml``;
``python -m evals.attribution`` and its like measure one. The data and its scorers are not part of the
project: they are looked for in a folder ``shared`` beside the checkout, or in the folder that
ALLEGATA_SHARED names, and what is absent is skipped aloud.
"""
