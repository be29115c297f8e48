-- What a restored server lacks is brought back by anybody who holds it, and which of the grants and
-- revocations for a person counts does not depend on the order in which they arrive.

-- By what the server recognises an entry that it stored, and with it all that the entry was made
-- after. Of what is folded few are kept.
CREATE TABLE receipt (
    document BLOB NOT NULL REFERENCES document (id),
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    -- Whose device offered the entry in the first place.
    person   BLOB NOT NULL CHECK (length(person) = 16),
    device   BLOB NOT NULL CHECK (length(device) = 16),
    mac      BLOB NOT NULL CHECK (length(mac) = 16),
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;

-- Documents of which a restored server lacks what receipts are here for.
CREATE TABLE bringing (
    document BLOB NOT NULL PRIMARY KEY REFERENCES document (id),
    -- What the server has of it, one hash after the other: these and all they depend on.
    known    BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The greatest round of a person's rights to a document, kept when they have none any more.
CREATE TABLE access_round (
    document BLOB NOT NULL REFERENCES document (id),
    person   BLOB NOT NULL CHECK (length(person) = 16),
    rank     INTEGER NOT NULL,
    PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;
