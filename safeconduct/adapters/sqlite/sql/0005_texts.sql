-- Personal text beside the entries, each sealed with the key of the operation that it was entered for.
-- It goes with that key, and is never changed: what was sealed with a key that is gone opens nowhere.
-- What an older version kept in clear waits in a table of its own, in this transaction only, until the
-- program has sealed it and drops that table.
DROP TRIGGER personal_is_never_changed;
ALTER TABLE personal RENAME TO personal_in_clear;

CREATE TABLE personal (
    commitment TEXT PRIMARY KEY,
    operation TEXT NOT NULL REFERENCES operation_keys (operation) ON DELETE CASCADE,
    nonce BLOB NOT NULL CHECK (length(nonce) = 12),
    sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER personal_is_never_changed BEFORE UPDATE ON personal
BEGIN
    SELECT RAISE(ABORT, 'personal text is kept or erased, never changed');
END;
