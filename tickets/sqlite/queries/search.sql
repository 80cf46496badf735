-- What technicians ask about many tickets at once. These look at every ticket, beside the writer.

-- The argument is a JSON array of patterns, all of which have to be found on a ticket; private entries are not looked at. The
-- newest ticket comes first, and the reader stops when it has enough.
-- name: search_tickets
SELECT {ticket_columns} FROM ticket t WHERE NOT EXISTS (
    SELECT 1 FROM json_each(?) w WHERE NOT (
        t.number LIKE w.value ESCAPE '\' OR t.subject LIKE w.value ESCAPE '\'
        OR t.requester_name LIKE w.value ESCAPE '\' OR t.requester_address LIKE w.value ESCAPE '\'
        OR EXISTS (SELECT 1 FROM entry e
            WHERE e.ticket = t.id AND e.visibility IN ('public', 'internal') AND e.text LIKE w.value ESCAPE '\')))
ORDER BY t.id DESC

-- The first entry that has one of the patterns.
-- name: search_entry
SELECT e.text FROM entry e WHERE e.ticket = ? AND e.visibility IN ('public', 'internal')
    AND EXISTS (SELECT 1 FROM json_each(?) w WHERE e.text LIKE w.value ESCAPE '\')
ORDER BY e.id LIMIT 1

-- name: group_of_ticket
SELECT group_name FROM ticket WHERE id = ?

-- name: groups_by_header_id
SELECT t.group_name FROM ticket_header_id h JOIN ticket t ON t.id = h.ticket WHERE h.header_id = ?

-- name: opened_in
SELECT group_name, COUNT(*) FROM ticket WHERE created_at >= ? AND created_at < ? GROUP BY group_name

-- What changed in a period, without the changes that were taken back.
-- name: changes_in
SELECT e.ticket, t.group_name, e.text FROM entry e JOIN ticket t ON t.id = e.ticket
WHERE e.kind = 'change' AND e.at >= ? AND e.at < ? AND e.text LIKE '%status: %'
    AND NOT EXISTS (SELECT 1 FROM ticket_change c WHERE c.ticket = e.ticket AND c.entry = e.id AND c.undone_at IS NOT NULL)
ORDER BY e.id

-- name: ratings_in
SELECT group_name, COUNT(*), SUM(score) FROM ticket
WHERE score IS NOT NULL AND status = 'closed' AND closed_at >= ? AND closed_at < ? GROUP BY group_name

-- name: open_now
SELECT status, category, group_name, assignee_key, MAX(assignee_address), MAX(assignee_name), COUNT(*) FROM ticket
WHERE status NOT IN ('closed', 'cancelled', 'merged') GROUP BY status, category, group_name, assignee_key

-- name: move_entry
UPDATE entry SET ticket = ? WHERE id = ? AND ticket = ?

-- name: move_message
UPDATE message SET ticket = ? WHERE entry = ? AND ticket = ?

-- A Message-ID goes along with its entry unless another entry that stays has it as well.
-- name: moved_header_id
SELECT e.header_id FROM entry e WHERE e.id = ? AND e.header_id <> ''
    AND NOT EXISTS (SELECT 1 FROM entry o WHERE o.ticket = ? AND o.header_id = e.header_id)

-- name: drop_header_id
DELETE FROM ticket_header_id WHERE header_id = ? AND ticket = ?
