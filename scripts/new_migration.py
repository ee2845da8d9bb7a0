"""Writes the next migration from the difference between the tables and the migrated schema.

Run it as ``python scripts/new_migration.py "what changes"``, read what it wrote, and raise ``SCHEMA_VERSION``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from workbench.store.migrating import alembic_config


def main() -> None:
    """Compare against an empty database brought to the newest migration."""
    versions = Path(__file__).parent.parent / "workbench" / "store" / "migrations" / "versions"
    number = len(list(versions.glob("[0-9]*.py"))) + 1
    with create_engine("sqlite://").connect() as connection:
        config = alembic_config(connection)
        if number > 1:
            command.upgrade(config, "head")
        command.revision(config, message=sys.argv[1], autogenerate=True, rev_id=f"{number:04d}")
    written = next(versions.glob(f"{number:04d}*.py"))
    text = written.read_text(encoding="utf-8")
    # a migration must not change its meaning when the program's own types do
    text = text.replace("sqlmodel.sql.sqltypes.AutoString(", "sa.String(")
    text = text.replace("workbench.models.base.UtcDateTime()", "sa.DateTime()")
    written.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
