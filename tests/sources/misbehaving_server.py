"""An HTTP server on 127.0.0.1 that misbehaves as told: each path has a script of answers, the last one repeats."""

from __future__ import annotations

import gzip
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


@dataclass
class Asked:
    """One request, and how many bytes of body it was sent."""

    path: str
    headers: dict[str, str]
    sent: int = 0


@dataclass
class Script:
    """What each path answers, and what was asked of it."""

    base: str = ""
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def on(self, path: str, *answers: Answer) -> str:
        """Let a path answer so, one after the other; gives its address."""
        self.answers[path] = list(answers)
        return self.base + path

    def next_for(self, path: str) -> Answer:
        left = self.answers.get(path) or [status(404)]
        return left.pop(0) if len(left) > 1 else left[0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: Script

    def do_GET(self) -> None:
        self.asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
        self.script.asked.append(self.asked)
        self.script.next_for(self.path)(self)

    def head(self, code: int, **headers: object) -> None:
        """Send status and headers; `content_length=5` becomes `Content-Length: 5`, None leaves a header out."""
        self.send_response(code)
        for name, value in headers.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def body(self, content: bytes) -> None:
        self.asked.sent += len(content)  # first, since the client may be faster than this thread
        self.wfile.write(content)

    def hang_up(self) -> None:
        self.close_connection = True

    def reset(self) -> None:
        """Break the connection with a TCP reset, as a failing router does."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.hang_up()

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()

    def log_message(self, format: str, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up on a misbehaving server is right."""


@contextmanager
def misbehaving_server() -> Iterator[Script]:
    script = Script()
    with Server(("127.0.0.1", 0), type("Scripted", (Handler,), {"script": script})) as server:
        script.base = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield script
        finally:
            script.over.set()
            server.shutdown()
            thread.join()


def ok(content: bytes, **headers: object) -> Answer:
    """Answer as a good server does, also to conditions; `etag` and `last_modified` are headers like others."""

    def answer(handler: Handler) -> None:
        asked = handler.asked.headers
        if headers.get("etag") and asked.get("if-none-match") == headers["etag"]:
            handler.head(304, content_length=None, **headers)
            return
        handler.head(200, **{"content_length": len(content), **headers})
        handler.body(content)
        if "content_length" in headers:  # it lies, or is left out
            handler.hang_up()

    return answer


def rest(content: bytes, **headers: object) -> Answer:
    """Send what a Range asks for, where If-Range names the same content; else the whole."""

    def answer(handler: Handler) -> None:
        asked = handler.asked.headers
        piece = re.fullmatch(r"bytes=(\d+)-", asked.get("range", ""))
        marks = (headers.get("etag"), headers.get("last_modified"))
        if not piece or asked.get("if-range") not in marks:
            ok(content, **headers)(handler)
            return
        start = int(piece[1])
        told = f"bytes {start}-{len(content) - 1}/{len(content)}"
        handler.head(206, **{"content_length": len(content) - start, "content_range": told, **headers})
        handler.body(content[start:])

    return answer


def broken_off(content: bytes, after: int, *, reset: bool = False, **headers: object) -> Answer:
    """Promise the whole, send a part, then close or reset the connection."""

    def answer(handler: Handler) -> None:
        handler.head(200, content_length=len(content), **headers)
        handler.body(content[:after])
        handler.wfile.flush()
        if reset:
            handler.reset()
        else:
            handler.hang_up()

    return answer


def status(code: int, content: bytes = b"", **headers: object) -> Answer:
    def answer(handler: Handler) -> None:
        handler.head(code, content_length=len(content), **headers)
        handler.body(content)

    return answer


def redirect(to: str) -> Answer:
    return status(302, location=to)


def silent(script: Script, content: bytes = b"") -> Answer:
    """Promise more than it sends and keep the line open."""

    def answer(handler: Handler) -> None:
        handler.head(200, content_length=len(content) + 1000)
        handler.body(content)
        handler.wfile.flush()
        script.over.wait()
        handler.hang_up()

    return answer


def endless(script: Script) -> Answer:
    def answer(handler: Handler) -> None:
        handler.head(200)
        handler.hang_up()
        while not script.over.is_set():
            handler.body(b"0,one more line of a list that never ends\n" * 1000)

    return answer


def no_http(handler: Handler) -> None:
    handler.body(b"220 mail.example ready\r\n")
    handler.hang_up()


def in_chunks(*chunks: bytes, **headers: object) -> Answer:
    """Send a body without telling its length beforehand."""

    def answer(handler: Handler) -> None:
        handler.head(200, transfer_encoding="chunked", **headers)
        for chunk in (*chunks, b""):
            handler.body(b"%x\r\n%b\r\n" % (len(chunk), chunk))

    return answer


def packed(content: bytes, **headers: object) -> Answer:
    return ok(gzip.compress(content, mtime=0), content_encoding="gzip", **headers)
