-- How much of a document that several people write in each of them wrote: nobody fills it for all
-- others. What was written before this is nobody's.
CREATE TABLE share (
    document BLOB NOT NULL REFERENCES document (id),
    person   BLOB NOT NULL,
    -- Bytes of their changes, and how many they are.
    bytes    INTEGER NOT NULL,
    changes  INTEGER NOT NULL,
    PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;
