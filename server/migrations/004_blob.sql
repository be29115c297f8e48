-- Files that belong to private documents, sealed. Their bytes lie in files, each person's apart, so
-- that nobody learns from a hash what others have.
CREATE TABLE blob (
    person     BLOB NOT NULL REFERENCES person (id),
    -- The hash of what is sealed.
    sha256     BLOB NOT NULL,
    document   BLOB NOT NULL REFERENCES document (id),
    -- Of the whole file. They count as the person's from the first piece on.
    bytes      INTEGER NOT NULL,
    -- 0 while pieces are missing, then 1.
    is_whole   INTEGER NOT NULL DEFAULT 0,
    -- When the last piece came.
    touched_at INTEGER NOT NULL,
    PRIMARY KEY (person, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX blob_document ON blob (document);
CREATE INDEX blob_unfinished ON blob (touched_at) WHERE is_whole = 0;

-- Files that belong to nothing any more and are to be destroyed.
CREATE TABLE lost_blob (
    person BLOB NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (person, sha256)
) STRICT, WITHOUT ROWID;
