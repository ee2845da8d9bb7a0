"""agreement and queries.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ROWS = {
    ("coding", "sqlite_autoindex_coding_1"): "50000 1",
    ("coding", "sqlite_autoindex_coding_2"): "50000 2 1 1",
    ("coding", "ix_coding_code_id_quote_id"): "50000 160 1",
    ("coding", "ix_coding_coder_id_code_id_id"): "50000 16000 60 1",
    ("quote", "sqlite_autoindex_quote_1"): "40000 1",
    ("quote", "sqlite_autoindex_quote_2"): "40000 200 1 1",
    ("turn", "sqlite_autoindex_turn_1"): "30000 1",
    ("turn", "sqlite_autoindex_turn_2"): "30000 150 1",
    ("turn", "ix_turn_source_id_start"): "30000 150 1",
    ("journal_entry", "sqlite_autoindex_journal_entry_1"): "50000 1",
    ("journal_entry", "sqlite_autoindex_journal_entry_2"): "50000 50000 1",
    ("journal_entry", "ix_journal_entry_project_id"): "50000 50000",
    ("journal_entry", "ix_journal_entry_project_id_state_number"): "50000 50000 20000 1",
}
"""How many rows there are in a large project, and for one value of each first columns of an index.

Without such numbers SQLite takes a coder's codings for as few as a quote's. They are given once and not measured, so
that every project is asked in the same way.
"""


def upgrade() -> None:
    op.create_table(
        "saved_query",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["project.id"], name=op.f("fk_saved_query_project_id_project")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_query")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_saved_query_project_id_name")),
    )
    with op.batch_alter_table("saved_query", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_query_project_id"), ["project_id"], unique=False)

    with op.batch_alter_table("code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("frozen", sa.Boolean(), server_default="0", nullable=False))

    with op.batch_alter_table("coding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settled", sa.Boolean(), server_default="0", nullable=False))
        batch_op.create_index(
            batch_op.f("ix_coding_coder_id_code_id_id"),
            ["coder_id", "code_id", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_coding_code_id_quote_id"), ["code_id", "quote_id"], unique=False
        )
        batch_op.drop_index(batch_op.f("ix_coding_code_id"))
        batch_op.drop_index(batch_op.f("ix_coding_quote_id"))

    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quote_source_id"))

    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_turn_source_id_start"), ["source_id", "start"], unique=False
        )
        batch_op.drop_index(batch_op.f("ix_turn_source_id"))

    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journal_entry_project_id_state_number"),
            ["project_id", "state", "number"],
            unique=False,
        )
        batch_op.drop_index(batch_op.f("ix_journal_entry_number"))

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("codebook_frozen", sa.Boolean(), server_default="0", nullable=False)
        )

    op.execute("ANALYZE sqlite_master")
    for (table, index), rows in _ROWS.items():
        op.execute(
            sa.text(
                "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)"
            ).bindparams(tbl=table, idx=index, stat=rows)
        )


def downgrade() -> None:
    op.execute("DELETE FROM sqlite_stat1")

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_column("codebook_frozen")

    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_entry_number"), ["number"], unique=False)
        batch_op.drop_index(batch_op.f("ix_journal_entry_project_id_state_number"))

    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_turn_source_id"), ["source_id"], unique=False)
        batch_op.drop_index(batch_op.f("ix_turn_source_id_start"))

    with op.batch_alter_table("quote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quote_source_id"), ["source_id"], unique=False)

    with op.batch_alter_table("coding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coding_quote_id"), ["quote_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coding_code_id"), ["code_id"], unique=False)
        batch_op.drop_index(batch_op.f("ix_coding_code_id_quote_id"))
        batch_op.drop_index(batch_op.f("ix_coding_coder_id_code_id_id"))
        batch_op.drop_column("settled")

    with op.batch_alter_table("code", schema=None) as batch_op:
        batch_op.drop_column("frozen")

    with op.batch_alter_table("saved_query", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_query_project_id"))

    op.drop_table("saved_query")
