-- What an edit writes follows the edit, and not what is there already.

-- The state is kept in parts, so that an edit writes those it changed.
CREATE TABLE projection_part (
    document BLOB NOT NULL REFERENCES document (id),
    -- The name of a part; empty for what is in no other.
    part     TEXT NOT NULL,
    detail   TEXT NOT NULL,
    PRIMARY KEY (document, part)
) STRICT;

INSERT INTO projection_part (document, part, detail)
    SELECT document, '', detail FROM projection_detail;
DROP TABLE projection_detail;

-- Whether what it says is not in the search index yet. The text is read from its parts then.
ALTER TABLE projection ADD COLUMN unindexed INTEGER NOT NULL DEFAULT 0;
UPDATE projection SET unindexed = 1 WHERE document IN (SELECT document FROM search_dirty);
DROP TABLE search_dirty;
CREATE INDEX projection_unindexed ON projection (updated_at, document) WHERE unindexed;

-- What the operations of a document made, for the gate. Can be dropped; making it anew takes longer
-- than opening the document.
CREATE TABLE catalogue (
    document BLOB NOT NULL PRIMARY KEY REFERENCES document (id),
    -- Of how many changes it is.
    changes  INTEGER NOT NULL,
    body     BLOB NOT NULL
) STRICT;

-- No list reads it.
DROP INDEX projection_newest;

-- The index of rows that are out of date names no version, which every edit changes. Where there is
-- nothing to show, the revision is -1.
DROP INDEX document_by_shown;
UPDATE document SET shown = -1 WHERE version = x'';
CREATE INDEX document_by_shown ON document (shown, id) WHERE state = 'active';
