-- Where a plan stands: work on a P0 does not wait for its approval, so the status alone does not tell.
ALTER TABLE ticket ADD COLUMN approval TEXT NOT NULL DEFAULT '';
UPDATE ticket SET approval = 'pending' WHERE status = 'pending_approval';

-- Junk whose sender is to be ignored.
ALTER TABLE ticket ADD COLUMN ignores INTEGER NOT NULL DEFAULT 0;
CREATE INDEX ticket_ignores ON ticket (requester_key) WHERE ignores = 1;
