-- A page of many rows now has its ids packed, and they are unpacked here. A page of placements does not name their children beside them:
-- whoever seeks a child seeks its placements too. Batches of before hold nothing packed, so their places in the index are what they were.

-- A packed id counts as its 32 hexadecimal digits. They are put together first: to unpack a page again for each of its ids took ten times as long.
CREATE OR REPLACE FUNCTION history.numbers_in_looks(state bytea) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    told jsonb := convert_from(state, 'UTF8')::jsonb;
    packed bytea := (
        SELECT string_agg(decode(ids, 'base64'), ''::bytea)
            FROM jsonb_array_elements(told -> 'looks') AS looked
            CROSS JOIN LATERAL (SELECT looked -> 'page') AS shown (page)
            CROSS JOIN LATERAL (VALUES (page ->> 'placements'), (page ->> 'records'), (page ->> 'children')) AS several (ids)
    );
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
            UNION ALL SELECT encode(substring(packed FROM at FOR 16), 'hex') FROM generate_series(1, length(packed), 16) AS at
        ) AS ids (named)
        WHERE named <> ''
    );
END $$;
