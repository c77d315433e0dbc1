"""One request to an endpoint: what it may answer, and what its failures are called."""
from __future__ import annotations

import base64
import http.client
import re
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import IO
from urllib.parse import SplitResult, unquote, urlencode, urlsplit, urlunsplit

from kg.errors import GraphError, QueryError, RectifyError

LONGEST_URL = 2000  # characters; a longer query goes as the body of a POST
MAX_BYTES = 256 * 1024 ** 2  # of an answer
EXCERPT = 200  # characters of what a server says of an error
LOOPBACK = ("localhost", "127.0.0.1", "::1")
CAUSES = {401: "wants a name and a password", 403: "forbids it", 404: "is no endpoint: there is no such page", 405: "takes no queries this way",
          407: "cannot be reached: the proxy wants a password"}


@dataclass(frozen=True, slots=True)
class Address:
    """The address of an endpoint. `shown` is what messages say; name and password are in `authorization` alone."""

    url: str
    shown: str
    authorization: str | None

    @classmethod
    def of(cls, text: str) -> Address:
        """Read an address as a user gives it.

        Raises:
            GraphError: it is no address of http or https, or would send a password in the open.
        """
        try:
            parts = urlsplit(text)
            host, port = parts.hostname, parts.port
        except ValueError as error:
            raise GraphError("is no address of an endpoint", file=_without_login(text)) from error
        shown = _without_login(text)
        if parts.scheme not in ("http", "https") or not host:
            raise GraphError("is no address of an endpoint: use http:// or https://", file=shown)
        if re.search(r"[\x00-\x20\x7f]", text):
            raise GraphError("is no address of an endpoint: it holds a space", file=shown)
        if parts.username is not None and parts.scheme == "http" and host not in LOOPBACK:
            raise GraphError("would send the password in the open: use https://", file=shown)
        place = f"[{host}]" if ":" in host else host
        bare = parts._replace(netloc=place if port is None else f"{place}:{port}", fragment="")
        return cls(urlunsplit(bare), shown, _authorization(parts))


def _without_login(text: str) -> str:
    return re.sub(r"(?<=://)[^/?#]*@", "", text)


def _authorization(parts: SplitResult) -> str | None:
    if parts.username is None:
        return None
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return "Basic " + base64.b64encode(login.encode("utf-8")).decode("ascii")


def fetch(address: Address, fields: list[tuple[str, str]], accept: str, seconds: float) -> tuple[str, bytes]:
    """Put `fields` to an endpoint: in the address if they are short, else as a form.

    Returns:
        The media type and the content of the answer.

    Raises:
        GraphError: the endpoint cannot be reached, or is none.
        QueryError: it did not like the query, or could not answer it.
    """
    opener = _opener(address)
    try:
        with opener.open(_request(address, fields, accept), timeout=seconds) as answer:
            return answer.headers.get_content_type(), _content(answer, address)
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(address, error) from error
    except urllib.error.URLError as error:
        raise GraphError(f"cannot be reached: {_reason(error.reason)}", file=address.shown) from error
    except (OSError, http.client.HTTPException) as error:
        raise GraphError(f"the endpoint broke off: {_reason(error)}", file=address.shown) from error


def _request(address: Address, fields: list[tuple[str, str]], accept: str) -> urllib.request.Request:
    form, url = urlencode(fields), address.url
    joined = url + ("&" if "?" in url else "?") + form
    headers = {"Accept": accept, "User-Agent": "rectify"}
    if address.authorization:
        headers["Authorization"] = address.authorization
    if len(joined) <= LONGEST_URL:
        return urllib.request.Request(joined, headers=headers)
    return urllib.request.Request(url, form.encode("ascii"), headers | {"Content-Type": "application/x-www-form-urlencoded"})


def _opener(address: Address) -> urllib.request.OpenerDirector:
    """Knows http and https and nothing else: no file:, no ftp:, no data:. A proxy is used as elsewhere, but not for this machine."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler({} if urlsplit(address.url).hostname in LOOPBACK else None), urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=ssl.create_default_context()), urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(), SameHost(),
    ):
        opener.add_handler(handler)
    return opener


class SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only on the host that the user named, and never from https to http."""

    def redirect_request(self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str,
                         headers: http.client.HTTPMessage, newurl: str) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        same = (new.scheme, new.netloc) == (old.scheme, old.netloc)
        upgraded = (old.scheme, new.scheme) == ("http", "https") and old.hostname == new.hostname and old.port == new.port is None
        if req.data is not None or not (same or upgraded):
            raise GraphError(f"sends to another address: give that one, if you trust it: {_printable(_without_login(newurl))}",
                             file=_without_login(req.full_url.partition("?")[0]))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _content(answer: http.client.HTTPResponse, address: Address) -> bytes:
    content = answer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise QueryError(f"the answer is larger than {MAX_BYTES // 1024 ** 2} MB", file=address.shown)
    if answer.length:  # of what was announced and did not come; half a graph could pass for a whole one
        raise http.client.IncompleteRead(content, answer.length)
    return content


def _refused(address: Address, error: urllib.error.HTTPError) -> RectifyError:
    if error.code in CAUSES:
        return GraphError(f"{CAUSES[error.code]} ({error.code})", file=address.shown)
    said = _printable(error.read(4 * EXCERPT).decode("utf-8", "replace"))
    what = "did not take the query" if error.code < 500 else "failed"
    return QueryError(f"the endpoint {what} ({error.code}): {said or _printable(str(error.reason))}", file=address.shown)


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "it did not answer in time"
    return _printable(getattr(error, "strerror", None) or str(error) or type(error).__name__)


def _printable(text: str) -> str:
    """What a server says, on one line and short."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= EXCERPT else line[:EXCERPT] + "…"
