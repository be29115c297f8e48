-- When the token that a device has now was given: it is good for so long after.
ALTER TABLE device ADD COLUMN token_at INTEGER NOT NULL DEFAULT 0;
UPDATE device SET token_at = max(enrolled_at, used_at);
-- SHA-256 of the token that takes its place once it is used; empty if none was offered.
ALTER TABLE device ADD COLUMN next_token_hash BLOB NOT NULL DEFAULT x'';

-- Tokens that were replaced: a folder that was put back from a backup has one.
CREATE TABLE former_token (
    token_hash  BLOB PRIMARY KEY,
    device      BLOB NOT NULL REFERENCES device (id),
    replaced_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX former_token_device ON former_token (device);
