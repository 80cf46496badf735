-- The desk's first schema.
--
-- Times are INTEGER Unix milliseconds in UTC, NULL for a time that is not set. Addresses stand twice where people see
-- them: lower-case as *_key, by which they are compared, and as they were written. A reference to nothing is NULL. What
-- is text is never NULL. IDs of entries and messages are part of Message-IDs that went out, so they are never given twice,
-- not even after the restore of a backup. Everything but STRICT, WITHOUT ROWID and AUTOINCREMENT is plain SQL.
--
-- An index whose keys come in no order costs every mail a page to write, so there is none for what only a rare command
-- asks: why ADDRESS reads all messages.

-- Bytes, zstd-compressed as one frame. The first 256 KiB of the frame lie in blob itself, the rest in blob_chunk.
CREATE TABLE blob (
    id   INTEGER PRIMARY KEY,
    size INTEGER NOT NULL, -- before compression
    data BLOB    NOT NULL
) STRICT;

CREATE TABLE blob_chunk (
    blob INTEGER NOT NULL REFERENCES blob (id) ON DELETE CASCADE,
    seq  INTEGER NOT NULL, -- from 1
    data BLOB    NOT NULL,
    UNIQUE (blob, seq)
) STRICT;

-- The last sequence given on a day of the desk's time zone.
CREATE TABLE day_number (
    day  TEXT    NOT NULL PRIMARY KEY, -- 20231115
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
    address_key  TEXT NOT NULL PRIMARY KEY,
    address      TEXT NOT NULL,
    name         TEXT NOT NULL,
    staff_number TEXT NOT NULL,
    department   TEXT NOT NULL,
    phone        TEXT NOT NULL,
    language     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket (
    id                     INTEGER PRIMARY KEY,
    number                 TEXT    NOT NULL UNIQUE,
    subject                TEXT    NOT NULL,
    status                 TEXT    NOT NULL,
    priority               TEXT    NOT NULL,
    priority_reason        TEXT    NOT NULL,
    category               TEXT    NOT NULL,
    severity               TEXT    NOT NULL,
    impact                 TEXT    NOT NULL,
    occurred_at            INTEGER,
    requester_key          TEXT    NOT NULL,
    requester_address      TEXT    NOT NULL,
    requester_name         TEXT    NOT NULL,
    requester_staff_number TEXT    NOT NULL,
    requester_department   TEXT    NOT NULL,
    requester_phone        TEXT    NOT NULL,
    requester_language     TEXT    NOT NULL,
    assignee_address       TEXT    NOT NULL, -- '' when nobody has it
    assignee_name          TEXT    NOT NULL,
    group_name             TEXT    NOT NULL,
    created_at             INTEGER NOT NULL,
    updated_at             INTEGER NOT NULL,
    resolved_at            INTEGER,
    closed_at              INTEGER,
    response_due           INTEGER,
    resolve_due            INTEGER,
    diagnosis              TEXT    NOT NULL,
    workaround             TEXT    NOT NULL,
    fix                    TEXT    NOT NULL,
    prevention             TEXT    NOT NULL,
    score                  INTEGER,          -- NULL until rated
    score_comment          TEXT    NOT NULL,
    attention              TEXT    NOT NULL
) STRICT;

-- Related tickets, by number.
CREATE TABLE link (
    ticket INTEGER NOT NULL REFERENCES ticket (id),
    seq    INTEGER NOT NULL,
    number TEXT    NOT NULL,
    PRIMARY KEY (ticket, seq)
) STRICT, WITHOUT ROWID;

-- Who belongs to a ticket (requester, watcher, sender) or was copied in (recipient).
CREATE TABLE participant (
    ticket      INTEGER NOT NULL REFERENCES ticket (id),
    address_key TEXT    NOT NULL,
    role        TEXT    NOT NULL,
    address     TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    PRIMARY KEY (ticket, address_key, role)
) STRICT, WITHOUT ROWID;

-- Every Message-ID of a ticket's mails that came in, and those that they referred to. Our own stand in outbox.
CREATE TABLE ticket_header_id (
    header_id TEXT    NOT NULL,
    ticket    INTEGER NOT NULL REFERENCES ticket (id),
    PRIMARY KEY (header_id, ticket)
) STRICT, WITHOUT ROWID;

-- The ledger's mails, by content. entry is set once the entry is there.
CREATE TABLE message (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    content_key   BLOB    NOT NULL UNIQUE,
    header_id     TEXT    NOT NULL,
    from_key      TEXT    NOT NULL,
    from_address  TEXT    NOT NULL,
    from_name     TEXT    NOT NULL,
    subject       TEXT    NOT NULL,
    size          INTEGER NOT NULL,
    verdict       TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    evidence      TEXT    NOT NULL,
    ticket        INTEGER REFERENCES ticket (id),
    entry         INTEGER REFERENCES entry (id),
    raw           INTEGER REFERENCES blob (id), -- NULL when it has expired
    rules_version INTEGER NOT NULL,
    decided_at    INTEGER NOT NULL,
    decision      TEXT    NOT NULL, -- JSON
    known         TEXT    NOT NULL  -- JSON
) STRICT;
CREATE INDEX message_header_id ON message (header_id) WHERE header_id <> '';
CREATE INDEX message_ticket ON message (ticket) WHERE ticket IS NOT NULL;

-- The ledger's sightings: every appearance of a mail on a server, in a pipe or in an archive.
CREATE TABLE sighting (
    id              INTEGER PRIMARY KEY,
    source          TEXT    NOT NULL,
    folder          TEXT    NOT NULL,
    uidvalidity     INTEGER NOT NULL,
    uid             INTEGER NOT NULL,
    message         INTEGER REFERENCES message (id),
    verdict         TEXT    NOT NULL,
    reason          TEXT    NOT NULL,
    seen_at         INTEGER NOT NULL,
    acknowledged_at INTEGER,
    header_id       TEXT    NOT NULL,
    from_address    TEXT    NOT NULL,
    subject         TEXT    NOT NULL,
    UNIQUE (source, folder, uidvalidity, uid)
) STRICT;
CREATE INDEX sighting_message ON sighting (message) WHERE message IS NOT NULL;
CREATE INDEX sighting_header_id ON sighting (header_id) WHERE header_id <> '';
CREATE INDEX sighting_pending ON sighting (source, folder, uidvalidity) WHERE acknowledged_at IS NULL;

-- The folders of the accounts, once for each UIDVALIDITY under which they were seen.
CREATE TABLE folder (
    id          INTEGER PRIMARY KEY,
    source      TEXT    NOT NULL,
    folder      TEXT    NOT NULL,
    uidvalidity INTEGER NOT NULL,
    first_seen  INTEGER NOT NULL,
    uid_next    INTEGER NOT NULL, -- at first_seen
    UNIQUE (source, folder, uidvalidity)
) STRICT;

-- A ticket's timeline.
CREATE TABLE entry (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket        INTEGER NOT NULL REFERENCES ticket (id),
    at            INTEGER NOT NULL,
    actor_address TEXT    NOT NULL,
    actor_name    TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    text          TEXT    NOT NULL,
    visibility    TEXT    NOT NULL,
    message       INTEGER REFERENCES message (id),
    header_id     TEXT    NOT NULL,
    verified      INTEGER NOT NULL,
    text_key      BLOB,
    recipients    TEXT    NOT NULL -- one address a line
) STRICT;
CREATE INDEX entry_ticket ON entry (ticket);
CREATE INDEX entry_text_key ON entry (text_key) WHERE text_key IS NOT NULL;

CREATE TABLE attachment (
    entry    INTEGER NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    size     INTEGER NOT NULL,
    sha256   TEXT    NOT NULL,
    inline   INTEGER NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;

-- Outgoing mail, a row for each recipient.
CREATE TABLE outbox (
    id            INTEGER PRIMARY KEY,
    ticket        INTEGER REFERENCES ticket (id),
    entry         INTEGER REFERENCES entry (id),
    kind          TEXT    NOT NULL,
    lane          INTEGER NOT NULL,
    sender        TEXT    NOT NULL,
    recipient_key TEXT    NOT NULL,
    recipient     TEXT    NOT NULL,
    message_id    TEXT    NOT NULL UNIQUE,
    raw           INTEGER NOT NULL REFERENCES blob (id),
    state         TEXT    NOT NULL,
    attempts      INTEGER NOT NULL,
    created_at    INTEGER NOT NULL,
    due           INTEGER NOT NULL,
    sent_at       INTEGER,
    response      TEXT    NOT NULL
) STRICT;
CREATE INDEX outbox_recipient ON outbox (recipient_key, created_at);
CREATE INDEX outbox_ticket ON outbox (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX outbox_due ON outbox (lane, due) WHERE state = 'queued';
CREATE INDEX outbox_unfinished ON outbox (recipient_key, ticket) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_failed ON outbox (created_at) WHERE state = 'failed';
