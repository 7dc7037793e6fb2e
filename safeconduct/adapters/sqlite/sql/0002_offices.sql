-- What several writers and offices need: whose word on keys counts, who writes into this file, and
-- the places whose content another office withholds.
ALTER TABLE register ADD COLUMN root TEXT NOT NULL DEFAULT '';

CREATE TABLE here (
    writer TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER here_is_never_changed BEFORE UPDATE ON here
BEGIN
    SELECT RAISE(ABORT, 'a writer that wrote here stays one');
END;

CREATE TRIGGER here_is_never_removed BEFORE DELETE ON here
BEGIN
    SELECT RAISE(ABORT, 'a writer that wrote here stays one');
END;

-- A place stays listed when its content comes; then the entry in `entries` is what counts.
CREATE TABLE withheld (
    writer TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    previous TEXT NOT NULL,
    hash TEXT NOT NULL,
    holder TEXT NOT NULL,
    PRIMARY KEY (writer, sequence)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER withheld_is_never_changed BEFORE UPDATE ON withheld
BEGIN
    SELECT RAISE(ABORT, 'a withheld place is written once and never changed');
END;

CREATE TRIGGER withheld_is_never_removed BEFORE DELETE ON withheld
BEGIN
    SELECT RAISE(ABORT, 'a withheld place is never removed');
END;

CREATE TRIGGER withheld_is_never_replaced BEFORE INSERT ON withheld
WHEN EXISTS (
    SELECT 1 FROM withheld AS held WHERE held.writer = new.writer AND held.sequence = new.sequence
)
BEGIN
    SELECT RAISE(ABORT, 'a withheld place is written once and never replaced');
END;
