"""Switching a document off and on: at once, in every channel and process, with a line in the history.

Retiring takes a document out of the corpus with a publication; a switch leaves corpus and index as they are,
and answers are as if the document were not there, until somebody switches it on again.
"""

from assistant.errors import PublishingError
from assistant.publishing.office import Office
from assistant.records.switches import OFF, ON, Switch, switches, write_switch
from assistant.records.users import Right, User, require


def switch_off(office: Office, user: User | None, document_id: str, note: str) -> int:
    """Let a document support no answer from now on; the number of the line in the history (PublishingError).

    `note` says why, in one line, for those who wonder later.
    """
    user = require(office.records, user, Right.PUBLISH, f"{OFF} {document_id}")
    if document_id not in {document.id for document in office.assistant.documents()}:
        raise PublishingError(f"{document_id}: 그런 문서가 없습니다. 목록에서 골라 주세요.")
    return _switched(office, user, document_id, OFF, note)


def switch_on(office: Office, user: User | None, document_id: str, note: str) -> int:
    """Let a document that was switched off speak again; the number of the line in the history."""
    user = require(office.records, user, Right.PUBLISH, f"{ON} {document_id}")
    return _switched(office, user, document_id, ON, note)


def switched_off(office: Office) -> tuple[Switch, ...]:
    """The documents that are off now: who, when, why."""
    return switches(office.records)


def _switched(office: Office, user: User, document_id: str, kind: str, note: str) -> int:
    note = " ".join(note.split())
    if not note:
        raise PublishingError(f"{document_id}: 까닭이 없습니다. 이력에 남을 한 줄을 적어 주세요.")
    off = document_id in {switch.document_id for switch in switched_off(office)}
    if off is (kind == OFF):
        state = "이미 꺼져" if off else "꺼져 있지 않고 켜져"
        raise PublishingError(f"{document_id}: {state} 있습니다. 새로 고쳐 확인해 주세요.")
    generation = office.generations.current_id()
    return write_switch(office.records, user.name, document_id, kind, note, generation)
