-- name: timer_columns
id, kind, ticket, subject, due, data

-- name: set_timer
INSERT INTO timer (kind, ticket, subject, due, data) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (kind, COALESCE(ticket, 0), subject) DO UPDATE SET due = excluded.due, data = excluded.data
WHERE timer.due <> excluded.due OR timer.data <> excluded.data

-- name: drop_timers
DELETE FROM timer WHERE ticket = ?

-- name: drop_timers_of_kind
DELETE FROM timer WHERE ticket = ? AND kind = ?

-- name: drop_timer
DELETE FROM timer WHERE id = ?

-- name: hasten_timer
UPDATE timer SET due = ? WHERE ticket = ? AND kind = ? AND due > ?

-- name: due_timers
SELECT {timer_columns} FROM timer WHERE due <= ? ORDER BY due, id LIMIT ?

-- name: timers_of
SELECT {timer_columns} FROM timer WHERE ticket = ? ORDER BY due, id

-- name: next_timer
SELECT MIN(due) FROM timer
