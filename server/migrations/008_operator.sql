-- The operator's day: who left, which invitations were withdrawn, and who is told of whom.

-- When a person left the programme; 0 while they are on it.
ALTER TABLE person ADD COLUMN left_at INTEGER NOT NULL DEFAULT 0;

-- When the operator took it back; 0 if that did not happen.
ALTER TABLE invitation ADD COLUMN withdrawn_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX invitation_person ON invitation (person) WHERE person IS NOT NULL;

-- Who is told of whom: those whom a person may need, and themselves.
CREATE TABLE directory (
    person   BLOB NOT NULL,
    -- Whom they are told of.
    known    BLOB NOT NULL,
    -- When they last had to hear of them: a number of the sequence.
    sequence INTEGER NOT NULL,
    PRIMARY KEY (person, known)
) STRICT, WITHOUT ROWID;
CREATE INDEX directory_news ON directory (person, sequence);
CREATE INDEX directory_known ON directory (known);
CREATE INDEX directory_sequence ON directory (sequence);
-- Those who were here before know one another already.
INSERT INTO directory (person, known, sequence)
    SELECT one.id, other.id, other.changed FROM person AS one JOIN person AS other;

CREATE INDEX person_role_organisation ON person_role (organisation, role);
