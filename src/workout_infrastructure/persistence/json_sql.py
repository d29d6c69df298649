"""SQL fragments that write JSON the way this product does."""


def instant(column: str) -> str:
    """Write an instant as RFC 3339 in UTC, a whole second without a fraction as elsewhere."""
    written = f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return f"replace({written}, '.000000Z', 'Z')"
