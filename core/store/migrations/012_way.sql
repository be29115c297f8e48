-- What this device has seen of the way to its server. One row.
CREATE TABLE way (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    -- Why the last sync did not succeed, in JSON, and when that was. NULL if it did.
    failure      TEXT,
    failed_at    INTEGER,
    -- Bytes of entries that get through at once, and since when that is known. NULL: as many as
    -- the server takes.
    most_bytes   INTEGER,
    narrow_since INTEGER
) STRICT;

INSERT INTO way (id) VALUES (1);

-- Documents of which an entry does not get through by itself, whoever is in its way. What comes
-- after it in the document waits with it, and nothing else does.
CREATE TABLE held (
    document BLOB NOT NULL PRIMARY KEY CHECK (length(document) = 16),
    position INTEGER NOT NULL REFERENCES outbox (position) ON DELETE CASCADE,
    -- What is in its way, in JSON.
    obstacle TEXT NOT NULL,
    -- When it is tried again.
    until    INTEGER NOT NULL
) STRICT;
CREATE INDEX held_position ON held (position);
