-- A plan has an owner now, not for ever.

-- Who made it: the document names them, and nobody else can have made it known.
ALTER TABLE document ADD COLUMN creator BLOB NOT NULL DEFAULT x'';
UPDATE document SET creator = owner;

-- The entries by which a document was offered and accepted, all that were stored.
CREATE TABLE claim (
    document BLOB NOT NULL,
    entry    INTEGER NOT NULL,
    PRIMARY KEY (document, entry)
) STRICT, WITHOUT ROWID;
