-- Files that belong to documents: their bytes lie beside the database, by the hash of what is sealed.
CREATE TABLE attachment (
    document BLOB NOT NULL REFERENCES document (id),
    id       BLOB NOT NULL,
    sha256   BLOB NOT NULL,
    -- Of the sealed file.
    bytes    INTEGER NOT NULL,
    -- Whether the whole file is here.
    here     INTEGER NOT NULL DEFAULT 0,
    -- Whether the server is known to have all of it.
    stored   INTEGER NOT NULL DEFAULT 0,
    -- Whether it belongs to nothing any more: file and what the server has are to be destroyed.
    gone     INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (document, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_waiting ON attachment (document, id) WHERE stored = 0 AND gone = 0;
CREATE INDEX attachment_gone ON attachment (document, id) WHERE gone = 1;
