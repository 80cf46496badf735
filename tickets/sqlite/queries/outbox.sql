-- name: outbox_columns
o.id, o.ticket, t.number, o.entry, o.kind, o.lane, o.sender, o.recipient, o.message_id, o.state, o.attempts,
o.created_at, o.due, o.sent_at, o.response

-- name: add_outgoing
INSERT INTO outbox (ticket, entry, kind, lane, sender, recipient_key, recipient, message_id, raw, state, attempts,
    created_at, due, response)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?, '')

-- name: add_digest_line
INSERT INTO digest_line (outbox, line, ticket) VALUES (?, ?, ?)

-- name: digest_lines
SELECT t.number FROM digest_line l JOIN ticket t ON t.id = l.ticket WHERE l.outbox = ? ORDER BY l.line

-- name: outgoing_by_message_id
SELECT {outbox_columns} FROM outbox o LEFT JOIN ticket t ON t.id = o.ticket WHERE o.message_id = ?

-- name: outgoing_of_ticket_to
SELECT {outbox_columns} FROM outbox o JOIN ticket t ON t.id = o.ticket
WHERE o.ticket = ? AND o.recipient_key = ? ORDER BY o.id DESC LIMIT ?

-- NoticeKind.Spoken: mails that carry a person's words to another.
-- name: spoken
('reply', 'private', 'waiting', 'resolved', 'message', 'unsolved', 'note', 'approval')

-- name: count_automatic
SELECT COUNT(*) FROM outbox WHERE recipient_key = ? AND created_at >= ? AND kind NOT IN {spoken}

-- name: count_automatic_of_ticket
SELECT COUNT(*) FROM outbox WHERE recipient_key = ? AND created_at >= ? AND ticket = ? AND kind NOT IN {spoken}

-- name: count_notices
SELECT COUNT(*) FROM outbox WHERE recipient_key = ? AND created_at >= ? AND kind = ?

-- Rows that a process claimed which is no more.
-- name: release_claimed
UPDATE outbox SET state = 'queued', due = ? WHERE state = 'sending'

-- Whether an earlier row o.ticket, o.recipient_key is on its way. Mails of no ticket have no order: NULL equals nothing.
-- name: blocked
EXISTS (SELECT 1 FROM outbox e WHERE e.recipient_key = o.recipient_key AND e.ticket = o.ticket
    AND e.state IN ('queued', 'sending') AND e.lane = o.lane AND e.id < o.id)

-- Due rows of a lane that wait for no earlier one, or have waited since before the given time.
-- name: claimable
SELECT {outbox_columns}, o.raw FROM outbox o LEFT JOIN ticket t ON t.id = o.ticket
WHERE o.lane = ? AND o.state = 'queued' AND o.due <= ? AND (o.created_at <= ? OR NOT {blocked})
ORDER BY o.due, o.id LIMIT ?

-- name: claim
UPDATE outbox SET state = 'sending' WHERE id = ? AND state = 'queued'

-- When the next row of a lane is due that waits for no earlier one.
-- name: next_due
SELECT o.due FROM outbox o WHERE o.lane = ? AND o.state = 'queued' AND NOT {blocked} ORDER BY o.due LIMIT 1

-- Queued rows due before the first that waits for none all wait for an earlier one: when the first of them stops waiting;
-- the milliseconds of that wait are given. So this reads no more rows than are in that state.
-- name: next_unblocked
SELECT MIN(MAX(due, created_at + ?)) FROM outbox WHERE lane = ? AND state = 'queued' AND due < ?

-- name: mark_sent
UPDATE outbox SET state = 'sent', attempts = attempts + 1, sent_at = ?, response = ? WHERE id = ? AND state = 'sending'

-- The attempts to add are 1, or 0 for a row that had no part in why it could not leave.
-- name: put_back
UPDATE outbox SET state = 'queued', attempts = attempts + ?, due = ?, response = ? WHERE id = ? AND state = 'sending'

-- name: mark_failed
UPDATE outbox SET state = 'failed', attempts = attempts + 1, due = ?, response = ? WHERE id = ? AND state = 'sending'

-- name: unfinished_stats
SELECT lane, COUNT(*), MIN(created_at) FROM outbox WHERE state IN ('queued', 'sending') GROUP BY lane

-- name: count_failed
SELECT COUNT(*) FROM outbox WHERE state = 'failed'

-- name: whole_outbox
SELECT {outbox_columns} FROM outbox o LEFT JOIN ticket t ON t.id = o.ticket ORDER BY o.id

-- name: outbox_in_state
SELECT {outbox_columns} FROM outbox o LEFT JOIN ticket t ON t.id = o.ticket WHERE o.state = ? ORDER BY o.id

-- name: outbox_blob
SELECT raw FROM outbox WHERE id = ?

-- What waits for a later attempt is due at once, too. The 72 hours that a mail is tried for begin anew.
-- name: retry_outgoing
UPDATE outbox SET state = 'queued', due = ?, created_at = ?, attempts = 0 WHERE id = ? AND state IN ('queued', 'failed')

-- name: retry_all_failed
UPDATE outbox SET state = 'queued', due = ?, created_at = ?, attempts = 0 WHERE state = 'failed'

-- What is being sent cannot be called back.
-- name: withdraw
UPDATE outbox SET state = 'cancelled' WHERE ticket = ? AND kind = ? AND state = 'queued' AND (? = '' OR recipient_key = ?)

-- name: cancel_outgoing
UPDATE outbox SET state = 'cancelled' WHERE id = ? AND state IN ('queued', 'failed')
