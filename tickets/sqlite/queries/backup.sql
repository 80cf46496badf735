-- name: vacuum_into
VACUUM INTO ?

-- name: database_size
SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()

-- name: integrity_check
SELECT integrity_check FROM pragma_integrity_check()

-- name: foreign_key_check
SELECT "table", rowid, parent FROM pragma_foreign_key_check()

-- name: count_all
SELECT (SELECT COUNT(*) FROM ticket), (SELECT COUNT(*) FROM entry), (SELECT COUNT(*) FROM message), (SELECT COUNT(*) FROM outbox)

-- A few mails to read back: the newest, and the biggest.
-- name: samples
SELECT raw, size FROM message WHERE id = (SELECT MAX(id) FROM message WHERE raw IS NOT NULL)
UNION SELECT raw, size FROM message WHERE id = (SELECT id FROM message WHERE raw IS NOT NULL ORDER BY size DESC LIMIT 1)
UNION SELECT o.raw, b.size FROM outbox o JOIN blob b ON b.id = o.raw WHERE o.id = (SELECT MAX(id) FROM outbox)

-- name: last_day
SELECT MAX(day) FROM day_number

-- name: jump_number
INSERT INTO day_number (day, last) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET last = day_number.last + excluded.last

-- name: jump_ids
UPDATE sqlite_sequence SET seq = seq + ?

-- name: start_ids
INSERT INTO sqlite_sequence (name, seq) SELECT n, ? FROM (SELECT 'entry' AS n UNION ALL SELECT 'message')
WHERE n NOT IN (SELECT name FROM sqlite_sequence)
