-- Which writers stopped writing into this file, because it was moved or is restored from a backup,
-- and which of them went on.
CREATE TABLE handovers (
    number INTEGER PRIMARY KEY,
    writer TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size >= 0),
    at INTEGER NOT NULL,
    goes_on INTEGER NOT NULL CHECK (goes_on IN (0, 1)),
    why TEXT NOT NULL
) STRICT;

CREATE TRIGGER handovers_are_never_changed BEFORE UPDATE ON handovers
BEGIN
    SELECT RAISE(ABORT, 'a handover is never changed');
END;

CREATE TRIGGER handovers_are_never_removed BEFORE DELETE ON handovers
BEGIN
    SELECT RAISE(ABORT, 'a handover is never removed');
END;

CREATE TRIGGER handovers_are_never_replaced BEFORE INSERT ON handovers
WHEN EXISTS (SELECT 1 FROM handovers AS held WHERE held.number = new.number)
BEGIN
    SELECT RAISE(ABORT, 'a handover is never replaced');
END;
