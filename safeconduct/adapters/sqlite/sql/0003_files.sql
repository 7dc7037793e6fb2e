-- Files of evidence, each sealed with the key of its operation. A key is destroyed with all that it
-- opens, and is never changed: so what was sealed with one that is gone opens nowhere again.
CREATE TABLE operation_keys (
    operation TEXT PRIMARY KEY,
    secret BLOB NOT NULL CHECK (length(secret) = 32)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER operation_keys_are_never_changed BEFORE UPDATE ON operation_keys
BEGIN
    SELECT RAISE(ABORT, 'the key of an operation is kept or destroyed, never changed');
END;

-- INSERT OR REPLACE would remove a key, and with it every file, without asking anybody.
CREATE TRIGGER operation_keys_are_never_replaced BEFORE INSERT ON operation_keys
WHEN EXISTS (SELECT 1 FROM operation_keys AS held WHERE held.operation = new.operation)
BEGIN
    SELECT RAISE(ABORT, 'the key of an operation is kept or destroyed, never replaced');
END;

CREATE TABLE files (
    operation TEXT NOT NULL REFERENCES operation_keys (operation) ON DELETE CASCADE,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    nonce BLOB NOT NULL CHECK (length(nonce) = 12),
    sealed BLOB NOT NULL,
    UNIQUE (operation, sha256)
) STRICT;

CREATE TRIGGER files_are_never_changed BEFORE UPDATE ON files
BEGIN
    SELECT RAISE(ABORT, 'a file is kept or destroyed, never changed');
END;
