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

-- A running UID for what no server numbers. The condition keeps it from being one statement with add_sighting.
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
