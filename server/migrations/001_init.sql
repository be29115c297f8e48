-- One number for everything that devices read, in the order it happened. A number is never given
-- twice, not even after what had it was destroyed.
CREATE TABLE sequence (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    last INTEGER NOT NULL
) STRICT;
INSERT INTO sequence VALUES (1, 0);

-- Each unbroken life of these data. A restore begins a new one after the number it starts at.
CREATE TABLE epoch (
    number    INTEGER PRIMARY KEY,
    id        BLOB NOT NULL UNIQUE,
    starts_at INTEGER NOT NULL,
    at        INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    id                  BLOB PRIMARY KEY,
    name                TEXT NOT NULL,
    role                TEXT NOT NULL,
    -- Wrapped by the person's recovery key, which never comes here.
    wrapped_account_key BLOB NOT NULL,
    -- What the documents they own take, so that nobody has to add it up.
    bytes               INTEGER NOT NULL DEFAULT 0,
    -- When everybody last had to hear of them: their number in the sequence.
    changed             INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TABLE device (
    id          BLOB PRIMARY KEY,
    person      BLOB NOT NULL REFERENCES person (id),
    name        TEXT NOT NULL,
    -- SHA-256. The token itself is on the device only.
    token_hash  BLOB NOT NULL UNIQUE,
    -- How far it has read, as far as something waits for that.
    read_to     INTEGER NOT NULL DEFAULT 0,
    enrolled_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX device_person ON device (person);

-- Private documents at rest, many in one sealed piece that a device of their owner made.
CREATE TABLE archive (
    -- Its number in the one sequence.
    sequence  INTEGER PRIMARY KEY,
    person    BLOB NOT NULL REFERENCES person (id),
    -- As it was offered.
    body      BLOB NOT NULL,
    stored_at INTEGER NOT NULL,
    -- The newest number among the entries that were let go because of it; its own if it holds what
    -- was never an entry here.
    let_go    INTEGER NOT NULL DEFAULT 0,
    -- Whether it holds a document that is no more, and must be made anew without that.
    stale     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX archive_person ON archive (person, sequence);

-- The newest archive that holds a document.
CREATE TABLE archived (
    document BLOB PRIMARY KEY,
    archive  INTEGER NOT NULL REFERENCES archive (sequence),
    -- Where the chains in it end: a device and a counter, one after the other.
    ends     BLOB NOT NULL,
    -- The first eight bytes of the hash of each entry of the document that was let go.
    let_go   BLOB NOT NULL DEFAULT x''
) STRICT, WITHOUT ROWID;
CREATE INDEX archived_in ON archived (archive);

-- All archives in whose body there is something of a document, be it an older state of it.
CREATE TABLE in_archive (
    document BLOB NOT NULL,
    archive  INTEGER NOT NULL REFERENCES archive (sequence) ON DELETE CASCADE,
    PRIMARY KEY (document, archive)
) STRICT, WITHOUT ROWID;
CREATE INDEX in_archive_archive ON in_archive (archive);

CREATE TABLE invitation (
    code_hash  BLOB PRIMARY KEY,
    -- For somebody new: what they are and are called. For another device: whose.
    name       TEXT NOT NULL DEFAULT '',
    role       TEXT NOT NULL DEFAULT '',
    person     BLOB REFERENCES person (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_by    BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE document (
    id         BLOB PRIMARY KEY,
    kind       TEXT NOT NULL,
    owner      BLOB NOT NULL REFERENCES person (id),
    -- The plan that decides who reads it: of comments the one they are about, otherwise none.
    about      BLOB,
    created_at INTEGER NOT NULL,
    -- The hash of its create entry, on which the first entries depend.
    creation   BLOB NOT NULL,
    bytes      INTEGER NOT NULL DEFAULT 0,
    changes    INTEGER NOT NULL DEFAULT 0,
    -- How many of its changes, from the first, are in its fold.
    folded     INTEGER NOT NULL DEFAULT 0,
    -- How many changes, from the first, were found good in a trial of the whole document.
    tried      INTEGER NOT NULL DEFAULT 0,
    -- 0 until a trial fails, then the number of the first change that is not good: what it says is
    -- read by nobody, and no further change is taken.
    frozen_at  INTEGER NOT NULL DEFAULT 0,
    -- 0 until it is destroyed, then for ever the moment of that.
    deleted_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX document_about ON document (about) WHERE about IS NOT NULL;
-- Plain documents with changes that are worth a fold.
CREATE INDEX document_unfolded ON document (kind)
    WHERE kind IN ('change_project', 'comments') AND changes - folded >= 16;

-- Plain documents as one piece, in the place of the entries of their first changes.
CREATE TABLE fold (
    document  BLOB NOT NULL UNIQUE REFERENCES document (id),
    -- Its own number in the one sequence.
    sequence  INTEGER PRIMARY KEY,
    -- The numbers of the first and the last change in it.
    first     INTEGER NOT NULL,
    last      INTEGER NOT NULL,
    changes   INTEGER NOT NULL,
    -- Bytes of its changes as they were offered.
    bytes     INTEGER NOT NULL,
    -- The hashes of the changes in it on which no other of it depends, one after the other.
    heads     BLOB NOT NULL,
    -- The piece, compressed.
    body      BLOB NOT NULL,
    -- Who sent which change when and under which number, column by column, in its order there.
    sent      BLOB NOT NULL,
    -- The first eight bytes of the hash of each change, in the same order.
    hashes    BLOB NOT NULL,
    -- What the next change is judged by, compressed.
    catalogue BLOB NOT NULL,
    -- Receipts for its creation, its heads and its milestones: whole hashes are not kept of others.
    receipts  BLOB NOT NULL
) STRICT;

-- Who may read something of a fold, in the place of a row for each change, and the last number in
-- it.
CREATE TABLE fold_feed (
    person   BLOB NOT NULL,
    document BLOB NOT NULL,
    last     INTEGER NOT NULL,
    PRIMARY KEY (person, document)
) STRICT, WITHOUT ROWID;
CREATE INDEX fold_feed_last ON fold_feed (person, last);
CREATE INDEX fold_feed_document ON fold_feed (document);

CREATE TABLE entry (
    sequence    INTEGER PRIMARY KEY,
    hash        BLOB NOT NULL,
    document    BLOB NOT NULL REFERENCES document (id),
    kind        TEXT NOT NULL,
    body        BLOB NOT NULL,
    -- Whom a grant or revocation is about; otherwise none.
    subject     BLOB,
    person      BLOB NOT NULL,
    device      BLOB NOT NULL,
    received_at INTEGER NOT NULL,
    -- The archive that holds it as well, if one does.
    archive     INTEGER,
    -- The same bytes in another document are another entry.
    UNIQUE (document, hash)
) STRICT;
CREATE INDEX entry_archive ON entry (archive, kind) WHERE archive IS NOT NULL;
CREATE INDEX entry_document ON entry (document, sequence);

-- The entries of a document on which no other depends.
CREATE TABLE head (
    document BLOB NOT NULL,
    hash     BLOB NOT NULL,
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;

-- Whose work an Automerge actor does in a document, and how far. Of a sealed document the actor is
-- the device and its last number the counter of its envelopes.
CREATE TABLE actor (
    document BLOB NOT NULL,
    actor    BLOB NOT NULL,
    device   BLOB NOT NULL,
    last     INTEGER NOT NULL,
    PRIMARY KEY (document, actor)
) STRICT, WITHOUT ROWID;

-- What the changes of plain documents added to their catalogues, so that the next change is judged
-- without reading those before it: `changes` of them after the first `first`.
CREATE TABLE journal (
    document BLOB NOT NULL,
    first    INTEGER NOT NULL,
    changes  INTEGER NOT NULL,
    steps    BLOB NOT NULL,
    PRIMARY KEY (document, first)
) STRICT, WITHOUT ROWID;

-- Who may do what now.
CREATE TABLE grant_row (
    document BLOB NOT NULL,
    person   BLOB NOT NULL,
    right    TEXT NOT NULL,
    -- Since when they have had access without a break: what came before comes whole.
    since    INTEGER NOT NULL,
    -- The entry that gave the right they have now.
    entry    INTEGER NOT NULL,
    -- When they first had the whole document; 0 before.
    read_at  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX grant_person ON grant_row (person);

-- The greatest round of each person's rights to a document, kept when they have none any more.
CREATE TABLE grant_round (
    document BLOB NOT NULL,
    person   BLOB NOT NULL,
    rank     INTEGER NOT NULL,
    PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;

-- Which entries a person may read, filled when an entry is stored.
CREATE TABLE feed (
    person   BLOB NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (person, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_sequence ON feed (sequence);

CREATE TABLE pack (
    key          TEXT NOT NULL,
    version      INTEGER NOT NULL,
    -- The signed manifest as it is sent.
    signed       BLOB NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (key, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE pack_file (
    sha256     BLOB PRIMARY KEY,
    bytes      INTEGER NOT NULL,
    media_type TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What happened, and never what was written. Each row's hash covers the row before it.
CREATE TABLE audit (
    number   INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    action   TEXT NOT NULL,
    person   BLOB,
    device   BLOB,
    document BLOB,
    subject  BLOB,
    detail   TEXT NOT NULL DEFAULT '',
    hash     BLOB NOT NULL
) STRICT;
