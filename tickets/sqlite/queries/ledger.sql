-- name: message_columns
m.id, m.content_key, m.header_id, m.from_address, m.from_name, m.subject, m.size, m.verdict, m.reason, m.evidence,
m.ticket, t.number, m.entry, m.rules_version, m.decided_at, m.decision, m.known

-- name: add_message
INSERT INTO message (content_key, header_id, from_key, from_address, from_name, subject, size, verdict, reason,
    evidence, ticket, entry, raw, rules_version, decided_at, decision, known)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: set_message
UPDATE message SET verdict = ?, reason = ?, evidence = ?, ticket = ?, entry = ?, rules_version = ?, decided_at = ?,
    decision = ?, known = ?
WHERE id = ?

-- Most mails are new, so this asks the index alone before message_by_id reads a row.
-- name: message_id_by_content
SELECT id FROM message WHERE content_key = ?

-- name: message_by_id
SELECT {message_columns} FROM message m LEFT JOIN ticket t ON t.id = m.ticket WHERE m.id = ?

-- name: message_ids_by_header_id
SELECT id FROM message WHERE header_id = ? AND header_id <> '' ORDER BY id

-- A running UID for what no server numbers.
-- name: next_uid
SELECT COALESCE(MAX(uid), 0) + 1 FROM sighting WHERE source = ? AND folder = ? AND uidvalidity = ?

-- name: add_sighting
INSERT INTO sighting (source, folder, uidvalidity, uid, message, verdict, reason, seen_at, acknowledged_at, header_id,
    from_address, subject)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING

-- name: sighting_verdict
SELECT verdict FROM sighting WHERE source = ? AND folder = ? AND uidvalidity = ? AND uid = ?

-- name: skipped_header_id
SELECT 1 FROM sighting WHERE header_id = ? AND header_id <> '' AND verdict = 'skip' AND source = ? AND folder = ? LIMIT 1

-- name: message_blob
SELECT raw FROM message WHERE id = ?

-- name: message_ids_of_ticket
SELECT m.id FROM message m JOIN ticket t ON t.id = m.ticket WHERE t.number = ? ORDER BY m.id

-- name: message_ids_from
SELECT id FROM message WHERE from_key = ? ORDER BY id

-- name: sighting_columns
id, source, folder, uidvalidity, uid, message, verdict, reason, seen_at, acknowledged_at, header_id, from_address,
subject

-- name: sightings_of_message
SELECT {sighting_columns} FROM sighting WHERE message = ? ORDER BY id

-- Mails that were never read whole: skipped, too large, unfetchable. These are few, and the index has them alone.
-- name: unread_of_ticket
SELECT {sighting_columns} FROM sighting
WHERE message IS NULL AND header_id <> '' AND EXISTS (
    SELECT 1 FROM ticket_header_id h JOIN ticket t ON t.id = h.ticket WHERE h.header_id = sighting.header_id AND t.number = ?)
ORDER BY id

-- name: unread_by_header_id
SELECT {sighting_columns} FROM sighting WHERE header_id = ? AND header_id <> '' AND message IS NULL ORDER BY id

-- name: unread_from
SELECT {sighting_columns} FROM sighting WHERE message IS NULL AND lower(from_address) = ? ORDER BY id

-- name: outgoing_of_ticket
SELECT {outbox_columns} FROM outbox o JOIN ticket t ON t.id = o.ticket WHERE t.number = ? ORDER BY o.id

-- The mail itself, and what a mail that came in has caused.
-- name: outgoing_about_header_id
SELECT {outbox_columns} FROM outbox o LEFT JOIN ticket t ON t.id = o.ticket WHERE o.message_id = ?
UNION
SELECT {outbox_columns} FROM message m JOIN outbox o ON o.ticket = m.ticket AND o.entry = m.entry JOIN ticket t ON t.id = o.ticket
WHERE m.header_id = ? AND m.header_id <> ''
ORDER BY 1

-- name: outgoing_to
SELECT {outbox_columns} FROM outbox o LEFT JOIN ticket t ON t.id = o.ticket WHERE o.recipient_key = ? ORDER BY o.id
