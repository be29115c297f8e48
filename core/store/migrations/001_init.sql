-- Everything one account keeps on this device.
--
-- Identifiers are BLOBs of 16 bytes, hashes BLOBs of 32, moments milliseconds of Unix time.
-- A released file of this folder never changes again; see NOTES.md.

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    -- Facts about the account. What they mean is known to those who set them.
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    id         BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    kind       TEXT NOT NULL,
    owner      BLOB NOT NULL CHECK (length(owner) = 16),
    -- The plan that comments are about.
    about      BLOB CHECK (length(about) = 16),
    created_at INTEGER NOT NULL,
    -- active, revoked or deleted. A deleted row is a tombstone and stays for ever.
    state      TEXT NOT NULL DEFAULT 'active',
    -- The heads of the document's history, one hash after the other.
    version    BLOB NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;

CREATE INDEX document_by_kind ON document (kind, id);
CREATE INDEX document_by_subject ON document (about) WHERE about IS NOT NULL;

CREATE TABLE document_key (
    document BLOB NOT NULL PRIMARY KEY REFERENCES document (id),
    -- Without it the envelopes of the document say nothing to anybody.
    key      BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    -- The order in which entries came to be here. What an entry depends on came before it.
    position    INTEGER PRIMARY KEY,
    hash        BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
    document    BLOB NOT NULL REFERENCES document (id),
    -- create, change, envelope, grant, revoke, delete or seen.
    kind        TEXT NOT NULL,
    body        BLOB NOT NULL,
    -- The hashes it needs first, one after the other.
    deps        BLOB NOT NULL DEFAULT x'',
    device      BLOB CHECK (length(device) = 16),
    by_person   BLOB CHECK (length(by_person) = 16),
    -- Whether the document's snapshot holds it. The body stays: entries are the truth.
    in_snapshot INTEGER NOT NULL DEFAULT 0,
    -- Whether the server said, in its present epoch, that it has it.
    stored      INTEGER NOT NULL DEFAULT 0,
    -- Its number in the server's sequence, where that is known.
    sequence    INTEGER,
    -- When the server received it, by the server's clock.
    received_at INTEGER
) STRICT;

CREATE INDEX entry_of_document ON entry (document, position);

CREATE TABLE outbox (
    -- The entry to offer. Entries are offered in the order of their positions.
    position  INTEGER PRIMARY KEY REFERENCES entry (position) ON DELETE CASCADE,
    queued_at INTEGER NOT NULL,
    -- When it was last sent. It stays here until the server has answered for it.
    sent_at   INTEGER
) STRICT;

CREATE TABLE snapshot (
    document BLOB NOT NULL PRIMARY KEY REFERENCES document (id),
    -- The document as one piece, made of the entries marked in_snapshot. Can be dropped.
    body     BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What screens read. Derived from documents; can be dropped and made again.
CREATE TABLE projection (
    document   BLOB NOT NULL PRIMARY KEY REFERENCES document (id),
    kind       TEXT NOT NULL,
    title      TEXT NOT NULL,
    preview    TEXT NOT NULL DEFAULT '',
    status     TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- A JSON array of texts such as "domain:env".
    tags       TEXT NOT NULL DEFAULT '[]',
    -- The version it was made from, as text.
    version    TEXT NOT NULL,
    -- The whole state as JSON. The last column, so that lists need not read past it.
    detail     TEXT NOT NULL
) STRICT;

CREATE INDEX projection_newest ON projection (updated_at DESC, document DESC);
CREATE INDEX projection_newest_of_kind ON projection (kind, updated_at DESC, document DESC);

CREATE TABLE draft (
    document BLOB NOT NULL REFERENCES document (id),
    field    TEXT NOT NULL,
    -- The version the person saw while typing, as text.
    base     TEXT NOT NULL,
    text     TEXT NOT NULL,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (document, field)
) STRICT, WITHOUT ROWID;

-- Texts that can be searched: of documents, and of the pages of content packs.
CREATE TABLE search_entry (
    id       INTEGER PRIMARY KEY,
    document BLOB UNIQUE REFERENCES document (id),
    pack     TEXT,
    page     TEXT,
    -- The kind of the document, or 'page'.
    kind     TEXT NOT NULL,
    at       INTEGER NOT NULL,
    title    TEXT NOT NULL,
    body     TEXT NOT NULL,
    UNIQUE (pack, page),
    CHECK ((document IS NULL) = (pack IS NOT NULL AND page IS NOT NULL))
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 (
    title,
    body,
    content = 'search_entry',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);

-- Words of deleted texts are overwritten in the index, not only marked.
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
    INSERT INTO search_index (rowid, title, body) VALUES (new.id, new.title, new.body);
END;

CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN
    INSERT INTO search_index (search_index, rowid, title, body)
    VALUES ('delete', old.id, old.title, old.body);
END;

-- Texts that are saved and not yet indexed: indexing costs more than saving.
CREATE TABLE search_dirty (
    document BLOB NOT NULL PRIMARY KEY REFERENCES document (id),
    kind     TEXT NOT NULL,
    at       INTEGER NOT NULL,
    title    TEXT NOT NULL,
    body     TEXT NOT NULL
) STRICT;

-- Who may do what with a document, as the server told or as this device asked for.
CREATE TABLE access (
    document  BLOB NOT NULL REFERENCES document (id),
    person    BLOB NOT NULL CHECK (length(person) = 16),
    -- read, comment, edit or own.
    right     TEXT NOT NULL,
    since     INTEGER NOT NULL,
    -- Whether the server has said so.
    confirmed INTEGER NOT NULL,
    PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;

CREATE INDEX access_of_person ON access (person, document);

CREATE TABLE person (
    id      BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name    TEXT NOT NULL,
    role    TEXT NOT NULL,
    -- A JSON array of the ids of their devices.
    devices TEXT NOT NULL DEFAULT '[]'
) STRICT, WITHOUT ROWID;

-- Work the server refused. Kept until the person has dealt with it.
CREATE TABLE quarantine (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    document    BLOB NOT NULL REFERENCES document (id),
    kind        TEXT NOT NULL,
    title       TEXT NOT NULL,
    code        TEXT NOT NULL,
    explanation TEXT NOT NULL,
    -- What the refused entries changed, for people, as JSON.
    readable    TEXT NOT NULL,
    -- The version they were made on, as text.
    base        TEXT NOT NULL,
    at          INTEGER NOT NULL,
    resolved_at INTEGER
) STRICT;

CREATE INDEX quarantine_of_document ON quarantine (document);

CREATE TABLE quarantine_entry (
    quarantine INTEGER NOT NULL REFERENCES quarantine (id) ON DELETE CASCADE,
    -- The order in which they were written.
    place      INTEGER NOT NULL,
    hash       BLOB NOT NULL CHECK (length(hash) = 32),
    document   BLOB NOT NULL CHECK (length(document) = 16),
    kind       TEXT NOT NULL,
    body       BLOB NOT NULL,
    deps       BLOB NOT NULL,
    device     BLOB CHECK (length(device) = 16),
    by_person  BLOB CHECK (length(by_person) = 16),
    PRIMARY KEY (quarantine, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE pack (
    key       TEXT NOT NULL,
    version   INTEGER NOT NULL,
    -- downloading, ready or superseded. Of one pack at most one version is ready.
    state     TEXT NOT NULL,
    manifest  BLOB NOT NULL,
    signature BLOB NOT NULL,
    PRIMARY KEY (key, version)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX pack_in_use ON pack (key) WHERE state = 'ready';

CREATE TABLE pack_file (
    sha256 BLOB NOT NULL PRIMARY KEY CHECK (length(sha256) = 32),
    bytes  INTEGER NOT NULL,
    -- Whether the file is here, whole and checked.
    have   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_state (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    epoch           BLOB CHECK (length(epoch) = 16),
    -- Everything of the server's sequence up to here is here, ...
    cursor_sequence INTEGER NOT NULL DEFAULT 0,
    -- ... and this much of what comes at the next number.
    cursor_within   INTEGER NOT NULL DEFAULT 0,
    next_allowed_at INTEGER,
    -- Whether heads are being compared with the server's, and the last document compared.
    verifying       INTEGER NOT NULL DEFAULT 0,
    verified_to     BLOB CHECK (length(verified_to) = 16)
) STRICT;

INSERT INTO sync_state (id) VALUES (1);
