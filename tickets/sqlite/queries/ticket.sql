-- name: ticket_columns
t.id, t.number, t.created_at, t.subject, t.status, t.priority, t.priority_reason, t.category, t.severity, t.impact,
t.occurred_at, t.requester_address, t.requester_name, t.requester_staff_number, t.requester_department,
t.requester_phone, t.requester_language, t.assignee_address, t.assignee_name, t.group_name, t.updated_at, t.resolved_at,
t.confirmed_at, t.closed_at, t.response_due, t.resolve_due, t.diagnosis, t.workaround, t.fix, t.prevention,
t.verification, t.minutes, t.asked, t.merged_into, t.plan, t.planned_by, t.approval, t.escalated, t.escalated_at, t.former, t.score, t.score_comment,
t.ignores, t.attention, t.sla_since, t.pauses, t.answered_at, t.due_promised, t.due_set_at,
t.respond_warned_at, t.respond_missed_at, t.resolve_warned_at, t.resolve_missed_at

-- name: add_ticket
INSERT INTO ticket (number, created_at, subject, status, priority, priority_reason, category, severity, impact,
    occurred_at, requester_key, requester_address, requester_name, requester_staff_number, requester_department,
    requester_phone, requester_language, assignee_key, assignee_address, assignee_name, group_name, updated_at,
    resolved_at, confirmed_at, closed_at, response_due, resolve_due, diagnosis, workaround, fix, prevention,
    verification, minutes, asked, merged_into, plan, planned_by, approval, escalated, escalated_at, former, score, score_comment,
    ignores, attention, sla_since, pauses, answered_at, due_promised, due_set_at, respond_warned_at,
    respond_missed_at, resolve_warned_at, resolve_missed_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- All but what a ticket has been given for good.
-- name: set_ticket
UPDATE ticket SET subject = ?, status = ?, priority = ?, priority_reason = ?, category = ?, severity = ?, impact = ?,
    occurred_at = ?, requester_key = ?, requester_address = ?, requester_name = ?, requester_staff_number = ?,
    requester_department = ?, requester_phone = ?, requester_language = ?, assignee_key = ?, assignee_address = ?,
    assignee_name = ?, group_name = ?, updated_at = ?, resolved_at = ?, confirmed_at = ?, closed_at = ?,
    response_due = ?, resolve_due = ?, diagnosis = ?, workaround = ?, fix = ?, prevention = ?, verification = ?,
    minutes = ?, asked = ?, merged_into = ?, plan = ?, planned_by = ?, approval = ?, escalated = ?, escalated_at = ?,
    former = ?, score = ?, score_comment = ?, ignores = ?, attention = ?,
    sla_since = ?, pauses = ?, answered_at = ?, due_promised = ?, due_set_at = ?, respond_warned_at = ?,
    respond_missed_at = ?, resolve_warned_at = ?, resolve_missed_at = ?
WHERE id = ?

-- name: ticket_by_id
SELECT {ticket_columns} FROM ticket t WHERE t.id = ?

-- name: ticket_by_number
SELECT {ticket_columns} FROM ticket t WHERE t.number = ?

-- name: ignored_by
SELECT t.number FROM ticket t WHERE t.requester_key = ? AND t.ignores = 1 AND t.status = 'cancelled' ORDER BY t.id LIMIT 1

-- name: all_tickets
SELECT {ticket_columns} FROM ticket t ORDER BY t.id

-- name: touch_ticket
UPDATE ticket SET updated_at = ? WHERE id = ?

-- name: add_link
INSERT INTO link (ticket, seq, number) VALUES (?, ?, ?)

-- name: drop_links
DELETE FROM link WHERE ticket = ?

-- name: links_of_ticket
SELECT number FROM link WHERE ticket = ? ORDER BY seq

-- name: all_links
SELECT ticket, number FROM link ORDER BY ticket, seq

-- name: add_participant
INSERT INTO participant (ticket, address_key, role, address, name) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING

-- name: drop_watchers
DELETE FROM participant WHERE ticket = ? AND role = 'watcher'

-- name: watchers_of_ticket
SELECT address, name FROM participant WHERE ticket = ? AND role = 'watcher' ORDER BY address_key

-- name: all_watchers
SELECT ticket, address, name FROM participant WHERE role = 'watcher' ORDER BY ticket, address_key

-- name: add_header_id
INSERT INTO ticket_header_id (header_id, ticket) VALUES (?, ?) ON CONFLICT DO NOTHING
