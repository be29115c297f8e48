-- Who has seen which version of a document, so that an author can tell "stored" from "seen".

CREATE TABLE seen (
    document BLOB NOT NULL REFERENCES document (id),
    person   BLOB NOT NULL CHECK (length(person) = 16),
    at       INTEGER NOT NULL,
    -- The version they saw, as text.
    version  TEXT NOT NULL,
    PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;
