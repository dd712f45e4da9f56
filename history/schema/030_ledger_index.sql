-- The index of the ledger: how many events each record, person, commissioner and placement has, and which, under a root that every
-- checkpoint signs. It proves that nothing was left out of what somebody is given. docs/ledger.md has every byte of it.

-- One row for each entry that changed with the events up to `size`. What holds at a size is the newest row up to there, so the index can be
-- proved as it was at any checkpoint. `bucket_hash` is the hash of the whole bucket after that.
CREATE TABLE history.ledger_index (
    bucket integer NOT NULL CHECK (bucket BETWEEN 0 AND 65535),
    size bigint NOT NULL CHECK (size > 0),
    key bytea NOT NULL CHECK (length(key) = 32),
    count bigint NOT NULL CHECK (count > 0),
    chain bytea NOT NULL CHECK (length(chain) = 32),
    bucket_hash bytea NOT NULL CHECK (length(bucket_hash) = 32),
    PRIMARY KEY (bucket, size, key)
);

-- The roots over 256 neighbouring buckets each, as they changed: with them a proof needs a few hundred small rows, however many there are.
CREATE TABLE history.ledger_index_tops (
    number integer NOT NULL CHECK (number BETWEEN 0 AND 255),
    size bigint NOT NULL CHECK (size > 0),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (number, size)
);

CREATE TRIGGER ledger_index_is_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON history.ledger_index
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_to_forget();
ALTER TABLE history.ledger_index ENABLE ALWAYS TRIGGER ledger_index_is_permanent;

CREATE TRIGGER ledger_index_tops_are_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON history.ledger_index_tops
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_to_forget();
ALTER TABLE history.ledger_index_tops ENABLE ALWAYS TRIGGER ledger_index_tops_are_permanent;
