-- Three kinds of roles. The owner made the register: it brings the schema up to date, draws the
-- views, admits others, and erases. A writer, one for each device, adds and reads, and nothing else.
-- A reader, such as a map on a wall, sees the views that are drawn from the entries, and no personal
-- text. Both functions run as whoever calls them, so only the owner's call does anything.

-- A writer may give the bytes and the signature of an entry and no other column, so that it cannot
-- choose the number by which the entry is told as the next to arrive.
CREATE FUNCTION admit_writer(device text) RETURNS void
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), device);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', current_schema(), device);
    EXECUTE format('GRANT INSERT (signed, signature) ON entries TO %I', device);
    EXECUTE format('GRANT INSERT ON withheld, personal, here TO %I', device);
END $$;

CREATE FUNCTION admit_reader(device text) RETURNS void
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    drawn text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), device);
    FOR drawn IN
        SELECT viewname FROM pg_views
        WHERE schemaname = current_schema() AND viewname ~ '^(read|map)_'
    LOOP
        EXECUTE format('GRANT SELECT ON %I TO %I', drawn, device);
    END LOOP;
END $$;
