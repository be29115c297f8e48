-- Devices whose signatures count no more: they were lost, or somebody else had them.
CREATE TABLE revocation (
    device BLOB PRIMARY KEY REFERENCES device (id),
    -- What was signed at this moment or later does not count.
    since  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
