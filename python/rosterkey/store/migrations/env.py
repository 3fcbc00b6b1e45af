"""Run the revisions on the connection that `versions.upgrade` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from rosterkey.store.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    # SQLite cannot alter a column in place: a batch rebuilds the table.
    render_as_batch=True,
    # The whole upgrade stands in one transaction that is already open.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
