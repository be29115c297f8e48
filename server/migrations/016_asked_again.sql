-- When a file that was whole was found damaged or missing: devices that have it are asked to send it
-- again. 0 if it was not.
ALTER TABLE blob ADD COLUMN asked_again_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX blob_asked_again ON blob (person) WHERE asked_again_at > 0;
