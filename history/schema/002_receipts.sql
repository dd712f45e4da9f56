-- Which commands were carried out, so that a repeated one is recognised. A receipt is written with the events it speaks of.

CREATE TABLE history.receipts (
    actor text NOT NULL,
    key text NOT NULL,
    command text NOT NULL,
    body_sha256 bytea NOT NULL CHECK (length(body_sha256) = 32),
    position bigint NOT NULL,
    record_id uuid,
    record_version bigint,
    answer jsonb NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (actor, key)
);

CREATE TRIGGER receipts_are_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON history.receipts
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_to_forget();
ALTER TABLE history.receipts ENABLE ALWAYS TRIGGER receipts_are_permanent;
