-- Which ticket each numbered line of a digest stood for. The next digest may order them otherwise, and an answer means the one
-- that it answers.

CREATE TABLE digest_line (
    outbox INTEGER NOT NULL REFERENCES outbox (id),
    line   INTEGER NOT NULL, -- from 1
    ticket INTEGER NOT NULL REFERENCES ticket (id),
    PRIMARY KEY (outbox, line)
) STRICT, WITHOUT ROWID;
