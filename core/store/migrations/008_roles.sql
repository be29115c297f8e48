-- A person has several roles, each within an organisation: a JSON array of texts. It is put together
-- as text, since SQLite has no JSON in a browser; no role holds a sign that JSON would escape.
ALTER TABLE person RENAME COLUMN role TO roles;
UPDATE person SET roles = '["' || roles || '"]';
