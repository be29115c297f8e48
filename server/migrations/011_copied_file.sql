-- The files of a shared copy are found by their hash for those who may read the copy.
CREATE INDEX blob_sha256 ON blob (sha256);
