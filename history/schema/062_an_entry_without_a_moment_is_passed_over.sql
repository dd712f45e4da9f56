-- An event that does not say when it was written down was spoiled by somebody: the service writes none. The nightly check names it. Until then it
-- stands at its position, and at no moment: whoever asks for a moment is answered from the others, and not turned away.

-- Only its own few letters are held against the pattern; what does not fit is no moment. A day that its month has not would be
-- an error otherwise; 29 February is one in the years that four does not divide, and in the hundreds that 400 does not.
CREATE OR REPLACE FUNCTION history.recorded_at(state bytea) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT substring(
        split_part(encode(substring(state FROM 1 FOR 512), 'escape'), '"recorded_at":"', 2)
        FROM '^((?!(?:[0-9]{2}(?:[02468][1235679]|[13579][01345789])|(?:[02468][1235679]|[13579][01345789])00)-02-29)[1-9][0-9]{3}-(?!02-3|0[469]-31|11-31)(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:[.][0-9]{1,6})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9]))"'
    )::timestamptz
$$;
