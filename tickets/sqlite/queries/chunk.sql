-- Bytes in pieces.

-- name: add_chunk
INSERT INTO chunk (first, data) VALUES (?, ?);

-- name: first_chunk
SELECT data FROM chunk WHERE id = ?;

-- name: further_chunks
SELECT data FROM chunk WHERE first = ? ORDER BY id;
