-- What a conversation needs beyond the first mail: the rest of the ticket, undo, timers, absences, spoilt tokens.
--
-- The indexes are those that a mail asks: how loaded whom is, whose turn it is, what somebody has reported.

ALTER TABLE ticket ADD COLUMN verification TEXT    NOT NULL DEFAULT '';
ALTER TABLE ticket ADD COLUMN minutes      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN confirmed_at INTEGER;
ALTER TABLE ticket ADD COLUMN asked        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN merged_into  TEXT    NOT NULL DEFAULT ''; -- a number
ALTER TABLE ticket ADD COLUMN assignee_key TEXT    NOT NULL DEFAULT ''; -- '' when nobody has it
UPDATE ticket SET assignee_key = lower(trim(assignee_address)) WHERE assignee_address <> '';

CREATE INDEX ticket_open ON ticket (assignee_key, status) WHERE status NOT IN ('closed', 'cancelled', 'merged');
CREATE INDEX ticket_turn ON ticket (group_name) WHERE assignee_key <> '';
CREATE INDEX ticket_requester ON ticket (requester_key);
CREATE INDEX participant_watcher ON participant (address_key) WHERE role = 'watcher';

-- An address whose mail came back. That it is known here does not mean that its owner ever wrote.
ALTER TABLE person ADD COLUMN unreachable_at  INTEGER;
ALTER TABLE person ADD COLUMN unreachable_why TEXT NOT NULL DEFAULT '';

-- Who has sent a mail that carried the token of one of ours, once for each way.
CREATE TABLE token_use (
    outbox   INTEGER NOT NULL REFERENCES outbox (id),
    from_key TEXT    NOT NULL,
    shared   INTEGER NOT NULL, -- others beside the desk were in To or Cc
    at       INTEGER NOT NULL, -- the first time
    PRIMARY KEY (outbox, from_key, shared)
) STRICT, WITHOUT ROWID;

-- What the commands of a mail did to a ticket.
CREATE TABLE ticket_change (
    id            INTEGER PRIMARY KEY,
    ticket        INTEGER NOT NULL REFERENCES ticket (id),
    message       INTEGER REFERENCES message (id),
    entry         INTEGER REFERENCES entry (id),
    at            INTEGER NOT NULL,
    actor_key     TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    commands      TEXT    NOT NULL,
    ticket_before TEXT    NOT NULL, -- JSON, '' when nothing is to be restored
    undone_at     INTEGER
) STRICT;
CREATE INDEX ticket_change_ticket ON ticket_change (ticket);

-- Work that is due. NULLs are never equal, so what belongs to no ticket counts as ticket 0, which none has.
CREATE TABLE timer (
    id      INTEGER PRIMARY KEY,
    kind    TEXT    NOT NULL,
    ticket  INTEGER REFERENCES ticket (id),
    subject TEXT    NOT NULL,
    due     INTEGER NOT NULL,
    data    TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX timer_key ON timer (kind, COALESCE(ticket, 0), subject);
CREATE INDEX timer_ticket ON timer (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX timer_due ON timer (due);

-- Who is absent, by each source that says so.
CREATE TABLE away (
    person_key TEXT    NOT NULL,
    source     TEXT    NOT NULL,
    from_at    INTEGER NOT NULL,
    until_at   INTEGER NOT NULL,
    PRIMARY KEY (person_key, source)
) STRICT, WITHOUT ROWID;
