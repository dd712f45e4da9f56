-- The one way in which the service's own role takes anything out of the history: the keys of a person, by name. It runs with the
-- rights of the owner, so that the role itself needs no right to delete. It has no right to anything else.

CREATE FUNCTION history.destroy_keys(of_subject uuid, of_category text) RETURNS SETOF bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM history.keys WHERE subject = of_subject AND category = coalesce(of_category, category) RETURNING id
$$;

REVOKE EXECUTE ON FUNCTION history.destroy_keys(uuid, text) FROM PUBLIC;
