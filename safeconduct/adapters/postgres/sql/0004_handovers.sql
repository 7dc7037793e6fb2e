-- Which writers stopped writing into this register, because it was moved or is restored from a
-- backup, and which of them went on.
CREATE TABLE handovers (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    writer text COLLATE "C" NOT NULL,
    size bigint NOT NULL CHECK (size >= 0),
    at bigint NOT NULL,
    goes_on boolean NOT NULL,
    why text NOT NULL
);

CREATE TRIGGER handovers_have_one_writer BEFORE INSERT ON handovers
    FOR EACH STATEMENT EXECUTE FUNCTION one_writer();
CREATE TRIGGER handovers_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON handovers
    FOR EACH STATEMENT EXECUTE FUNCTION refused('a handover is never changed');

-- Those that were admitted before this table was there.
DO $$
DECLARE
    device text;
BEGIN
    FOR device IN
        SELECT DISTINCT pg_get_userbyid(acl.grantee)
        FROM pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS acl
        WHERE c.oid = 'here'::regclass AND acl.privilege_type = 'INSERT'
            AND acl.grantee NOT IN (0, c.relowner)
    LOOP
        EXECUTE format('GRANT SELECT ON handovers TO %I', device);
        EXECUTE format('GRANT INSERT (writer, size, at, goes_on, why) ON handovers TO %I', device);
    END LOOP;
END $$;

CREATE OR REPLACE FUNCTION admit_writer(device text) RETURNS void
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), device);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', current_schema(), device);
    EXECUTE format('GRANT INSERT (signed, signature) ON entries TO %I', device);
    EXECUTE format('GRANT INSERT (writer, size, at, goes_on, why) ON handovers TO %I', device);
    EXECUTE format(
        'GRANT INSERT ON withheld, personal, here, operation_keys, files TO %I', device
    );
END $$;
