-- Who looked at what is stored in batches, so neither the record that was looked at nor the person who looked has a stream of looks. This
-- index finds the batches and the refusals that name an id: of a person, a child or a record. It follows from the stored bytes alone, and
-- holds nothing that is not in them in the clear.

-- convert_from depends on nothing but its arguments; PostgreSQL calls it stable because an encoding might be defined anew.
CREATE FUNCTION history.named_in_looks(state bytea) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    told jsonb := convert_from(state, 'UTF8')::jsonb;
BEGIN
    -- A refusal names them at the top; a batch of looks, in each look.
    RETURN ARRAY(
        SELECT told ->> 'person_id' WHERE told ->> 'person_id' <> ''
        UNION SELECT told ->> 'record_id' WHERE told ->> 'record_id' IS NOT NULL
        UNION SELECT named #>> '{}' FROM jsonb_path_query(told, '$.looks[*].person_id') AS named
        UNION SELECT named #>> '{}' FROM jsonb_path_query(told, '$.looks[*].record_id ? (@ != null)') AS named
        UNION SELECT named #>> '{}' FROM jsonb_path_query(told, '$.looks[*].records[*]') AS named
        UNION SELECT named #>> '{}' FROM jsonb_path_query(told, '$.looks[*].children[*]') AS named
    );
END $$;

-- A small list of what waits to be put in place: who appends must not have to put megabytes in place at once.
CREATE INDEX looks_by_who_and_what ON history.events USING gin (history.named_in_looks(state))
    WITH (gin_pending_list_limit = 256)
    WHERE topic IN ('looks.noted', 'access.refused');
