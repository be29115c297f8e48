-- What waits for the person, so that reading it costs what waits and not what is there.

-- What waits, or will from some moment on. Derived from projections; can be dropped and made again.
CREATE TABLE inbox (
    id      BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The document in whose reading it was found: a plan stands for all that is said about it.
    subject BLOB NOT NULL CHECK (length(subject) = 16),
    kind    TEXT NOT NULL,
    -- It waits from the one moment until before the other.
    since   INTEGER NOT NULL,
    until   INTEGER NOT NULL,
    -- What it says, as JSON.
    detail  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_newest ON inbox (since DESC, id DESC);
CREATE INDEX inbox_of_kind ON inbox (kind, since, until);
CREATE INDEX inbox_of_subject ON inbox (subject);

-- What was seen, as the personal record says.
CREATE TABLE inbox_seen (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16)
) STRICT, WITHOUT ROWID;

-- Subjects of which something changed since what waits in them was found.
CREATE TABLE inbox_stale (
    subject BLOB NOT NULL PRIMARY KEY CHECK (length(subject) = 16)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO inbox_stale (subject)
    SELECT coalesce(about, id) FROM document WHERE kind <> 'reflection' AND state = 'active';

-- Whether a subject is marked already is asked and not ignored: what a trigger is to ignore, the
-- statement that fires it decides.
CREATE TRIGGER inbox_stale_by_first_row AFTER INSERT ON projection
WHEN new.kind <> 'reflection' BEGIN
    INSERT INTO inbox_stale (subject) SELECT coalesce(about, id) FROM document
        WHERE id = new.document
        AND NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = coalesce(about, id));
END;

CREATE TRIGGER inbox_stale_by_row AFTER UPDATE ON projection
WHEN new.kind <> 'reflection' BEGIN
    INSERT INTO inbox_stale (subject) SELECT coalesce(about, id) FROM document
        WHERE id = new.document
        AND NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = coalesce(about, id));
END;

CREATE TRIGGER inbox_stale_by_owner AFTER UPDATE OF owner, state ON document
WHEN new.kind <> 'reflection' AND (new.owner <> old.owner OR new.state <> old.state) BEGIN
    INSERT INTO inbox_stale (subject) SELECT coalesce(about, id) FROM document
        WHERE id = new.id
        AND NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = coalesce(about, id));
END;

CREATE TRIGGER inbox_stale_by_receipt AFTER INSERT ON seen
BEGIN
    INSERT INTO inbox_stale (subject) SELECT coalesce(about, id) FROM document
        WHERE id = new.document AND kind <> 'change_project'
        AND NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = coalesce(about, id));
END;

CREATE TRIGGER inbox_stale_by_new_receipt AFTER UPDATE ON seen
BEGIN
    INSERT INTO inbox_stale (subject) SELECT coalesce(about, id) FROM document
        WHERE id = new.document AND kind <> 'change_project'
        AND NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = coalesce(about, id));
END;
