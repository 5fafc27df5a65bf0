"""The HTTP API, `/api/v1`: thin views that parse, call and render JSON. OpenAPI 3.1 beside it."""
