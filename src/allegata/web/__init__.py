"""What a person uses in the browser: `app.create_app` over a Store, `server.serve_store` to serve it.

Nothing is imported here: the commands take words from this room, and need no web server for that.
"""
