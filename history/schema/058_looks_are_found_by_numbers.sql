-- The index that finds looks by an id holds a number for each id, where it held the id as text: a page of a hundred rows names two hundred
-- of them, and to put each in its place cost the database more than half of what a look costs. Two ids may share a number; so whoever
-- asks compares what was found with what was asked for.

CREATE FUNCTION history.number_of_name(name text) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN hashtextextended(name COLLATE "C", 0);

-- convert_from depends on nothing but its arguments; PostgreSQL calls it stable because an encoding might be defined anew.
CREATE FUNCTION history.numbers_in_looks(state bytea) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    told jsonb := convert_from(state, 'UTF8')::jsonb;
BEGIN
    -- A refusal names them at the top; a batch of looks, in each look. An index takes each number once, however often it is given.
    RETURN ARRAY(
        SELECT history.number_of_name(named) FROM (
            SELECT told ->> 'person_id'
            UNION ALL SELECT told ->> 'record_id'
            UNION ALL SELECT looked ->> 'person_id' FROM jsonb_array_elements(told -> 'looks') AS looked
            UNION ALL SELECT looked ->> 'record_id' FROM jsonb_array_elements(told -> 'looks') AS looked
            UNION ALL SELECT jsonb_array_elements_text(looked -> 'records') FROM jsonb_array_elements(told -> 'looks') AS looked
            UNION ALL SELECT jsonb_array_elements_text(looked -> 'children') FROM jsonb_array_elements(told -> 'looks') AS looked
        ) AS ids (named)
        WHERE named <> ''
    );
END $$;

CREATE INDEX looks_by_numbers ON history.events USING gin (history.numbers_in_looks(state))
    WITH (gin_pending_list_limit = 1024)
    WHERE topic IN ('looks.noted', 'access.refused');

DROP INDEX history.looks_by_who_and_what;
DROP FUNCTION history.named_in_looks(bytea);
