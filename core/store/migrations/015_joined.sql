-- Who accepts an invitation names it, so that everybody who hears of that knows who invited. What
-- was invited before cannot be accepted any more: nothing was released by then.
DELETE FROM invitation WHERE answer IS NULL;
ALTER TABLE invitation ADD COLUMN entry BLOB NOT NULL
    DEFAULT x'0000000000000000000000000000000000000000000000000000000000000000';

-- A plan that is offered waits in the inbox, until that is answered or taken back.
CREATE TRIGGER inbox_stale_by_offer AFTER UPDATE OF offered_to, offered_rank ON document
WHEN new.offered_to IS NOT old.offered_to OR new.offered_rank <> old.offered_rank BEGIN
    INSERT INTO inbox_stale (subject) SELECT new.id
        WHERE NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = new.id);
END;

-- A later right for whom it is offered to takes the offer back.
CREATE TRIGGER inbox_stale_by_round AFTER INSERT ON access_round
BEGIN
    INSERT INTO inbox_stale (subject) SELECT id FROM document
        WHERE id = new.document AND offered_to = new.person
        AND NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = new.document);
END;

CREATE TRIGGER inbox_stale_by_later_round AFTER UPDATE ON access_round
BEGIN
    INSERT INTO inbox_stale (subject) SELECT id FROM document
        WHERE id = new.document AND offered_to = new.person
        AND NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = new.document);
END;
