"""Answers that editors give often, to begin with."""

from django.db import models
from django.db.models import Q


class AnswerTemplate(models.Model):
    """Words for an answer. Whoever uses them can change them before they go out."""

    title = models.CharField(max_length=100, unique=True, help_text="What the button on the desk says.")
    text = models.TextField(help_text="Readers see this, as the editor leaves it.")

    class Meta:
        ordering = ["title"]
        constraints = [models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="answer_template_has_words")]

    def __str__(self) -> str:
        return self.title
