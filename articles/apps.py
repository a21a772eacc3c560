"""The one app of the site."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "Newsroom"

    def ready(self) -> None:
        """Register the system checks and the triggers of each concept."""
        from articles.catalogue import listings  # noqa: F401, PLC0415
        from articles.corrections import guards as correction_guards  # noqa: F401, PLC0415
        from articles.drafting import checks as drafting_checks  # noqa: F401, PLC0415
        from articles.publishing import triggers as publishing_triggers  # noqa: F401, PLC0415
        from articles.revisions import guards as revision_guards  # noqa: F401, PLC0415
        from articles.search import checks as search_checks  # noqa: F401, PLC0415
        from articles.web import checks as web_checks  # noqa: F401, PLC0415
