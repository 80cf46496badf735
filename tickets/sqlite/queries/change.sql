-- name: change_columns
id, ticket, message, entry, at, actor, commands, ticket_before, undone_at

-- name: add_change
INSERT INTO ticket_change (ticket, message, entry, at, actor_key, actor, commands, ticket_before, undone_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: last_change
SELECT {change_columns} FROM ticket_change
WHERE ticket = ? AND actor_key = ? AND at >= ? AND undone_at IS NULL
ORDER BY id DESC LIMIT 1

-- name: changes_with
SELECT {change_columns} FROM ticket_change WHERE message = ? AND undone_at IS NULL ORDER BY id

-- name: changes_after
SELECT COUNT(*) FROM ticket_change WHERE ticket = ? AND id > ? AND undone_at IS NULL

-- name: set_change_undone
UPDATE ticket_change SET undone_at = ? WHERE id = ? AND undone_at IS NULL
