"""Public sources in, town folders out: the files of docs/interchange.md, never the server."""
