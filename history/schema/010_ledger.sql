-- The ledger: a Merkle tree (RFC 9162, section 2.1) over the stored bytes of all events, in the order of their positions. It is
-- written after the events, by one who follows them, so it costs an append nothing. docs/ledger.md has every byte of it.

-- Hashes are kept 256 together, as C2SP tlog-tiles has them: level 0 holds the hashes of events, and each hash of a level above is the
-- root of one full tile below. Only full tiles are here. `root` is kept beside them so that an unfinished tile one level up can be put
-- together from small rows.
CREATE TABLE history.ledger_tiles (
    level smallint NOT NULL CHECK (level >= 0),
    number bigint NOT NULL CHECK (number >= 0),
    hashes bytea NOT NULL CHECK (length(hashes) = 8192),
    root bytea NOT NULL CHECK (length(root) = 32),
    PRIMARY KEY (level, number)
);
-- Hashes do not compress: nobody should try.
ALTER TABLE history.ledger_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- The signed statements that the first `size` events have this root. Each names the one that it extends, and may be extended once, so
-- they are one chain that only grows, whoever writes to it.
-- `tail` has the hashes of the events that are new since the checkpoint before and in no full tile yet.
CREATE TABLE history.ledger_checkpoints (
    size bigint PRIMARY KEY CHECK (size > 0),
    extends bigint UNIQUE REFERENCES history.ledger_checkpoints (size) CHECK (extends < size),
    tail bytea NOT NULL CHECK (length(tail) % 32 = 0 AND length(tail) < 8192),
    note text NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
ALTER TABLE history.ledger_checkpoints ALTER COLUMN tail SET STORAGE EXTERNAL;

CREATE UNIQUE INDEX ledger_begins_once ON history.ledger_checkpoints ((true)) WHERE extends IS NULL;

CREATE TRIGGER ledger_tiles_are_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON history.ledger_tiles
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_to_forget();
ALTER TABLE history.ledger_tiles ENABLE ALWAYS TRIGGER ledger_tiles_are_permanent;

CREATE TRIGGER ledger_checkpoints_are_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON history.ledger_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_to_forget();
ALTER TABLE history.ledger_checkpoints ENABLE ALWAYS TRIGGER ledger_checkpoints_are_permanent;
