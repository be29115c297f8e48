-- A person has several roles, each within an organisation.

CREATE TABLE person_role (
    person       BLOB NOT NULL REFERENCES person (id),
    -- The order in which they were given; the first one is named by certificates.
    place        INTEGER NOT NULL,
    role         TEXT NOT NULL,
    -- Empty for the programme as a whole.
    organisation TEXT NOT NULL,
    PRIMARY KEY (person, place)
) STRICT, WITHOUT ROWID;
INSERT INTO person_role (person, place, role, organisation) SELECT id, 0, role, '' FROM person;
ALTER TABLE person DROP COLUMN role;

-- As JSON, since nothing is looked for in them.
ALTER TABLE invitation RENAME COLUMN role TO roles;
UPDATE invitation SET roles = CASE roles WHEN '' THEN '[]'
    ELSE json_array(json_object('role', roles, 'organisation', '')) END;
