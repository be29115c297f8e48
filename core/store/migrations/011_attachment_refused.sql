-- Whose files they are, and why the server does not take one.

-- 0 for the files of somebody else's copy: theirs to send and to destroy.
ALTER TABLE attachment ADD COLUMN mine INTEGER NOT NULL DEFAULT 1;
-- The code of the server's refusal and its words; empty if it refused nothing.
ALTER TABLE attachment ADD COLUMN refusal TEXT NOT NULL DEFAULT '';
ALTER TABLE attachment ADD COLUMN refusal_reason TEXT NOT NULL DEFAULT '';
-- When it did, by the device's clock; 0 if it is to be offered at once.
ALTER TABLE attachment ADD COLUMN refused_at INTEGER NOT NULL DEFAULT 0;

DROP INDEX attachment_waiting;
CREATE INDEX attachment_waiting ON attachment (document, id)
    WHERE stored = 0 AND gone = 0 AND mine = 1;
