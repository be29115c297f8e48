-- What screens ask is answered by a key or a small index, however much there is.

-- The revision of the row made from the document's present version; 0 where there is none yet.
-- A row is out of date where this is not the revision the app makes.
ALTER TABLE document ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;

-- A document of which nothing has come has nothing to show.
CREATE INDEX document_by_shown ON document (shown, id) WHERE state = 'active' AND version <> x'';

-- Lists read many rows and no detail, so each is in a table of its own.
CREATE TABLE projection_detail (
    document BLOB NOT NULL PRIMARY KEY REFERENCES document (id),
    -- The whole state as JSON.
    detail   TEXT NOT NULL
) STRICT;

INSERT INTO projection_detail (document, detail) SELECT document, detail FROM projection;
ALTER TABLE projection DROP COLUMN detail;

-- The document whose stage an entry counts in; none of what counts in no stage.
ALTER TABLE outbox ADD COLUMN document BLOB CHECK (length(document) = 16);

UPDATE outbox SET document = (
    SELECT document FROM entry WHERE entry.position = outbox.position AND kind <> 'seen'
);

CREATE INDEX outbox_of_document ON outbox (document, sent_at) WHERE document IS NOT NULL;
CREATE INDEX entry_not_stored ON entry (document) WHERE NOT stored AND kind <> 'seen';
CREATE INDEX quarantine_open ON quarantine (document) WHERE resolved_at IS NULL;

-- Texts are indexed in the order in which they were changed, so that the index has it too.
CREATE INDEX search_dirty_oldest ON search_dirty (at, document);
