-- Each start of a server begins an epoch, which carries on the data of the one before it. One that
-- a restore begins does not: every device is to compare what it has with what is here.
ALTER TABLE epoch ADD COLUMN begins_anew INTEGER NOT NULL DEFAULT 1;
