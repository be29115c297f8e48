-- A person has several roles, each within an organisation: a JSON array of texts.
ALTER TABLE person RENAME COLUMN role TO roles;
UPDATE person SET roles = json_array(roles);
