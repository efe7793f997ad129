"""A later generation of an index, made live: what a rollback leaves."""

import shutil
from dataclasses import replace

from assistant.index.generations import GenerationStore


def later(store: GenerationStore) -> str:
    """Copy the live generation to one that is built later, make that live, and tell its id."""
    first = store.current_id()
    manifest = replace(
        store.manifest(first), generation="29990101T000000-later", built_at="2999-01-01T00:00:00"
    )
    with store.building() as folder:
        shutil.copytree(store.path(first), folder, dirs_exist_ok=True)
        (folder / "manifest.json").unlink()
        store.seal(folder, manifest)
        store.switch(manifest.generation)
    return manifest.generation
