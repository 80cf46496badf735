-- What technicians have in hand, from the index alone.
-- name: open_load
SELECT assignee_key, COUNT(*) FROM ticket
WHERE status NOT IN ('closed', 'cancelled', 'merged') AND status NOT IN ('resolved', 'confirmed') AND assignee_key <> ''
GROUP BY assignee_key

-- name: last_assignee
SELECT assignee_address FROM ticket WHERE group_name = ? AND assignee_key <> '' ORDER BY id DESC LIMIT 1

-- name: tickets_of
SELECT {ticket_columns} FROM ticket t
WHERE t.id IN (SELECT id FROM ticket WHERE requester_key = ?
               UNION ALL SELECT ticket FROM participant WHERE address_key = ? AND role = 'watcher')
ORDER BY t.id DESC LIMIT ?

-- An argument that is NULL asks for nothing. The last three are the instant of what is overdue.
-- name: ticket_fits
(? IS NULL OR t.assignee_key = ?) AND (? IS NULL OR t.group_name = ?) AND (? IS NULL OR t.assignee_key = '')
AND (? IS NULL OR t.status NOT IN ('waiting', 'resolved', 'confirmed', 'closed', 'cancelled', 'merged')
    AND (t.resolve_due <= ? OR t.answered_at IS NULL AND t.response_due <= ?))

-- What is not assessed comes last.
-- name: by_priority
ORDER BY CASE t.priority WHEN '' THEN 1 ELSE 0 END, t.priority, t.created_at, t.id LIMIT ?

-- name: tickets_with
SELECT {ticket_columns} FROM ticket t WHERE {ticket_fits} {by_priority}

-- Looks at no ticket that is over, of which in time most are.
-- name: open_tickets_with
SELECT {ticket_columns} FROM ticket t
WHERE t.id IN (SELECT id FROM ticket WHERE status NOT IN ('closed', 'cancelled', 'merged')) AND {ticket_fits} {by_priority}
