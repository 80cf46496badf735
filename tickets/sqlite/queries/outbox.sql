-- What goes out.

-- name: add_outgoing
INSERT INTO outbox (ticket, entry, kind, lane, sender, recipient, recipient_key, message_id, raw, size, state, attempts,
                    created_at, due, sent_at, response)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?, 0, '');

-- name: outgoing_by_message_id
SELECT * FROM outbox_item WHERE message_id = ?;

-- name: outgoing_by_id
SELECT * FROM outbox_item WHERE id = ?;

-- name: outgoing_by_ticket
SELECT * FROM outbox_item WHERE ticket = (SELECT id FROM ticket WHERE number = ?) ORDER BY id;

-- name: outgoing_by_address
SELECT * FROM outbox_item WHERE id IN (SELECT id FROM outbox WHERE recipient_key = ?) ORDER BY id;

-- name: outbox
-- All, or those of one state.
SELECT * FROM outbox_item WHERE ?1 = '' OR state = ?1 ORDER BY id;

-- name: count_outgoing
SELECT count(*) FROM outbox WHERE recipient_key = ?1 AND created_at >= ?2 AND (?3 = 0 OR ticket = ?3);

-- name: release
UPDATE outbox SET state = 'queued', due = ? WHERE state = 'sending';

-- name: due
-- What may leave now: nothing earlier of its lane to the same ticket and recipient is on its way, or it has waited for
-- that 10 minutes. A mail of no ticket waits for none.
SELECT * FROM outbox_item WHERE id IN (
    SELECT o.id FROM outbox o
    WHERE o.state = 'queued' AND o.lane = ?1 AND o.due <= ?2
      AND (o.created_at <= ?2 - 600000 OR NOT EXISTS (
          SELECT 1 FROM outbox p
          WHERE p.ticket = o.ticket AND p.recipient_key = o.recipient_key AND p.id < o.id
            AND p.lane = o.lane AND p.state IN ('queued', 'sending')))
    ORDER BY o.due, o.id LIMIT ?3)
ORDER BY due, id;

-- name: claim
UPDATE outbox SET state = 'sending' WHERE id = ?;

-- name: next_due
SELECT coalesce(min(CASE
    WHEN EXISTS (
        SELECT 1 FROM outbox p
        WHERE p.ticket = o.ticket AND p.recipient_key = o.recipient_key AND p.id < o.id
          AND p.lane = o.lane AND p.state IN ('queued', 'sending'))
    AND o.due < o.created_at + 600000 THEN o.created_at + 600000
    ELSE o.due END), 0)
FROM outbox o WHERE o.state = 'queued' AND o.lane = ?;

-- name: mark_sent
UPDATE outbox SET state = 'sent', attempts = attempts + 1, sent_at = ?, response = ? WHERE id = ? AND state = 'sending';

-- name: defer
UPDATE outbox SET state = 'queued', attempts = attempts + 1, due = ?, response = ? WHERE id = ? AND state = 'sending';

-- name: return
UPDATE outbox SET state = 'queued', due = ?, response = ? WHERE id = ? AND state = 'sending';

-- name: mark_failed
UPDATE outbox SET state = 'failed', attempts = attempts + 1, response = ? WHERE id = ? AND state = 'sending';

-- name: retry_failed
-- One failed or waiting mail, or with id 0 all that failed.
UPDATE outbox SET state = 'queued', attempts = 0, created_at = ?2, due = ?2
WHERE (?1 = 0 AND state = 'failed') OR (id = ?1 AND state IN ('failed', 'cancelled', 'queued'));

-- name: cancel
UPDATE outbox SET state = 'cancelled' WHERE id = ? AND state IN ('queued', 'failed');

-- name: outbox_counts
SELECT state, lane, count(*), min(created_at) FROM outbox WHERE state IN ('queued', 'sending', 'failed') GROUP BY state, lane;
