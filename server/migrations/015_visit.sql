-- In which visit something was done with a ticket, since one visit takes but a few answers. Of what
-- was done before this it is not known, and counts for none.
ALTER TABLE ticket_deed ADD COLUMN visit BLOB;
