-- Changes that made a document unreadable and were taken out of it by the operator. They are kept
-- as they came, and handed on to nobody.
CREATE TABLE set_aside (
    -- The number it had.
    sequence    INTEGER PRIMARY KEY,
    document    BLOB NOT NULL REFERENCES document (id),
    hash        BLOB NOT NULL,
    body        BLOB NOT NULL,
    person      BLOB NOT NULL,
    device      BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    at          INTEGER NOT NULL
) STRICT;
CREATE INDEX set_aside_document ON set_aside (document);
