-- What waits for a person: an invitation to a plan until they answer, and what was shown to them
-- until they first read it.
CREATE TABLE waiting_share (
    document   BLOB NOT NULL,
    person     BLOB NOT NULL,
    -- Who sent it.
    sender     BLOB NOT NULL,
    -- The entry that says so.
    entry      INTEGER NOT NULL,
    -- Of an invitation: until when it can be accepted. Of what waits to be read the end of time.
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX waiting_share_person ON waiting_share (person, expires_at);
CREATE INDEX waiting_share_sender ON waiting_share (sender, expires_at);

-- From whom a person wants nothing more, and with which document they said so.
CREATE TABLE unwelcome (
    person   BLOB NOT NULL,
    sender   BLOB NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (person, sender, document)
) STRICT, WITHOUT ROWID;
