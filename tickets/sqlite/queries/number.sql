-- Counts a day up by one. Undone with its transaction, so that a mail that is rolled back costs no number.
-- name: next_number
INSERT INTO day_number (day, last) VALUES (?, 1)
ON CONFLICT (day) DO UPDATE SET last = day_number.last + 1
RETURNING last
