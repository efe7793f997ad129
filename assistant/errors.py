"""Every error this project raises on purpose.

AssistantError
├── SettingsError          a setting or an option has a value that cannot be used
├── SourceError            a document of the corpus cannot be used
│   ├── UnsupportedSource  nobody here reads this kind of file
│   ├── UnreadableSource   the kind is known, the file is damaged, locked, encrypted, empty or too large
│   └── InvalidMetadata    front matter or sidecar breaks the contract
├── IndexUnavailable       there is no index to search
│   ├── IndexNotBuilt      nothing was built yet
│   ├── IndexMismatch      built by another encoder or another version of the layout
│   └── IndexDamaged       a file is missing or its checksum is wrong
├── QuestionError          a question that cannot be asked: empty, too long, not text
├── RecordsError           the record of questions and changes cannot be read or written
├── AccessDenied           nobody signed in, or not with this right
├── PublishingError        a change to the corpus that cannot be made
├── EvaluationError        topics, runs or gates that cannot be used
└── GeneratorError         the optional language model failed; the extractive answer stands

A message is one line: what is wrong, where, and what to do next. It is shown to people as it is, so it is in
Korean where counsellors and staff meet it.
"""


class AssistantError(Exception):
    """The root: everything that `cli.main` and the web boundary turn into one line."""


class SettingsError(AssistantError):
    """A setting or an option has a value that cannot be used."""


class SourceError(AssistantError):
    """A document of the corpus cannot be used."""


class UnsupportedSource(SourceError):
    """Nobody here reads this kind of file."""


class UnreadableSource(SourceError):
    """The kind of file is known, but this one is damaged, locked, encrypted, empty or too large."""


class InvalidMetadata(SourceError):
    """Front matter or a sidecar breaks the contract."""


class IndexUnavailable(AssistantError):
    """There is no index to search."""


class IndexNotBuilt(IndexUnavailable):
    """Nothing was built yet in this index folder."""


class IndexMismatch(IndexUnavailable):
    """The index was built by another encoder or another version of the layout."""


class IndexDamaged(IndexUnavailable):
    """A file of the index is missing or its checksum is wrong."""


class QuestionError(AssistantError):
    """A question that cannot be asked: empty, too long, not text."""


class RecordsError(AssistantError):
    """The record of questions and changes cannot be read or written."""


class AccessDenied(AssistantError):
    """Nobody signed in, or not with this right."""


class PublishingError(AssistantError):
    """A change to the corpus that cannot be made."""


class EvaluationError(AssistantError):
    """Topics, runs or gates that cannot be used."""


class GeneratorError(AssistantError):
    """The optional language model failed; the extractive answer stands."""
