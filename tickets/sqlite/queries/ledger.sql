-- The ledger: messages by content, and their sightings.

-- name: message_by_content
SELECT * FROM ledger_message WHERE content_key = ?;

-- name: messages_by_header_id
SELECT * FROM ledger_message WHERE header_id = ? AND header_id <> '' ORDER BY id;

-- name: messages_by_ticket
SELECT * FROM ledger_message WHERE ticket = (SELECT id FROM ticket WHERE number = ?) ORDER BY id;

-- name: messages_by_address
SELECT * FROM ledger_message WHERE from_address = ? ORDER BY id;

-- name: add_message
INSERT INTO message (content_key, header_id, from_name, from_address, subject, size, raw, verdict, reason, evidence,
                     ticket, entry, decision, known, rules_version, now)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: set_message
UPDATE message
SET verdict = ?, reason = ?, evidence = ?, ticket = ?, entry = ?, decision = ?, known = ?, rules_version = ?, now = ?
WHERE id = ?;

-- name: message_raw
SELECT coalesce(raw, 0), size FROM message WHERE id = ?;

-- name: add_folder
INSERT INTO folder (source, name, uidvalidity, first_seen, uid_next) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: folder_id
SELECT id FROM folder WHERE source = ? AND name = ? AND uidvalidity = ?;

-- name: folders
-- All that is known of a folder, the first start first.
SELECT id, uidvalidity, first_seen, uid_next FROM folder WHERE source = ? AND name = ? ORDER BY first_seen, id;

-- name: last_uid
SELECT coalesce(max(uid), 0) FROM sighting WHERE folder = ?;

-- name: add_sighting
INSERT INTO sighting (folder, uid, message, verdict, reason, at, acknowledged, header_id, from_address, subject)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: sighting_verdict
SELECT s.verdict FROM sighting s JOIN folder f ON f.id = s.folder
WHERE f.source = ? AND f.name = ? AND f.uidvalidity = ? AND s.uid = ?;

-- name: skipped_header_id
SELECT EXISTS (
    SELECT 1 FROM sighting s JOIN folder f ON f.id = s.folder
    WHERE s.header_id = ? AND s.header_id <> '' AND s.verdict = 'skip' AND f.source = ? AND f.name = ?);

-- name: pending_sightings
-- What was committed but about which the server has not been told.
SELECT uid, verdict FROM sighting WHERE folder = ? AND acknowledged = 0 ORDER BY uid;

-- name: seen_uids
SELECT s.uid FROM sighting s JOIN folder f ON f.id = s.folder
WHERE f.source = ? AND f.name = ? AND f.uidvalidity = ? ORDER BY s.uid;

-- name: acknowledge
UPDATE sighting SET acknowledged = ? WHERE folder = ? AND uid = ? AND acknowledged = 0;

-- name: sightings_by_message
SELECT * FROM ledger_sighting WHERE message = ? ORDER BY id;

-- name: sightings_by_header_id
-- Those of mails that were never read whole.
SELECT * FROM ledger_sighting WHERE header_id = ? AND header_id <> '' AND message IS NULL ORDER BY id;

-- name: sightings_by_address
SELECT * FROM ledger_sighting WHERE from_address = ? AND from_address <> '' AND message IS NULL ORDER BY id;

-- name: verdicts
SELECT verdict, count(*) FROM sighting GROUP BY verdict ORDER BY verdict;
