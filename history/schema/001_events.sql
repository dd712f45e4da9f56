-- What happened, in one order, for ever.

CREATE FUNCTION history.refuse_to_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history is permanent'
        USING DETAIL = format('%s on %I.%I was refused.', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME);
END $$;

-- The columns are those of the event library's table. `notification_id` is the position in the one order of all events;
-- it has no default, because history.append alone hands positions out.
CREATE TABLE history.events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL CHECK (originator_version >= 0),
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigint NOT NULL CHECK (notification_id > 0),
    PRIMARY KEY (originator_id, originator_version)
);

CREATE UNIQUE INDEX events_by_position ON history.events (notification_id);

-- Which records of a kind there are, oldest first. It holds first events only, so it stays small, and most inserts pass it by.
-- There is no index on the topic of every event: followers read nearly all topics, and read models answer the rest.
CREATE INDEX events_that_begin_a_record ON history.events (topic, notification_id) INCLUDE (originator_id)
    WHERE originator_version = 1;

CREATE TRIGGER events_are_permanent BEFORE UPDATE OR DELETE OR TRUNCATE ON history.events
    FOR EACH STATEMENT EXECUTE FUNCTION history.refuse_to_forget();
-- ALWAYS: it fires in a session that plays the replica, too.
ALTER TABLE history.events ENABLE ALWAYS TRIGGER events_are_permanent;
