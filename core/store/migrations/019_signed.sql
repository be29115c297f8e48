-- What was signed of this person's, by the request for it: what becomes of it later decides whether
-- the signature still covers it. Derived from requests; can be dropped and made again.
CREATE TABLE inbox_watch (
    subject  BLOB NOT NULL PRIMARY KEY CHECK (length(subject) = 16),
    document BLOB NOT NULL CHECK (length(document) = 16)
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_watch_of_document ON inbox_watch (document);

INSERT OR IGNORE INTO inbox_stale (subject)
    SELECT id FROM document WHERE kind = 'sign_off_request' AND state = 'active';

CREATE TRIGGER inbox_stale_by_first_row_of_signed AFTER INSERT ON projection
BEGIN
    INSERT INTO inbox_stale (subject) SELECT watch.subject FROM inbox_watch AS watch
        WHERE watch.document = new.document
        AND NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = watch.subject);
END;

CREATE TRIGGER inbox_stale_by_row_of_signed AFTER UPDATE ON projection
BEGIN
    INSERT INTO inbox_stale (subject) SELECT watch.subject FROM inbox_watch AS watch
        WHERE watch.document = new.document
        AND NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = watch.subject);
END;

CREATE TRIGGER inbox_stale_by_end_of_signed AFTER UPDATE OF state ON document
WHEN new.state <> old.state BEGIN
    INSERT INTO inbox_stale (subject) SELECT watch.subject FROM inbox_watch AS watch
        WHERE watch.document = new.id
        AND NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = watch.subject);
END;
