-- The keys that one save needs, found or made in one statement: a new child has words of several categories, and each statement more
-- is one more journey to the database.
--
-- A new key is committed in memory only. No event can be lost in this way: the append that uses the key lies behind it in the same
-- log, so whatever crash spares the event has spared the key.

CREATE FUNCTION history.find_or_make_keys(
    of_subjects uuid[], of_categories text[], newly_wrapped bytea[], by_master text
) RETURNS SETOF history.keys LANGUAGE plpgsql AS $$
BEGIN
    SET LOCAL synchronous_commit = off;
    -- In one order, so that two who make the same keys wait for each other and not in a circle. What another makes meanwhile is his.
    INSERT INTO history.keys AS k (subject, category, wrapped, master)
        SELECT new.subject, new.category, new.wrapped, by_master
            FROM unnest(of_subjects, of_categories, newly_wrapped) AS new (subject, category, wrapped)
            WHERE NOT EXISTS (
                SELECT FROM history.keys h WHERE h.subject = new.subject AND h.category = new.category
            )
            ORDER BY new.subject, new.category
        ON CONFLICT (subject, category) DO NOTHING;
    RETURN QUERY
        SELECT k.* FROM unnest(of_subjects, of_categories) AS asked (subject, category)
            JOIN history.keys k ON k.subject = asked.subject AND k.category = asked.category;
END $$;
