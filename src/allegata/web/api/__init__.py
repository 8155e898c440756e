"""The versioned HTTP API, for programs. A page's JSON twin may change with the page; this stays."""
