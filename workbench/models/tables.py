"""All tables in one import, so that the schema is complete wherever it is built or compared."""

from __future__ import annotations

from sqlmodel import SQLModel

from workbench.models.coding import (
    Barrier,
    Code,
    Coding,
    Memo,
    Quote,
    Recommendation,
    RecommendationBarrier,
    SavedQuery,
)
from workbench.models.journal import JournalEntry
from workbench.models.people import Coder, Person, PersonAttribute
from workbench.models.project import (
    Answer,
    Goal,
    MetricReading,
    Project,
    Stage,
    Touchpoint,
    Wave,
)
from workbench.models.shopping import (
    Appeal,
    Checklist,
    ChecklistVersion,
    Evidence,
    Location,
    Option,
    Question,
    Scenario,
    Section,
    Shopper,
    Visit,
    VisitAnswer,
)
from workbench.models.source import (
    Source,
    Speaker,
    TranscriptionJob,
    TranscriptionWindow,
    Turn,
)

metadata = SQLModel.metadata

__all__ = [
    "Answer",
    "Appeal",
    "Barrier",
    "Checklist",
    "ChecklistVersion",
    "Code",
    "Coder",
    "Coding",
    "Evidence",
    "Goal",
    "JournalEntry",
    "Location",
    "Memo",
    "MetricReading",
    "Option",
    "Person",
    "PersonAttribute",
    "Project",
    "Question",
    "Quote",
    "Recommendation",
    "RecommendationBarrier",
    "SavedQuery",
    "Scenario",
    "Section",
    "Shopper",
    "Source",
    "Speaker",
    "Stage",
    "Touchpoint",
    "TranscriptionJob",
    "TranscriptionWindow",
    "Turn",
    "Visit",
    "VisitAnswer",
    "Wave",
    "metadata",
]
