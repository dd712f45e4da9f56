-- Which checkpoints were given to whom outside, and what they answered: a cosignature, a time stamp, or nothing. What they hold is theirs;
-- this says where to look.

CREATE TABLE history.witnessed (
    nth bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    witness text NOT NULL,
    size bigint NOT NULL REFERENCES history.ledger_checkpoints (size),
    answer text NOT NULL,
    witnessed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (witness, size)
);

CREATE TRIGGER witnessed_is_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON history.witnessed
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_to_forget();
ALTER TABLE history.witnessed ENABLE ALWAYS TRIGGER witnessed_is_permanent;
