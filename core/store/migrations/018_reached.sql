-- The greatest number there was when the server last said what it has. One that never came so far
-- had its data replaced by older ones.
ALTER TABLE sync_state ADD COLUMN reached INTEGER NOT NULL DEFAULT 0;
UPDATE sync_state SET reached = cursor_sequence;
