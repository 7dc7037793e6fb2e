-- The signed bytes are the only truth. Every other column of `entries` is generated from them, so
-- that no statement, ours or another program's, can make a column disagree with what was signed.
-- The bytes are UTF-8 JSON; the cast keeps SQLite from taking them for its own binary JSON.
CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    signed BLOB NOT NULL,
    signature TEXT,
    id TEXT NOT NULL UNIQUE
        GENERATED ALWAYS AS (json_extract(CAST(signed AS TEXT), '$.id')) STORED,
    writer TEXT NOT NULL
        GENERATED ALWAYS AS (json_extract(CAST(signed AS TEXT), '$.writer')) STORED,
    sequence INTEGER NOT NULL
        GENERATED ALWAYS AS (json_extract(CAST(signed AS TEXT), '$.sequence')) STORED,
    recorded_at INTEGER NOT NULL
        GENERATED ALWAYS AS (json_extract(CAST(signed AS TEXT), '$.recorded_at')) STORED,
    kind TEXT NOT NULL
        GENERATED ALWAYS AS (json_extract(CAST(signed AS TEXT), '$.kind')) STORED,
    UNIQUE (writer, sequence)
) STRICT;

CREATE INDEX entries_in_order ON entries (recorded_at, writer, sequence);

CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries are written once and never changed');
END;

CREATE TRIGGER entries_are_never_removed BEFORE DELETE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries are never removed');
END;

-- INSERT OR REPLACE removes the old row without asking the trigger above, unless the connection has
-- recursive triggers on, which another program's has not; this one is asked on every connection.
CREATE TRIGGER entries_are_never_replaced BEFORE INSERT ON entries
WHEN EXISTS (
    SELECT 1 FROM entries AS held
    WHERE held.number = new.number
       OR held.id = json_extract(CAST(new.signed AS TEXT), '$.id')
       OR (held.writer = json_extract(CAST(new.signed AS TEXT), '$.writer')
           AND held.sequence = json_extract(CAST(new.signed AS TEXT), '$.sequence'))
)
BEGIN
    SELECT RAISE(ABORT, 'entries are written once and never replaced');
END;

-- Personal text beside the entries. It may be removed, and is never changed: other text would not
-- match its commitment.
CREATE TABLE personal (
    commitment TEXT PRIMARY KEY,
    salt BLOB NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER personal_is_never_changed BEFORE UPDATE ON personal
BEGIN
    SELECT RAISE(ABORT, 'personal text is kept or erased, never changed');
END;

-- Whether the register is a replay is settled when it is made.
CREATE TABLE register (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    replay INTEGER NOT NULL CHECK (replay IN (0, 1))
) STRICT;

CREATE TRIGGER register_is_never_changed BEFORE UPDATE ON register
BEGIN
    SELECT RAISE(ABORT, 'a register stays live or replay');
END;

CREATE TRIGGER register_is_never_removed BEFORE DELETE ON register
BEGIN
    SELECT RAISE(ABORT, 'a register stays live or replay');
END;
