-- The keys that open personal words, each wrapped by a master key that is not in the database.
-- This is the one table of the history where a row may be deleted: without its key, a person's words are gone.

CREATE TABLE history.keys (
    id bigserial PRIMARY KEY,
    subject uuid NOT NULL,
    category text NOT NULL,
    wrapped bytea NOT NULL,
    master text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (subject, category)
);
