"""Bringing a database to the newest schema: in one transaction, after a verified backup."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from workbench.store import project_file, refusals
from workbench.store.backup import make_backup


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's settings for one open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection) -> None:
    """Run all pending migrations inside one transaction of our own and set the version marks."""
    driver = connection.connection.driver_connection
    if driver is None:  # pragma: no cover - a connection in use always has its driver's
        raise RuntimeError
    driver.execute("PRAGMA foreign_keys=OFF")  # a rebuilt table must not lose its children
    with connection.begin():
        command.upgrade(alembic_config(connection), "head")
        connection.exec_driver_sql(f"PRAGMA application_id={project_file.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={project_file.SCHEMA_VERSION}")
    driver.execute("PRAGMA foreign_keys=ON")


def migrate_file(folder: Path, version: int) -> None:
    """Back the database up, then migrate it; on failure the old schema stays.

    Raises:
        ProjectError: when the database refuses.
    """
    make_backup(folder, label=f"before-schema-{version + 1}")
    engine = project_file.make_engine(folder / project_file.DATABASE, read_only=False)
    try:
        with engine.connect() as connection:
            migrate(connection)
    except DatabaseError as error:
        raise refusals.database_error(error, folder) from None
    finally:
        engine.dispose()
