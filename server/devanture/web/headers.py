"""Security headers on every answer, as ASGI middleware."""

from secure import ContentSecurityPolicy, PermissionsPolicy, ReferrerPolicy, Secure, XContentTypeOptions, XFrameOptions
from secure.headers import CrossOriginOpenerPolicy
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def _policy() -> ContentSecurityPolicy:
    """No inline script or style, nothing from elsewhere; MapLibre's worker is built as a blob."""
    policy = ContentSecurityPolicy().default_src("'self'").script_src("'self'").style_src("'self'")
    policy = policy.img_src("'self'", "data:", "blob:").worker_src("'self'", "blob:").connect_src("'self'")
    policy = policy.object_src("'none'").base_uri("'none'").form_action("'self'").frame_ancestors("'none'")
    return policy.custom_directive("require-trusted-types-for", "'script'")


HEADERS = Secure(
    csp=_policy(),
    referrer=ReferrerPolicy().same_origin(),
    xcto=XContentTypeOptions(),
    xfo=XFrameOptions().deny(),
    coop=CrossOriginOpenerPolicy().same_origin(),
    permissions=PermissionsPolicy().geolocation("self").camera("self").microphone(),
).headers


class SecurityHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
