"""Registry: what the clock brings, for ``manage.py work``."""

from datetime import timedelta

from articles.corrections.follow_mail import forget_followers
from articles.corrections.mail import forget_addresses
from articles.importing.polling import ask_feeds
from articles.outbox.tasks import Duty
from articles.summaries.tasks import find_passages, weigh_words

DUTIES = (
    Duty(every=timedelta(seconds=30), task=find_passages),
    Duty(every=timedelta(minutes=1), task=ask_feeds),
    Duty(every=timedelta(hours=1), task=forget_followers),
    Duty(every=timedelta(hours=6), task=forget_addresses),
    Duty(every=timedelta(hours=1), task=weigh_words),
)
