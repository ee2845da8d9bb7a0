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
        batch_op.create_index(batch_op.f("ix_coding_coder_id"), ["coder_id"], unique=False)

    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("codebook_frozen", sa.Boolean(), server_default="0", nullable=False)
        )


def downgrade() -> None:
    with op.batch_alter_table("project", schema=None) as batch_op:
        batch_op.drop_column("codebook_frozen")

    with op.batch_alter_table("coding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coding_coder_id"))
        batch_op.drop_column("settled")

    with op.batch_alter_table("code", schema=None) as batch_op:
        batch_op.drop_column("frozen")

    with op.batch_alter_table("saved_query", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_query_project_id"))

    op.drop_table("saved_query")
