-- Everything here is made in the register's own schema: the migrator puts it first on the path.

-- What signed bytes say. PostgreSQL calls reading UTF-8 "stable", since somebody could define the
-- conversion anew; in a database that is kept in UTF-8, which is asked for when a register is made,
-- there is nothing to convert, and the result depends on the bytes alone. So it may be immutable,
-- and columns may be generated from it. JSON can write the character U+0000 and jsonb cannot hold
-- it: it is shown as U+FFFD. No generated column can hold either, and no verdict reads this.
CREATE FUNCTION told(signed bytea) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN pg_catalog.replace(pg_catalog.convert_from(signed, 'UTF8'), '\u0000', '\ufffd')::jsonb;

CREATE FUNCTION refused() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'integrity_constraint_violation',
        MESSAGE = TG_ARGV[0],
        TABLE = TG_TABLE_NAME,
        SCHEMA = TG_TABLE_SCHEMA;
END $$;

-- One writer at a time, whoever writes: this program, psql, COPY. A lock of the transaction, named
-- by the schema, is held until the commit can be seen by everybody. The trigger is asked before the
-- first row is made, so before a row has drawn its number: numbers become visible in their order,
-- and a reader that has seen up to one number never finds a smaller one later. (They may have gaps,
-- where a transaction was rolled back.)
CREATE FUNCTION one_writer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_advisory_xact_lock(
        pg_catalog.hashtextextended(TG_TABLE_SCHEMA::text, 1397113668)
    );
    RETURN NULL;
END $$;

-- The signed bytes are the only truth. Every other column of `entries` is generated from them, so
-- that no statement can make a column disagree with what was signed, and a restored dump makes them
-- anew. Names are compared by code points ("C"), as on every other store.
CREATE TABLE entries (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    signed bytea NOT NULL,
    signature text,
    id text COLLATE "C" NOT NULL UNIQUE
        GENERATED ALWAYS AS (told(signed) ->> 'id') STORED,
    writer text COLLATE "C" NOT NULL
        GENERATED ALWAYS AS (told(signed) ->> 'writer') STORED,
    sequence bigint NOT NULL CHECK (sequence >= 0)
        GENERATED ALWAYS AS ((told(signed) ->> 'sequence')::bigint) STORED,
    recorded_at bigint NOT NULL
        GENERATED ALWAYS AS ((told(signed) ->> 'recorded_at')::bigint) STORED,
    kind text COLLATE "C" NOT NULL
        GENERATED ALWAYS AS (told(signed) ->> 'kind') STORED,
    hash text COLLATE "C" NOT NULL
        GENERATED ALWAYS AS (encode(sha256(signed), 'hex')) STORED,
    UNIQUE (writer, sequence)
);

CREATE INDEX entries_in_order ON entries (recorded_at, writer, sequence);
CREATE INDEX entries_by_kind ON entries (kind);

CREATE TRIGGER entries_have_one_writer BEFORE INSERT ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION one_writer();
CREATE TRIGGER entries_are_never_changed BEFORE UPDATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION refused('entries are written once and never changed');
CREATE TRIGGER entries_are_never_removed BEFORE DELETE OR TRUNCATE ON entries
    FOR EACH STATEMENT EXECUTE FUNCTION refused('entries are never removed');

-- A place stays listed when its content comes; then the entry in `entries` is what counts. The name
-- of the holder is kept as a JSON text, since it may hold any character, U+0000 among them.
CREATE TABLE withheld (
    writer text COLLATE "C" NOT NULL,
    sequence bigint NOT NULL CHECK (sequence >= 0),
    previous text COLLATE "C" NOT NULL CHECK (previous ~ '^[0-9a-f]{64}$'),
    hash text COLLATE "C" NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    holder text NOT NULL,
    PRIMARY KEY (writer, sequence)
);

CREATE TRIGGER withheld_places_have_one_writer BEFORE INSERT ON withheld
    FOR EACH STATEMENT EXECUTE FUNCTION one_writer();
CREATE TRIGGER withheld_is_never_changed BEFORE UPDATE ON withheld
    FOR EACH STATEMENT EXECUTE FUNCTION refused('a withheld place is never changed');
CREATE TRIGGER withheld_is_never_removed BEFORE DELETE OR TRUNCATE ON withheld
    FOR EACH STATEMENT EXECUTE FUNCTION refused('a withheld place is never removed');

-- The places whose content has not come, and every place of every chain.
CREATE VIEW waiting AS
    SELECT writer, sequence, previous, hash, holder FROM withheld AS w
    WHERE NOT EXISTS (
        SELECT 1 FROM entries AS e WHERE e.writer = w.writer AND e.sequence = w.sequence
    );
CREATE VIEW places AS
    SELECT writer, sequence, hash FROM entries
    UNION ALL
    SELECT writer, sequence, hash FROM waiting;

-- Personal text beside the entries, as UTF-8. It may be removed, one text at a time, and is never
-- changed: other text would not match its commitment.
CREATE TABLE personal (
    commitment text COLLATE "C" PRIMARY KEY CHECK (commitment ~ '^[0-9a-f]{64}$'),
    salt bytea NOT NULL CHECK (length(salt) = 32),
    value bytea NOT NULL
);

CREATE TRIGGER personal_is_never_changed BEFORE UPDATE OR TRUNCATE ON personal
    FOR EACH STATEMENT EXECUTE FUNCTION refused('personal text is kept or erased, never changed');

CREATE TABLE here (writer text COLLATE "C" PRIMARY KEY);

CREATE TRIGGER here_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON here
    FOR EACH STATEMENT EXECUTE FUNCTION refused('a writer that wrote here stays one');

-- Whether the register is a replay, and whose word on keys counts, is settled when it is made.
CREATE TABLE register (
    one boolean PRIMARY KEY CHECK (one),
    replay boolean NOT NULL,
    root text NOT NULL
);

CREATE TRIGGER register_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON register
    FOR EACH STATEMENT EXECUTE FUNCTION refused('a register stays live or replay');

-- Which of these files were run; the largest number is the version of the schema.
CREATE TABLE steps (
    number integer PRIMARY KEY,
    name text NOT NULL,
    done_at timestamptz NOT NULL DEFAULT now()
);

CREATE TRIGGER steps_are_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON steps
    FOR EACH STATEMENT EXECUTE FUNCTION refused('a step of the schema was run or not');
