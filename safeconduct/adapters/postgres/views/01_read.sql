-- What people and reports read: each entry with its body as JSON. All of it is drawn from the signed
-- bytes at the moment of asking, so it is never behind them; nothing the program judges reads it.
CREATE VIEW read_entries AS
    SELECT
        e.number,
        e.id,
        e.writer,
        e.sequence,
        to_timestamp(e.recorded_at) AS recorded_at,
        to_timestamp((t.told ->> 'claimed_at')::bigint) AS claimed_at,
        e.kind,
        t.told #>> '{body,id}' AS record,
        t.told -> 'body' AS body,
        t.told ->> 'handling' AS handling,
        t.told -> 'recipients' AS recipients,
        t.told -> 'evidence' AS evidence,
        t.told ->> 'author' AS author,
        e.hash,
        t.told ->> 'previous' AS previous,
        e.signature IS NOT NULL AS is_signed
    FROM entries AS e CROSS JOIN LATERAL (SELECT told(e.signed) AS told OFFSET 0) AS t;

CREATE VIEW read_withheld AS
    SELECT writer, sequence, hash, replace(holder, '\u0000', '\ufffd')::jsonb #>> '{}' AS holder
    FROM waiting;

-- Of each kind and id, the record that was written last: what an office opens as the present state.
CREATE VIEW read_latest AS
    SELECT DISTINCT ON (r.kind, r.record) r.number, r.kind, r.record, r.recorded_at, r.body
    FROM read_entries AS r
    WHERE r.record IS NOT NULL
    ORDER BY r.kind, r.record, r.recorded_at DESC, r.writer DESC, r.sequence DESC;
