-- Personal text beside the entries, each sealed with the key of the operation that it was entered for.
-- It goes with that key, and is never changed: what was sealed with a key that is gone opens nowhere.
-- What an older version kept in clear waits in a table of its own, in this transaction only, until the
-- program has sealed it and drops that table.
ALTER TABLE personal RENAME TO personal_in_clear;

CREATE TABLE personal (
    commitment text COLLATE "C" PRIMARY KEY CHECK (commitment ~ '^[0-9a-f]{64}$'),
    operation text COLLATE "C" NOT NULL REFERENCES operation_keys ON DELETE CASCADE,
    nonce bytea NOT NULL CHECK (length(nonce) = 12),
    sealed bytea NOT NULL
);

CREATE TRIGGER personal_is_never_changed BEFORE UPDATE OR TRUNCATE ON personal
    FOR EACH STATEMENT EXECUTE FUNCTION refused('personal text is kept or erased, never changed');

-- Those that were admitted before.
DO $$
DECLARE
    device text;
BEGIN
    FOR device IN
        SELECT DISTINCT pg_get_userbyid(acl.grantee)
        FROM pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS acl
        WHERE c.oid = 'personal_in_clear'::regclass AND acl.privilege_type = 'INSERT'
            AND acl.grantee NOT IN (0, c.relowner)
    LOOP
        EXECUTE format('GRANT SELECT, INSERT ON personal TO %I', device);
    END LOOP;
END $$;
