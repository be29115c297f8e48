-- One folding for index and question, and it is the app's: the index takes words that are folded,
-- and keeps no text, which is in search_entry as it was written. Everything is indexed again, in
-- the background; a later folding does the same in a step of its own.
DROP TRIGGER search_entry_added;
DROP TRIGGER search_entry_removed;
DROP TABLE search_index;

CREATE VIRTUAL TABLE search_index USING fts5 (
    title,
    body,
    content = '',
    -- Words come with a space between two of them, and this one cuts nowhere else.
    tokenize = 'ascii'
);

-- Words of deleted texts are overwritten in the index, not only marked.
INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);

-- Whether the words of a text are in the index.
ALTER TABLE search_entry ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX search_entry_unindexed ON search_entry (id) WHERE NOT indexed;
