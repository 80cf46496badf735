-- Tickets, their entries and their people.

-- name: next_number
INSERT INTO day_number (day, last) VALUES (?, 1)
ON CONFLICT (day) DO UPDATE SET last = last + 1
RETURNING last;

-- name: add_ticket
INSERT INTO ticket (number, subject, status, priority, priority_reason, category, severity, impact, occurred_at,
                    requester_name, requester_address, requester_staff_number, requester_department, requester_phone,
                    requester_language, created_at, updated_at, attention)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ticket_by_id
SELECT id, number, subject, status, priority, priority_reason, category, severity, impact, occurred_at,
       requester_name, requester_address, requester_staff_number, requester_department, requester_phone,
       requester_language, assignee_name, assignee_address, group_name, created_at, updated_at, resolved_at,
       closed_at, response_due, resolve_due, diagnosis, workaround, fix, prevention, score, score_comment, attention
FROM ticket WHERE id = ?;

-- name: ticket_by_number
SELECT id, number, subject, status, priority, priority_reason, category, severity, impact, occurred_at,
       requester_name, requester_address, requester_staff_number, requester_department, requester_phone,
       requester_language, assignee_name, assignee_address, group_name, created_at, updated_at, resolved_at,
       closed_at, response_due, resolve_due, diagnosis, workaround, fix, prevention, score, score_comment, attention
FROM ticket WHERE number = ?;

-- name: tickets
-- All tickets, the oldest first.
SELECT id, number, subject, status, priority, priority_reason, category, severity, impact, occurred_at,
       requester_name, requester_address, requester_staff_number, requester_department, requester_phone,
       requester_language, assignee_name, assignee_address, group_name, created_at, updated_at, resolved_at,
       closed_at, response_due, resolve_due, diagnosis, workaround, fix, prevention, score, score_comment, attention
FROM ticket ORDER BY id;

-- name: touch_ticket
UPDATE ticket SET updated_at = ? WHERE id = ?;

-- name: add_link
INSERT INTO link (ticket, number) VALUES (?, ?) ON CONFLICT DO NOTHING;

-- name: links
SELECT number FROM link WHERE ticket = ? ORDER BY number;

-- name: add_entry
INSERT INTO entry (ticket, at, actor_name, actor_address, kind, visibility, text, message, header_id, verified,
                   text_key, recipients)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: entry_by_id
SELECT id, ticket, at, actor_name, actor_address, kind, visibility, text, coalesce(message, 0), header_id, verified,
       text_key, recipients
FROM entry WHERE id = ?;

-- name: entries
SELECT id, ticket, at, actor_name, actor_address, kind, visibility, text, coalesce(message, 0), header_id, verified,
       text_key, recipients
FROM entry WHERE ticket = ? ORDER BY id;

-- name: add_attachment
INSERT INTO attachment (entry, position, name, type, size, sha256, inline) VALUES (?, ?, ?, ?, ?, ?, ?);

-- name: attachments
SELECT a.entry, a.position, a.name, a.type, a.size, a.sha256, a.inline
FROM attachment a JOIN entry e ON e.id = a.entry
WHERE e.ticket = ? ORDER BY a.entry, a.position;

-- name: same_text
-- The newest open ticket on which the same sender wrote the same words.
SELECT t.id, t.number, t.status, t.requester_address, 1, 0
FROM entry e JOIN ticket t ON t.id = e.ticket
WHERE e.text_key = ? AND e.at >= ? AND t.status NOT IN ('closed', 'cancelled', 'merged')
ORDER BY e.id DESC LIMIT 1;

-- name: add_thread_id
INSERT INTO thread_id (header_id, ticket) VALUES (?, ?) ON CONFLICT DO NOTHING;

-- name: add_participant
INSERT INTO participant (ticket, address, role, name) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING;

-- name: watchers
SELECT name, address FROM participant WHERE ticket = ? AND role = 'watcher' ORDER BY address;

-- name: leads_by_header_id
-- The tickets of a Message-ID, and how an address stands to each.
SELECT t.id, t.number, t.status, t.requester_address,
       EXISTS (SELECT 1 FROM participant p WHERE p.ticket = t.id AND p.address = ?1 AND p.role <> 'recipient'),
       EXISTS (SELECT 1 FROM participant p WHERE p.ticket = t.id AND p.address = ?1 AND p.role = 'recipient')
FROM ticket t
WHERE t.id IN (SELECT ticket FROM thread_id WHERE header_id = ?2 UNION SELECT ticket FROM outbox WHERE message_id = ?2)
ORDER BY t.id DESC;

-- name: lead_by_number
SELECT t.id, t.number, t.status, t.requester_address,
       EXISTS (SELECT 1 FROM participant p WHERE p.ticket = t.id AND p.address = ?1 AND p.role <> 'recipient'),
       EXISTS (SELECT 1 FROM participant p WHERE p.ticket = t.id AND p.address = ?1 AND p.role = 'recipient')
FROM ticket t WHERE t.number = ?2;

-- name: person
SELECT address, name, staff_number, department, phone, language FROM person WHERE address = ?;

-- name: put_person
INSERT INTO person (address, name, staff_number, department, phone, language) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (address) DO UPDATE SET
    name         = CASE WHEN ?2 <> '' THEN ?2 ELSE name END,
    staff_number = CASE WHEN ?3 <> '' THEN ?3 ELSE staff_number END,
    department   = CASE WHEN ?4 <> '' THEN ?4 ELSE department END,
    phone        = CASE WHEN ?5 <> '' THEN ?5 ELSE phone END,
    language     = CASE WHEN ?6 <> '' THEN ?6 ELSE language END;
