"""Tells schemathesis how JSON Lines are sent."""

import json

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def as_lines(context, value):
    return (value if isinstance(value, str) else json.dumps(value)).encode("utf-8", "surrogatepass")
