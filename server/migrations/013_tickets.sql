-- Links by which somebody without an account reads one text. The server can read nothing of it.
CREATE TABLE ticket (
    id          BLOB NOT NULL PRIMARY KEY,
    person      BLOB NOT NULL REFERENCES person (id),
    -- SHA-256 of what its holder shows. That itself is in the link only.
    bearer_hash BLOB NOT NULL UNIQUE,
    right       TEXT NOT NULL,
    made_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    uses        INTEGER NOT NULL,
    uses_left   INTEGER NOT NULL,
    -- 0 until its owner ends it.
    ended_at    INTEGER NOT NULL DEFAULT 0,
    -- What its owner's devices know it by, sealed under their account key.
    note        BLOB NOT NULL,
    -- What it shows, sealed under the key in its link; empty once it is ended or expired.
    snapshot    BLOB NOT NULL
) STRICT;
CREATE INDEX ticket_person ON ticket (person, made_at);
CREATE INDEX ticket_expires ON ticket (expires_at);

-- Who opened a ticket and what they said, sealed. A number is never given twice, so that the
-- devices of its owner can ask for what is after one.
CREATE TABLE ticket_deed (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket BLOB NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    -- By which the same is known when it is done again.
    id     BLOB NOT NULL,
    deed   TEXT NOT NULL,
    at     INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (ticket, id)
) STRICT;
