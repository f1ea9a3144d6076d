"""Where the app lies on its server: at the root, or under a path such as /class/nn (`server.baseUrlPath`)."""

from collections.abc import Callable

import streamlit as st
from starlette.routing import Route
from starlette.types import Scope


def base_path() -> str:
    """Such as "/class/nn"; "" at the root."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def own_path(scope: Scope) -> str | None:
    """Path of a request within the app; None outside of it."""
    prefix = scope.get("root_path", "") + base_path()
    path: str = scope["path"]
    return path.removeprefix(prefix) if path.startswith(f"{prefix}/") else None


def page_route(path: str, endpoint: Callable) -> Route:
    return Route(f"{base_path()}{path}", endpoint)


def watch_routes(path: str, endpoint: Callable) -> list[Route]:
    """For who watches the server: within the app, and at the root, where a container's health check looks."""
    return [Route(f"{base}{path}", endpoint) for base in dict.fromkeys(("", base_path()))]
