-- How much of a plan each person wrote once the half of it that is for everybody was used up, of
-- each bound by itself: what they wrote before that takes nothing from the room they have of their
-- own. Nothing of what was there before this was counted.
ALTER TABLE part ADD COLUMN late_changes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE part ADD COLUMN late_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE part ADD COLUMN late_operations INTEGER NOT NULL DEFAULT 0;
