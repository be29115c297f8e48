-- Tickets of this person, as far as this device has heard of them.
CREATE TABLE ticket (
    id       BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- The document whose text it shows.
    document BLOB NOT NULL CHECK (length(document) = 16),
    -- What its link is made of.
    secret   BLOB NOT NULL CHECK (length(secret) = 16),
    made_at  INTEGER NOT NULL,
    -- What is known of it, as JSON.
    detail   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ticket_newest ON ticket (made_at DESC, id DESC);
CREATE INDEX ticket_document ON ticket (document);

CREATE TRIGGER inbox_stale_by_ticket AFTER INSERT ON ticket
BEGIN
    INSERT INTO inbox_stale (subject) SELECT new.document
        WHERE NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = new.document);
END;

CREATE TRIGGER inbox_stale_by_ticket_used AFTER UPDATE ON ticket
BEGIN
    INSERT INTO inbox_stale (subject) SELECT new.document
        WHERE NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = new.document);
END;
