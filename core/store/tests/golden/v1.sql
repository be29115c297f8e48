-- What is in v1.db, beside the schema of 001_init.sql. Frozen, as that file is.

INSERT INTO meta (key, value) VALUES ('name', x'41736861');

INSERT INTO document (id, kind, owner, about, created_at, state, version) VALUES
    (x'01010101010101010101010101010101', 'reflection', x'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        NULL, 1760000000000, 'active', zeroblob(32)),
    (x'02020202020202020202020202020202', 'change_project', x'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
        NULL, 1760000000001, 'deleted', x'');

INSERT INTO entry (hash, document, kind, body, deps, device, by_person) VALUES
    (zeroblob(32), x'01010101010101010101010101010101', 'envelope', x'cafe', x'',
        x'dddddddddddddddddddddddddddddddd', x'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');

INSERT INTO outbox (position, queued_at) VALUES (1, 1760000000002);

INSERT INTO projection
    (document, kind, title, preview, status, created_at, updated_at, tags, version, detail)
VALUES
    (x'01010101010101010101010101010101', 'reflection', 'A night on call', 'It was busy', 'draft',
        1760000000000, 1760000000003, '["domain:sys"]',
        '0000000000000000000000000000000000000000000000000000000000000000', '{"title":"A night on call"}');

INSERT INTO draft (document, field, base, text, saved_at) VALUES
    (x'01010101010101010101010101010101', 'what', '', 'It was busy and', 1760000000004);

INSERT INTO search_entry (document, kind, at, title, body) VALUES
    (x'01010101010101010101010101010101', 'reflection', 1760000000003, 'A night on call',
        'It was busy');
