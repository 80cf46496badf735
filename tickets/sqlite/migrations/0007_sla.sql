-- What the targets of a ticket count on, and who has heard of them. A ticket of an older version has no sla_since: no target runs
-- on it until it is reopened after its end.

ALTER TABLE ticket ADD COLUMN sla_since         INTEGER;
ALTER TABLE ticket ADD COLUMN pauses            TEXT    NOT NULL DEFAULT ''; -- JSON: [[from, until], …] in Unix ms, until 0 while it goes on
ALTER TABLE ticket ADD COLUMN answered_at       INTEGER; -- the first answer to the requester
ALTER TABLE ticket ADD COLUMN due_promised      INTEGER; -- by #due, in place of the target
ALTER TABLE ticket ADD COLUMN due_set_at        INTEGER;
ALTER TABLE ticket ADD COLUMN respond_warned_at INTEGER;
ALTER TABLE ticket ADD COLUMN respond_missed_at INTEGER; -- when that was told
ALTER TABLE ticket ADD COLUMN resolve_warned_at INTEGER;
ALTER TABLE ticket ADD COLUMN resolve_missed_at INTEGER;

-- Until now only #due has set it.
UPDATE ticket SET due_promised = resolve_due, due_set_at = updated_at WHERE resolve_due IS NOT NULL;
