-- What a map shows, in WGS 84 (SRID 4326). Each view has one whole number of its own for every row
-- (`key`), which QGIS asks for. Recorded degrees are whole, times 10,000,000.
-- A row without a place on the ground stays, with an empty geometry: a map that leaves an area out
-- says so in its table.

CREATE FUNCTION map_degrees(e7 jsonb) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (e7 #>> '{}')::numeric / 10000000;

-- Polygons as they are recorded, outer ring first: [[[{"lon_e7": ..., "lat_e7": ...}, ...]]].
CREATE FUNCTION map_polygons(polygons jsonb) RETURNS geometry(MultiPolygon, 4326)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT ST_SetSRID(ST_GeomFromGeoJSON(
            jsonb_build_object('type', 'MultiPolygon', 'coordinates', jsonb_agg(p.rings ORDER BY p.n))
        ), 4326)
        FROM (
            SELECT polygon.n, jsonb_agg(r.points ORDER BY r.n) AS rings
            FROM jsonb_array_elements(polygons) WITH ORDINALITY AS polygon (told, n)
            CROSS JOIN LATERAL (
                SELECT ring.n, jsonb_agg(
                    jsonb_build_array(map_degrees(at.told -> 'lon_e7'), map_degrees(at.told -> 'lat_e7'))
                    ORDER BY at.n
                ) AS points
                FROM jsonb_array_elements(polygon.told) WITH ORDINALITY AS ring (told, n)
                CROSS JOIN LATERAL
                    jsonb_array_elements(ring.told) WITH ORDINALITY AS at (told, n)
                GROUP BY ring.n
            ) AS r
            GROUP BY polygon.n
        ) AS p
    );

-- A place of a network: [lon_e7, lat_e7].
CREATE FUNCTION map_point(at jsonb) RETURNS geometry(Point, 4326)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ST_SetSRID(ST_MakePoint(map_degrees(at -> 0), map_degrees(at -> 1)), 4326);

CREATE FUNCTION map_line(points jsonb) RETURNS geometry(LineString, 4326)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT ST_SetSRID(ST_MakeLine(map_point(at.told) ORDER BY at.n), 4326)
        FROM jsonb_array_elements(points) WITH ORDINALITY AS at (told, n)
    );

-- An area that is put together from others is drawn as those of them that have outlines, side by
-- side; the gaps that its record closes between them are not drawn.
CREATE VIEW map_areas AS
    WITH RECURSIVE area AS MATERIALIZED (
        SELECT number, record, body, map_polygons(nullif(body -> 'polygons', '[]')) AS geom
        FROM read_latest WHERE kind = 'area'
    ), part (whole, record) AS (
        SELECT record, record FROM area
        UNION
        SELECT part.whole, member.record
        FROM part JOIN area USING (record)
        CROSS JOIN LATERAL
            jsonb_array_elements_text(coalesce(area.body -> 'members', '[]')) AS member (record)
    )
    SELECT
        number AS key,
        record AS id,
        body ->> 'name' AS name,
        body ->> 'kind' AS kind,
        body ->> 'ground' AS ground,
        body -> 'members' AS members,
        geom IS NULL AND body -> 'members' IS NOT NULL AS drawn_from_members,
        coalesce(geom, (
            SELECT ST_CollectionExtract(ST_Collect(one.geom), 3)
            FROM part JOIN area AS one ON one.record = part.record
            WHERE part.whole = area.record
        ))::geometry(MultiPolygon, 4326) AS geom
    FROM area;

-- The network that is used: the last one recorded.
CREATE VIEW map_network AS
    SELECT number, body FROM read_entries WHERE kind = 'network'
    ORDER BY recorded_at DESC, writer DESC, sequence DESC LIMIT 1;

CREATE VIEW map_places AS
    SELECT
        network.number * 10000000 + place.n AS key,
        place.told ->> 'id' AS id,
        place.told ->> 'name' AS name,
        place.told ->> 'note' AS note,
        map_point(nullif(place.told -> 'at', 'null'))::geometry(Point, 4326) AS geom
    FROM map_network AS network
    CROSS JOIN LATERAL
        jsonb_array_elements(network.body -> 'places') WITH ORDINALITY AS place (told, n);

-- A road whose line nobody recorded is drawn straight between its ends, and says so.
CREATE VIEW map_roads AS
    SELECT
        network.number * 10000000 + edge.n AS key,
        edge.told ->> 'id' AS id,
        edge.told ->> 'name' AS name,
        edge.told ->> 'a' AS from_place,
        edge.told ->> 'b' AS to_place,
        (edge.told ->> 'length_dm')::bigint / 10.0 AS length_m,
        edge.told ->> 'kind' AS kind,
        edge.told ->> 'surface' AS surface,
        (edge.told ->> 'schematic')::boolean AS schematic,
        jsonb_array_length(edge.told -> 'line') < 2 AS drawn_straight,
        edge.told ->> 'note' AS note,
        CASE WHEN jsonb_array_length(edge.told -> 'line') < 2
            THEN ST_MakeLine(a.geom, b.geom) ELSE map_line(edge.told -> 'line')
        END::geometry(LineString, 4326) AS geom
    FROM map_network AS network
    CROSS JOIN LATERAL
        jsonb_array_elements(network.body -> 'edges') WITH ORDINALITY AS edge (told, n)
    LEFT JOIN map_places AS a ON a.id = edge.told ->> 'a'
    LEFT JOIN map_places AS b ON b.id = edge.told ->> 'b';

CREATE VIEW map_checkpoints AS
    SELECT
        c.number AS key,
        c.record AS id,
        c.body ->> 'party' AS party,
        c.body ->> 'place' AS place,
        (c.body ->> 'hold_min_s')::bigint AS hold_min_s,
        (c.body ->> 'hold_max_s')::bigint AS hold_max_s,
        c.body ->> 'basis' AS basis,
        place.geom::geometry(Point, 4326) AS geom
    FROM read_latest AS c LEFT JOIN map_places AS place ON place.id = c.body ->> 'place'
    WHERE c.kind = 'checkpoint';

-- Incidents stand in statements, one in an act that reports or alleges it. What a named officer
-- said of it last is its state.
CREATE VIEW map_told AS
    SELECT
        s.number * 10000 + act.n AS key,
        act.told #>> '{incident,id}' AS id,
        act.told #>> '{incident,what}' AS what,
        to_timestamp((act.told #>> '{incident,at}')::bigint) AS at,
        act.told #>> '{incident,means}' AS means,
        act.told #>> '{incident,attributed_to}' AS attributed_to,
        act.told ->> 'is' AS act,
        act.told ->> 'party' AS told_by,
        s.record AS statement,
        coalesce(
            (SELECT review.body ->> 'state' FROM read_entries AS review
             WHERE review.kind = 'incident-review'
               AND review.body ->> 'of' = act.told #>> '{incident,id}'
             ORDER BY (review.body ->> 'reviewed_at')::bigint DESC, review.number DESC LIMIT 1),
            act.told #>> '{incident,state}',
            'unverified'
        ) AS state,
        act.told #> '{incident,near}' AS near,
        act.told #> '{incident,areas}' AS areas
    FROM read_entries AS s
    CROSS JOIN LATERAL
        jsonb_array_elements(s.body -> 'acts') WITH ORDINALITY AS act (told, n)
    WHERE s.kind = 'statement' AND act.told -> 'incident' IS NOT NULL;

-- Where a point was recorded. An incident that is known by its areas only has no point made up for
-- it; it is in the next view.
CREATE VIEW map_incidents AS
    SELECT
        key, id, what, at, means, attributed_to, act, told_by, statement, state,
        map_point(jsonb_build_array(near -> 'lon_e7', near -> 'lat_e7'))::geometry(Point, 4326) AS geom
    FROM map_told WHERE near -> 'lon_e7' IS NOT NULL;

CREATE VIEW map_incident_areas AS
    SELECT
        key, id, what, at, means, attributed_to, act, told_by, statement, state, areas,
        (SELECT ST_CollectionExtract(ST_Collect(area.geom), 3) FROM map_areas AS area
         WHERE jsonb_exists(told.areas, area.id))::geometry(MultiPolygon, 4326) AS geom
    FROM map_told AS told WHERE jsonb_array_length(told.areas) > 0;
