-- Plans that a manager approves, and requesters who urge.

ALTER TABLE ticket ADD COLUMN plan         TEXT    NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN planned_by   TEXT    NOT NULL DEFAULT ''; -- the address of who asks for approval
ALTER TABLE ticket ADD COLUMN escalated    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN escalated_at INTEGER;
