"""What a person uses in the browser: `create_app` over a Store, `serve` for `allegata serve`."""

from allegata.web.app import create_app
from allegata.web.server import ServeError, serve_store

__all__ = ["ServeError", "create_app", "serve_store"]
