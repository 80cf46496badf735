-- The folder's first sight under any UIDVALIDITY; the earliest row.
-- name: first_folder
SELECT uidvalidity, first_seen, uid_next FROM folder WHERE source = ? AND folder = ? ORDER BY first_seen, id LIMIT 1

-- name: add_folder
INSERT INTO folder (source, folder, uidvalidity, first_seen, uid_next) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING

-- name: last_uid
SELECT MAX(uid) FROM sighting WHERE source = ? AND folder = ? AND uidvalidity = ?

-- name: pending
SELECT id, uid, message, verdict, reason, seen_at, header_id, from_address, subject FROM sighting
WHERE source = ? AND folder = ? AND uidvalidity = ? AND acknowledged_at IS NULL AND verdict NOT IN ('skip', 'vanish')
ORDER BY uid

-- name: seen_uids
SELECT uid FROM sighting WHERE source = ? AND folder = ? AND uidvalidity = ? ORDER BY uid

-- name: acknowledge
UPDATE sighting SET acknowledged_at = ?
WHERE source = ? AND folder = ? AND uidvalidity = ? AND uid = ? AND acknowledged_at IS NULL
