"""What every template knows of the site as a whole."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str | bool]:
    """Context processor: the site's name and address, whether it sends mail, and the page's address without a query."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "OFFLINE_READING": settings.OFFLINE_READING,
        "SITE_URL": settings.SITE_URL,
        "EMAIL_IS_SET_UP": settings.EMAIL_IS_SET_UP,
        "canonical_url": absolute_url(request.path),
    }


def absolute_url(path: str) -> str:
    """``path`` (from the root) as an address for the world outside: feeds, mails, canonical links."""
    return f"{settings.SITE_URL}{path}"
