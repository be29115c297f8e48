-- A document whose work the server has is kept as one piece, and what led to it is let go.

DROP TABLE snapshot;
ALTER TABLE entry DROP COLUMN in_snapshot;

-- What the entries of a document came to that are not kept one by one any more. With the entries
-- that came since, this is the truth: it cannot be made again.
CREATE TABLE fold (
    document BLOB NOT NULL PRIMARY KEY REFERENCES document (id),
    body     BLOB NOT NULL,
    -- How many changes it holds, and the bytes they had as entries.
    changes  INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,
    -- Whether the server said, in its present epoch, that it has all of it.
    stored   INTEGER NOT NULL,
    -- Whether an archive on the server holds it as it is here.
    archived INTEGER NOT NULL,
    -- Whether the server asked for it: the next archive must hold it.
    wanted   INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The entries of a fold on which no other of it depends: the last envelope of each device, or the
-- heads of a plain document.
CREATE TABLE fold_head (
    document BLOB NOT NULL REFERENCES fold (document) ON DELETE CASCADE,
    hash     BLOB NOT NULL CHECK (length(hash) = 32),
    -- Of an envelope: the device that sealed it and its place in that device's chain.
    device   BLOB CHECK (length(device) = 16),
    counter  INTEGER NOT NULL DEFAULT 0,
    -- Whether the server passed it on in its present epoch.
    stored   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;

-- How far archives on the server hold a document, so that a document that is folded later is not
-- archived once more for that.
CREATE TABLE archived_to (
    document BLOB NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    device   BLOB NOT NULL CHECK (length(device) = 16),
    counter  INTEGER NOT NULL,
    PRIMARY KEY (document, device)
) STRICT, WITHOUT ROWID;

CREATE INDEX fold_not_stored ON fold (document) WHERE NOT stored;

-- Folds of which no archive is made yet.
CREATE INDEX fold_unarchived ON fold (document) WHERE NOT archived;

-- What is not folded yet, document by document.
CREATE INDEX entry_unfolded ON entry (document, stored) WHERE kind IN ('change', 'envelope');

-- Archives that came before the recovery key was typed.
CREATE TABLE sealed_archive (
    -- Its number in the server's sequence.
    sequence INTEGER PRIMARY KEY,
    body     BLOB NOT NULL
) STRICT;

-- What came after them of documents that only they make known here.
CREATE TABLE entry_after_archive (
    -- Its number in the server's sequence.
    sequence INTEGER PRIMARY KEY,
    body     BLOB NOT NULL
) STRICT;
