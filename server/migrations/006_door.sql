-- After which row the audit trail begins, and the hash of that row: those up to it were too old or
-- too many.
CREATE TABLE audit_start (
    one    INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    hash   BLOB NOT NULL
) STRICT;
INSERT INTO audit_start VALUES (1, 0, zeroblob(32));

-- When a device last asked for something, to the day: one that was long unused is not known any more.
-- 0 if it did not since it was enrolled.
ALTER TABLE device ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
-- When it was signed out by the operator; 0 if it was not.
ALTER TABLE device ADD COLUMN signed_out_at INTEGER NOT NULL DEFAULT 0;

-- How often readiness was asked for: that this can be written shows that something can.
CREATE TABLE readiness (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    times INTEGER NOT NULL
) STRICT;
INSERT INTO readiness VALUES (1, 0);
