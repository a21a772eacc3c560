"""Answers that editors give often, to begin with."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AnswerTemplate(models.Model):
    """Words for an answer. Whoever uses them can change them before they go out."""

    title = models.CharField(_("title"), max_length=100, unique=True, help_text=_("What the button on the desk says."))
    text = models.TextField(_("text"), help_text=_("Readers see this, as the editor leaves it."))

    class Meta:
        verbose_name = _("answer template")
        verbose_name_plural = _("answer templates")
        ordering = ["title"]
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="answer_template_has_words")]

    def __str__(self) -> str:
        return self.title
