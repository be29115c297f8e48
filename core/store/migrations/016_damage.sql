-- Where each table and index begins, once more: on other pages than SQLite's own schema, so that no
-- single damaged page leaves rows behind of which nobody knows whose they are. Written anew with
-- each upgrade.
CREATE TABLE schema_copy (
    type     TEXT NOT NULL,
    name     TEXT NOT NULL,
    tbl_name TEXT NOT NULL,
    rootpage INTEGER NOT NULL,
    sql      TEXT
) STRICT;
