-- name: set_away
INSERT INTO away (person_key, source, from_at, until_at) VALUES (?, ?, ?, ?)
ON CONFLICT (person_key, source) DO UPDATE SET from_at = excluded.from_at, until_at = excluded.until_at
WHERE away.from_at <> excluded.from_at OR away.until_at <> excluded.until_at

-- name: drop_away
DELETE FROM away WHERE person_key = ? AND source = ?

-- name: away_at
SELECT person_key, MAX(until_at) FROM away WHERE from_at <= ? AND until_at > ? GROUP BY person_key
