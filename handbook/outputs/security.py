"""What a page may do, as a Content-Security-Policy: load the site's own files, and nothing else.

Nothing stands in a page itself: no script, no style, no handler (the rule `network` sees to it), so the policy
needs neither `unsafe-inline` nor a hash, and is the same for every edition. Each page says it in a `<meta>`, so
that it holds on any host; `_headers`, which static hosts read, and `deploy/nginx.conf` say it as a header too,
which also keeps the site out of other sites' frames.
"""

from __future__ import annotations

_RULES = {
    "default-src": "'self'",
    "img-src": "'self' data:",  # icons within style sheets
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
#: For pages on a host.
POLICY = "; ".join(f"{name} {sources}" for name, sources in _RULES.items())
#: For pages opened from a folder, where no file is of the same origin as another: files, but no network.
POLICY_OF_FILES = POLICY.replace("'self'", "'self' file:")
#: What a host should send with every page. Browsers heed `frame-ancestors` in a header only.
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def meta(policy: str = POLICY) -> str:
    """Return the element with which a page states a policy."""
    return f'<meta http-equiv="Content-Security-Policy" content="{policy}">'


def headers_file() -> str:
    """Return `_headers`, as static hosts read it at the top of a site."""
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in HEADERS.items())]) + "\n"
