-- A page of many rows now has its ids packed, and they are unpacked here. A page of placements does not name their children beside them:
-- whoever seeks a child seeks its placements too. Batches of before hold nothing packed, so their places in the index are what they were.

CREATE OR REPLACE FUNCTION history.numbers_in_looks(state bytea) RETURNS bigint[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    told jsonb := convert_from(state, 'UTF8')::jsonb;
    -- All pages together, and only then id by id: to unpack a page again for each of its ids took ten times as long.
    packed bytea := (
        SELECT string_agg(decode(ids, 'base64'), ''::bytea)
            FROM (SELECT looked -> 'page' AS page FROM jsonb_array_elements(told -> 'looks') AS looked OFFSET 0) AS shown
            CROSS JOIN LATERAL (VALUES (page ->> 'placements'), (page ->> 'records'), (page ->> 'children')) AS several (ids)
            WHERE ids <> ''
    );
BEGIN
    -- A refusal names them at the top; a batch of looks, in each look. An index takes each number once, however often it is given.
    -- A packed id counts as its 32 hexadecimal digits.
    RETURN ARRAY(
        SELECT history.number_of_name(named #>> '{}') FROM (
            SELECT jsonb_path_query(told, '$.person_id')
            UNION ALL SELECT jsonb_path_query(told, '$.record_id')
            UNION ALL SELECT jsonb_path_query(told, '$.looks[*].person_id')
            UNION ALL SELECT jsonb_path_query(told, '$.looks[*].record_id')
            UNION ALL SELECT jsonb_path_query(told, '$.looks[*].records[*]')
            UNION ALL SELECT jsonb_path_query(told, '$.looks[*].children[*]')
        ) AS written (named)
        WHERE named <> '""' AND named <> 'null'
    ) || ARRAY(
        SELECT history.number_of_name(encode(substring(packed FROM at FOR 16), 'hex'))
        FROM generate_series(1, length(packed), 16) AS at
    );
END $$;
