-- Plans that a manager approves, requesters who urge, tickets that return.

ALTER TABLE ticket ADD COLUMN plan         TEXT    NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN planned_by   TEXT    NOT NULL DEFAULT ''; -- the address of who asks for approval
ALTER TABLE ticket ADD COLUMN escalated    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN escalated_at INTEGER;

-- A mail may change several tickets, which are taken back together.
CREATE INDEX ticket_change_message ON ticket_change (message) WHERE message IS NOT NULL;

-- The status to which a cancelled or merged ticket can return.
ALTER TABLE ticket ADD COLUMN former       TEXT    NOT NULL DEFAULT '';
