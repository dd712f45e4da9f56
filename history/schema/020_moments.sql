-- When things were written down, so that a moment can be turned into a position.
--
-- The clock is that of the process that decided, read before the append: two processes may have clocks that differ, and a decision
-- may be overtaken while it waits. So the times along the positions rise only nearly. A moment means the last position that was
-- written down at or before it: then nothing that was known by then is left out, and a later moment never means an earlier position.

-- Both stand near the beginning of the stored bytes, before anything that people wrote. 'escape' because the piece is cut off anywhere.
CREATE FUNCTION history.recorded_at(state bytea) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT split_part(
        encode(substring(state FROM position('"recorded_at":"'::bytea IN state) + 15 FOR 40), 'escape'), '"', 1
    )::timestamptz
$$;

CREATE FUNCTION history.occurred_on(state bytea) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT encode(substring(state FROM position('"occurred_on":"'::bytea IN state) + 15 FOR 10), 'escape')::date
$$;

-- The earliest time in each full block of 1,024 positions; block 0 begins at position 1. It follows from the events, who looks for a
-- moment writes what is missing, and whoever empties it loses nothing.
CREATE TABLE history.moments (
    block bigint PRIMARY KEY CHECK (block >= 0),
    earliest timestamptz NOT NULL
);
