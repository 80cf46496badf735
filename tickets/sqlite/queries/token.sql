-- The first use of its kind stays.
-- name: add_token_use
INSERT INTO token_use (outbox, from_key, shared, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING

-- name: token_spoilt
SELECT 1 FROM token_use WHERE outbox = ? AND (from_key <> ? OR shared <> 0) LIMIT 1
