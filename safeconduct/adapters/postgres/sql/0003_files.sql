-- Files of evidence, each sealed with the key of its operation. A key is destroyed with all that it
-- opens, and is never changed: so what was sealed with one that is gone opens nowhere again. The name
-- of the operation is a JSON text, since it may hold any character, U+0000 among them.
CREATE TABLE operation_keys (
    operation text COLLATE "C" PRIMARY KEY,
    secret bytea NOT NULL CHECK (length(secret) = 32)
);

CREATE TRIGGER operation_keys_are_never_changed BEFORE UPDATE OR TRUNCATE ON operation_keys
    FOR EACH STATEMENT
    EXECUTE FUNCTION refused('the key of an operation is kept or destroyed, never changed');

CREATE TABLE files (
    operation text COLLATE "C" NOT NULL REFERENCES operation_keys ON DELETE CASCADE,
    sha256 text COLLATE "C" NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    nonce bytea NOT NULL CHECK (length(nonce) = 12),
    sealed bytea NOT NULL,
    PRIMARY KEY (operation, sha256)
);

-- What is sealed cannot be packed, so the server is not to try.
ALTER TABLE files ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TRIGGER files_are_never_changed BEFORE UPDATE OR TRUNCATE ON files
    FOR EACH STATEMENT EXECUTE FUNCTION refused('a file is kept or destroyed, never changed');

-- A writer adds keys and files and destroys none. Those who were admitted before this step may do
-- the same.
CREATE OR REPLACE FUNCTION admit_writer(device text) RETURNS void
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), device);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', current_schema(), device);
    EXECUTE format('GRANT INSERT (signed, signature) ON entries TO %I', device);
    EXECUTE format(
        'GRANT INSERT ON withheld, personal, here, operation_keys, files TO %I', device
    );
END $$;

DO $$
DECLARE
    device text;
BEGIN
    FOR device IN
        SELECT DISTINCT pg_get_userbyid(acl.grantee)
        FROM pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS acl
        WHERE c.oid = 'personal'::regclass AND acl.privilege_type = 'INSERT'
            AND acl.grantee NOT IN (0, c.relowner)
    LOOP
        EXECUTE format('GRANT SELECT, INSERT ON operation_keys, files TO %I', device);
    END LOOP;
END $$;
