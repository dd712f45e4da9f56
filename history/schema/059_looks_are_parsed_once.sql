-- Each batch of looks is taken apart once, and not once for each thing that is counted of it: OFFSET keeps the inner question whole.
CREATE OR REPLACE FUNCTION history.looks_between(after bigint, until bigint) RETURNS SETOF history.looks_added_up
LANGUAGE sql STABLE PARALLEL SAFE AS $$
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
