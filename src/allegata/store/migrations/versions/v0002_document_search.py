"""Full text over the newest versions of documents, filled from those that there are."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE VIEW document_newest AS "
        "SELECT d.number AS number, coalesce(v.title, '') AS title, v.text AS text "
        "FROM documents AS d JOIN document_versions AS v ON v.document = d.number AND v.version = d.newest"
    )
    op.execute(
        "CREATE VIRTUAL TABLE document_search USING fts5(title, text, content='document_newest', "
        "content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')"
    )
    op.execute("INSERT INTO document_search(document_search) VALUES ('rebuild')")
