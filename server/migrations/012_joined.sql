-- The number of the invitation that a person accepted: whoever is let in later hears of it with the
-- acceptance, and knows who invited. 0 where nobody had to.
ALTER TABLE grant_row ADD COLUMN invited INTEGER NOT NULL DEFAULT 0;

-- How much of a plan each person wrote, so that nobody fills it up for the others. What was folded
-- before this was counted is nobody's.
CREATE TABLE part (
    document   BLOB NOT NULL,
    person     BLOB NOT NULL,
    changes    INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    operations INTEGER NOT NULL,
    PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;
INSERT INTO part (document, person, changes, bytes, operations)
    SELECT document, person, count(*), sum(length(body)), 0 FROM entry
    WHERE kind = 'change' GROUP BY document, person;

-- Organisations are the same by what their names say, however they are written.
ALTER TABLE person_role ADD COLUMN folded TEXT NOT NULL DEFAULT '';
UPDATE person_role SET folded = lower(organisation);
