-- What batches of looks add up to, so that nobody has to open years of looks to see whether any is missing: for each full block of 1,024
-- positions (block 0 begins at position 1) and each process that noted looks in it. It follows from the events: who asks writes what is missing,
-- the nightly check holds it against all of them, and whoever empties it loses nothing.
CREATE TABLE history.looks_added_up (
    block bigint NOT NULL CHECK (block >= 0),
    process uuid NOT NULL,
    part text NOT NULL,
    began_at timestamptz NOT NULL,
    last_heard_at timestamptz NOT NULL,
    last_batch bigint NOT NULL,
    batches bigint NOT NULL,
    looks bigint NOT NULL,
    missed bigint NOT NULL,
    ended boolean NOT NULL,
    PRIMARY KEY (block, process)
);

-- What the batches after one position and up to another add up to. Their looks are counted, and not read. Each batch is taken apart once, and
-- not once for each thing that is counted of it: OFFSET keeps the inner question whole.
CREATE FUNCTION history.looks_between(after bigint, until bigint) RETURNS SETOF history.looks_added_up LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (notification_id - 1) / 1024,
        (batch ->> 'process')::uuid,
        min(batch ->> 'part'),
        min(history.recorded_at(state)),
        max(history.recorded_at(state)),
        max((batch ->> 'batch')::bigint),
        count(*),
        sum(jsonb_array_length(coalesce(batch -> 'looks', '[]')))::bigint,
        sum(coalesce((batch ->> 'missed')::bigint, 0))::bigint,
        bool_or(coalesce((batch ->> 'ended')::boolean, false))
    FROM (
        SELECT notification_id, state, convert_from(state, 'UTF8')::jsonb AS batch FROM history.events
        WHERE originator_version = 1 AND topic = 'looks.noted' AND notification_id > after AND notification_id <= until
        OFFSET 0
    ) told
    GROUP BY 1, 2
$$;
