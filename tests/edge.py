"""nginx in front of the site, as deploy/nginx.conf sets it up."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.live import free_port
from tests.system import ROOT

CONFIGURATION = ROOT / "deploy" / "nginx.conf"
# Headers that nginx makes itself for a file.
OWN = {"content-length", "content-type", "date", "etag", "last-modified", "server"}
AROUND = """daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    access_log off; default_type text/html; sendfile on; tcp_nopush on;
    open_file_cache max=100; keepalive_requests 1000000;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    {servers}
}}
"""


def is_installed() -> bool:
    """Whether this machine has nginx."""
    return shutil.which("nginx") is not None


def in_front_of(site: str, folder: Path, port: int, *, static: Path) -> str:
    """The servers of deploy/nginx.conf, on ``port`` and without TLS, before the site at the address ``site``."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    text = re.sub(r"^ *ssl_.*\n", "", text, flags=re.MULTILINE)
    for name, value in {
        "listen 443 ssl http2;": f"listen 127.0.0.1:{port};",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "server 127.0.0.1:8000;": f"server {urlsplit(site).netloc};",
        "proxy_set_header Host $host;": "proxy_set_header Host $http_host;",
        "/var/cache/nginx/newsroom": f"{folder}/cache",
        "/var/lib/newsroom/static/": f"{static}/",
    }.items():
        if name not in text:
            raise ValueError(f"{CONFIGURATION} no longer says {name!r}.")
        text = text.replace(name, value)
    return text


def files(folder: Path, port: int, headers: Mapping[str, Mapping[str, str]]) -> str:
    """A server that sends the files in ``folder``, or those packed beside them, each with its ``headers``."""
    locations = "\n".join(f"location = /{name} {{ {_adding(those)} }}" for name, those in headers.items())
    return f"server {{ listen 127.0.0.1:{port}; root {folder}; gzip_static on; types {{ }}\n{locations} }}"


def _adding(headers: Mapping[str, str]) -> str:
    """Directives that add ``headers``, except what nginx says itself."""
    kept = {name: value for name, value in headers.items() if name not in OWN}
    added = " ".join(f'add_header {name} "{value}";' for name, value in kept.items())
    return f'default_type "{headers["content-type"]}"; {added}'


@contextmanager
def nginx(folder: Path, port: int, servers: str) -> Iterator["subprocess.Popen[bytes]"]:
    """Run nginx with these servers until the block ends, its files in ``folder``; wait until ``port`` answers."""
    configuration = folder / "nginx.conf"
    configuration.write_text(AROUND.format(folder=folder, servers=servers), encoding="utf-8")
    # Started as root it would give its worker another user, who can't read the folder.
    command = ["nginx", "-e", str(folder / "error.log"), "-c", str(configuration), "-g", "user root;"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(process, port, folder / "error.log")
        yield process
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until something listens on ``port``. Raises RuntimeError with the log if the process ends instead."""
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"nginx does not run:\n{log.read_text(encoding='utf-8')}")
