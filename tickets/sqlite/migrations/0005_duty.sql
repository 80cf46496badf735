-- Who is on call in place of the rota's turn; of several that cover an instant the newest counts.
CREATE TABLE duty (
    id          INTEGER PRIMARY KEY,
    address     TEXT    NOT NULL,
    from_at     INTEGER NOT NULL,
    until_at    INTEGER NOT NULL,
    arranged_by TEXT    NOT NULL,
    arranged_at INTEGER NOT NULL
) STRICT;
CREATE INDEX duty_until ON duty (until_at);
