"""Run by Alembic: the steps run on the connection that `upgrading.upgrade` was given."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
