-- Says when the events are in order, a flush before they are on disk, so that whoever called can let the next ones go on their way
-- meanwhile: the lock is free by then. Nobody is told that his events are stored before they are on disk. Everything that 004 and 005
-- say still holds; the procedure is that of 005, with one line more.

CREATE OR REPLACE PROCEDURE history.append(
    of_records uuid[], with_versions bigint[], with_topics text[], with_states bytea[],
    read_records uuid[], read_versions bigint[],
    sealed_with bigint[],
    receipt_actors text[], receipt_keys text[], receipt_commands text[], receipt_sha256s bytea[],
    receipt_records uuid[], receipt_versions bigint[], receipt_answers jsonb[], receipt_events bigint[],
    INOUT last_position bigint, INOUT refused jsonb
) LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL synchronous_commit = off;
    -- To plan these statements anew for each call, as the database else would, takes several times as long as to run them.
    SET LOCAL plan_cache_mode = force_generic_plan;
    PERFORM pg_advisory_xact_lock(4703268521017386318);

    -- Subqueries that give one value are looked up in an index, row by row, however few rows the tables seemed to have when
    -- the plan was made; a join might be planned to read a whole table, and the plan outlives the reason.
    IF receipt_keys IS NOT NULL THEN
        SELECT jsonb_agg(jsonb_build_array('receipt', asked.nth, 0)) INTO refused
            FROM unnest(receipt_actors, receipt_keys) WITH ORDINALITY AS asked (actor, key, nth)
            WHERE (SELECT true FROM history.receipts r WHERE r.actor = asked.actor AND r.key = asked.key);
        IF refused IS NOT NULL THEN
            RETURN;
        END IF;
    END IF;

    IF read_records IS NOT NULL THEN
        SELECT jsonb_agg(jsonb_build_array('read', asked.nth, now_at.version)) INTO refused
            FROM unnest(read_records, read_versions) WITH ORDINALITY AS asked (id, version, nth)
            CROSS JOIN LATERAL (
                SELECT coalesce(max(e.originator_version), 0) AS version
                    FROM history.events e WHERE e.originator_id = asked.id
            ) AS now_at
            WHERE now_at.version <> asked.version;
        IF refused IS NOT NULL THEN
            RETURN;
        END IF;
    END IF;

    IF sealed_with IS NOT NULL THEN
        SELECT jsonb_agg(jsonb_build_array('key', asked.nth, asked.id)) INTO refused
            FROM unnest(sealed_with) WITH ORDINALITY AS asked (id, nth)
            WHERE (SELECT true FROM history.keys k WHERE k.id = asked.id) IS NULL;
        IF refused IS NOT NULL THEN
            RETURN;
        END IF;
    END IF;

    SELECT jsonb_agg(jsonb_build_array('version', asked.nth, asked.version)) INTO refused
        FROM unnest(of_records, with_versions) WITH ORDINALITY AS asked (id, version, nth)
        WHERE (
            SELECT true FROM history.events e
                WHERE e.originator_id = asked.id AND e.originator_version = asked.version
        );
    IF refused IS NOT NULL THEN
        RETURN;
    END IF;

    SELECT notification_id INTO last_position FROM history.events ORDER BY notification_id DESC LIMIT 1;
    last_position := coalesce(last_position, 0);

    IF receipt_keys IS NOT NULL THEN
        -- `receipt_events` says how many of the events come before the end of each receipt's own save.
        INSERT INTO history.receipts (actor, key, command, body_sha256, position, record_id, record_version, answer)
            SELECT r.actor, r.key, r.command, r.sha256, last_position + r.events, r.record, r.version, r.answer
                FROM unnest(
                    receipt_actors, receipt_keys, receipt_commands, receipt_sha256s,
                    receipt_records, receipt_versions, receipt_answers, receipt_events
                ) AS r (actor, key, command, sha256, record, version, answer, events);
    END IF;

    INSERT INTO history.events (originator_id, originator_version, topic, state, notification_id)
        SELECT e.id, e.version, e.topic, e.state, last_position + e.nth
            FROM unnest(of_records, with_versions, with_topics, with_states)
                WITH ORDINALITY AS e (id, version, topic, state, nth);
    last_position := last_position + coalesce(cardinality(of_records), 0);

    -- The payload tells listeners how far the history now reaches.
    PERFORM pg_notify('history_events', last_position::text);
    COMMIT;

    -- Sent at once, not with the answer.
    RAISE INFO 'in order';
    PERFORM history.settle();
END $$;
