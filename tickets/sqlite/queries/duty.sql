-- name: add_duty
INSERT INTO duty (address, from_at, until_at, arranged_by, arranged_at) VALUES (?, ?, ?, ?, ?)

-- name: duty_at
SELECT address FROM duty WHERE from_at <= ? AND until_at > ? ORDER BY id DESC LIMIT 1

-- name: alerted_of_ticket
SELECT address, name FROM participant WHERE ticket = ? AND role = 'alerted' ORDER BY address_key
