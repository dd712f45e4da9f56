-- The register: what the rows of the tables beside the events were, signed. The ledger proves the events; this proves the receipts, the
-- erasures, and the times of the checkpoints. docs/ledger.md has every byte of it.

-- Receipts in the order in which they became visible: handed out under the lock of an append. There may be gaps, where an append failed.
CREATE SEQUENCE history.receipts_nth;
ALTER TABLE history.receipts ADD COLUMN nth bigint NOT NULL DEFAULT nextval('history.receipts_nth');
ALTER SEQUENCE history.receipts_nth OWNED BY history.receipts.nth;
CREATE UNIQUE INDEX receipts_in_order ON history.receipts (nth);

-- One row for the next rows of a table: where each stands in the table's own order, its hash, and the signed chain over all up to here.
-- Each names the one that it goes on from, and may be gone on from once.
CREATE TABLE history.register (
    of_table text NOT NULL,
    last bigint NOT NULL,
    after bigint NOT NULL CHECK (after < last),
    places bigint[] NOT NULL CHECK (cardinality(places) > 0),
    hashes bytea NOT NULL CHECK (length(hashes) = 32 * cardinality(places)),
    note text NOT NULL,
    PRIMARY KEY (of_table, last),
    UNIQUE (of_table, after)
);
ALTER TABLE history.register ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE TRIGGER register_is_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON history.register
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_to_forget();
ALTER TABLE history.register ENABLE ALWAYS TRIGGER register_is_permanent;
