-- The first piece of a compressed frame; size is set later when it is not known yet.
-- name: add_blob
INSERT INTO blob (size, data) VALUES (?, ?)

-- A further piece.
-- name: add_blob_chunk
INSERT INTO blob_chunk (blob, seq, data) VALUES (?, ?, ?)

-- name: set_blob_size
UPDATE blob SET size = ? WHERE id = ?

-- name: blob_by_id
SELECT size, data FROM blob WHERE id = ?

-- name: blob_chunk
SELECT data FROM blob_chunk WHERE blob = ? AND seq = ?
