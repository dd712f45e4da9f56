-- Makes the transaction that calls it wait, as it commits, until everything that was visible before is on disk. A transaction
-- that writes nothing would not wait, so it writes a word to the log; and it waits whatever the session's setting is.

CREATE FUNCTION history.settle() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('synchronous_commit') = 'off' THEN
        SET LOCAL synchronous_commit = on;
    END IF;
    PERFORM pg_logical_emit_message(true, 'history', '');
END $$;

-- The one way to write events. Called outside a transaction; when it returns without a refusal, everything is on disk.
--
-- Appends take turns under an advisory lock, so that positions rise in the order in which events become visible, and a reader
-- that has seen position n has seen everything before it. A lock on the table would do the same, but would also wait for
-- VACUUM and CREATE INDEX CONCURRENTLY. To hold the lock through the flush to disk would allow one append a flush, so the first
-- transaction commits in memory only, which frees the lock, and a second, tiny one waits for the disk: it lies behind the first
-- in the same log, and everybody who waits shares one flush.
--
-- A position is one more than the highest, read from the end of the unique index under the lock: a sequence would leave a gap
-- where an append fails, and a counter row would leave a dead row for every append.
--
-- What can be foreseen is answered in `refusal` and nothing is written: 'receipt', the command was carried out before;
-- 'read', a record that the decision rests on was changed (which, and its version now); 'key', a key was destroyed after words
-- were sealed with it (its id, in `refused_version`). A second writer to a record meets the primary key.

CREATE PROCEDURE history.append(
    of_records uuid[], with_versions bigint[], with_topics text[], with_states bytea[],
    read_records uuid[], read_versions bigint[],
    sealed_with bigint[],
    receipt_actor text, receipt_key text, receipt_command text, receipt_sha256 bytea,
    receipt_record uuid, receipt_version bigint, receipt_answer jsonb,
    INOUT last_position bigint, INOUT refusal text, INOUT refused_record uuid, INOUT refused_version bigint
) LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL synchronous_commit = off;
    PERFORM pg_advisory_xact_lock(4703268521017386318);

    IF receipt_key IS NOT NULL THEN
        PERFORM FROM history.receipts WHERE actor = receipt_actor AND key = receipt_key;
        IF FOUND THEN
            refusal := 'receipt';
            RETURN;
        END IF;
    END IF;

    IF read_records IS NOT NULL THEN
        SELECT r.id, now_at.version INTO refused_record, refused_version
            FROM unnest(read_records, read_versions) AS r (id, version)
            CROSS JOIN LATERAL (
                SELECT coalesce(max(e.originator_version), 0) AS version
                    FROM history.events e WHERE e.originator_id = r.id
            ) AS now_at
            WHERE now_at.version <> r.version
            LIMIT 1;
        IF FOUND THEN
            refusal := 'read';
            RETURN;
        END IF;
    END IF;

    IF sealed_with IS NOT NULL THEN
        SELECT s.id INTO refused_version FROM unnest(sealed_with) AS s (id)
            WHERE NOT EXISTS (SELECT FROM history.keys k WHERE k.id = s.id)
            LIMIT 1;
        IF FOUND THEN
            refusal := 'key';
            RETURN;
        END IF;
    END IF;

    SELECT notification_id INTO last_position FROM history.events ORDER BY notification_id DESC LIMIT 1;
    last_position := coalesce(last_position, 0);

    INSERT INTO history.events (originator_id, originator_version, topic, state, notification_id)
        SELECT e.id, e.version, e.topic, e.state, last_position + e.nth
            FROM unnest(of_records, with_versions, with_topics, with_states)
                WITH ORDINALITY AS e (id, version, topic, state, nth);
    last_position := last_position + coalesce(cardinality(of_records), 0);

    IF receipt_key IS NOT NULL THEN
        INSERT INTO history.receipts (actor, key, command, body_sha256, position, record_id, record_version, answer)
            VALUES (receipt_actor, receipt_key, receipt_command, receipt_sha256, last_position,
                    receipt_record, receipt_version, receipt_answer);
    END IF;

    -- The payload tells listeners how far the history now reaches.
    PERFORM pg_notify('history_events', last_position::text);
    COMMIT;

    PERFORM history.settle();
END $$;
