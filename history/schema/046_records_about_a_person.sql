-- Which records are about a person: who gives access to a child's record, erases it, or asks whether a placement is open, must miss
-- none of them, so no read model will do. Every record says in its first event whom it is about; there are few first events.
-- A referral of an early edition says it only by naming the child.

CREATE FUNCTION history.about_of(state bytea) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    -- Inside a text of JSON each quotation mark has a stroke before it, so these bytes stand only where the field begins.
    SELECT CASE WHEN told.person ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$' THEN told.person::uuid END
        FROM (
            SELECT encode(substring(state FROM begins.there FOR 36), 'escape')
                FROM (
                    SELECT CASE
                        WHEN position('"about":"'::bytea IN state) > 0 THEN position('"about":"'::bytea IN state) + 9
                        WHEN position('"child_id":"'::bytea IN state) > 0 THEN position('"child_id":"'::bytea IN state) + 12
                    END
                ) AS begins (there)
        ) AS told (person)
$$;

CREATE INDEX events_that_begin_a_record_about ON history.events (history.about_of(state), notification_id)
    INCLUDE (originator_id, topic)
    WHERE originator_version = 1 AND history.about_of(state) IS NOT NULL;
