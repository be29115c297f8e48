-- Who is asked to take part in a plan takes part once they accept.

-- invited, member, declined or left. Of those who declined or left the right is what they had.
ALTER TABLE access ADD COLUMN standing TEXT NOT NULL DEFAULT 'member';

-- Plans this person is invited to, whose documents are not here.
CREATE TABLE invitation (
    document   BLOB NOT NULL PRIMARY KEY CHECK (length(document) = 16),
    -- Who invites.
    inviter    BLOB NOT NULL CHECK (length(inviter) = 16),
    right      TEXT NOT NULL,
    -- Its number among the rounds of this person's rights to the plan.
    round      INTEGER NOT NULL,
    -- What the inviter's device says the plan is called, and how many bytes it has.
    title      TEXT NOT NULL,
    bytes      INTEGER NOT NULL,
    -- When it came to the server, and until when it can be accepted.
    came_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- accepted or declined_for_good; none while it waits.
    answer     TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX invitation_newest ON invitation (came_at DESC, document DESC);

CREATE TRIGGER inbox_stale_by_invitation AFTER INSERT ON invitation
BEGIN
    INSERT INTO inbox_stale (subject) SELECT new.document
        WHERE NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = new.document);
END;

CREATE TRIGGER inbox_stale_by_answer AFTER UPDATE ON invitation
BEGIN
    INSERT INTO inbox_stale (subject) SELECT new.document
        WHERE NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = new.document);
END;

CREATE TRIGGER inbox_stale_by_end_of_invitation AFTER DELETE ON invitation
BEGIN
    INSERT INTO inbox_stale (subject) SELECT old.document
        WHERE NOT EXISTS (SELECT 1 FROM inbox_stale WHERE subject = old.document);
END;
