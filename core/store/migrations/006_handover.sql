-- A plan has an owner now, not for ever.

-- Who made it: the document names them, and only their devices can make it known anew.
ALTER TABLE document ADD COLUMN creator BLOB NOT NULL DEFAULT x'';
UPDATE document SET creator = owner;

-- Whom its owner offers it to, and the place of that among the rounds of their rights.
ALTER TABLE document ADD COLUMN offered_to BLOB CHECK (length(offered_to) = 16);
ALTER TABLE document ADD COLUMN offered_rank INTEGER NOT NULL DEFAULT 0;
