-- name: entry_columns
e.id, e.ticket, e.at, e.actor_address, e.actor_name, e.kind, e.text, e.visibility, e.message, e.header_id, e.verified,
e.text_key, e.recipients

-- name: add_entry
INSERT INTO entry (ticket, at, actor_address, actor_name, kind, text, visibility, message, header_id, verified,
    text_key, recipients)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: entry_by_id
SELECT {entry_columns} FROM entry e WHERE e.id = ?

-- name: entries_of_ticket
SELECT {entry_columns} FROM entry e WHERE e.ticket = ? ORDER BY e.id

-- name: add_attachment
INSERT INTO attachment (entry, position, name, type, size, sha256, inline) VALUES (?, ?, ?, ?, ?, ?, ?)

-- name: attachments_of_ticket
SELECT a.entry, a.position, a.name, a.type, a.size, a.sha256, a.inline
FROM attachment a JOIN entry e ON e.id = a.entry WHERE e.ticket = ? ORDER BY a.entry, a.position

-- The mails of a ticket that came in, with who wrote and who was sent them, and those of ours that have left or will;
-- oldest first, what came in before what it caused. A ticket has few, and a recipient may have had thousands.
-- name: mails_had
SELECT header_id, actor_address, recipients, at, 0 AS ours, id FROM entry WHERE ticket = ? AND header_id <> ''
UNION ALL
SELECT message_id, recipient, '', created_at, 1, id FROM outbox
WHERE ticket = ? AND state IN ('queued', 'sending', 'sent')
ORDER BY at, ours, id

-- name: attachments_of_entry
SELECT position, name, type, size, sha256, inline FROM attachment WHERE entry = ? ORDER BY position
