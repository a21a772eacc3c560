"""Registry: every model of the app, where Django and its migrations look for them."""

from articles.catalogue.models import (
    Article,
    ArticleSource,
    ArticleTopic,
    FormerSlug,
    Image,
    ReviewDetails,
    SiteStatement,
    Source,
    Topic,
)
from articles.corrections.models import AnswerTemplate, Correction, Follower, ProposedCorrection, Report
from articles.drafting.models import DraftRun
from articles.importing.models import FeedItem, ImportedDocument, ImportRun, LoadedFixture, Original
from articles.importing.possible_repeats import Likeness, LikenessKey, PossibleRepeat
from articles.importing.proposals import ProposedChange, ProposedField
from articles.importing.uploads import Upload, UploadedFile
from articles.outbox.models import QueuedTask
from articles.publishing.models import Generation, StoryState
from articles.revisions.models import Revision, RevisionText
from articles.summaries.models import Bullet, BulletEvent, Evidence
from articles.summaries.word_counts import WordCounts

__all__ = [
    "AnswerTemplate",
    "Article",
    "ArticleSource",
    "ArticleTopic",
    "Bullet",
    "BulletEvent",
    "Correction",
    "DraftRun",
    "Evidence",
    "FeedItem",
    "Follower",
    "FormerSlug",
    "Generation",
    "Image",
    "ImportRun",
    "ImportedDocument",
    "Likeness",
    "LikenessKey",
    "LoadedFixture",
    "Original",
    "PossibleRepeat",
    "ProposedChange",
    "ProposedCorrection",
    "ProposedField",
    "QueuedTask",
    "Report",
    "ReviewDetails",
    "Revision",
    "RevisionText",
    "SiteStatement",
    "Source",
    "StoryState",
    "Topic",
    "Upload",
    "UploadedFile",
    "WordCounts",
]
