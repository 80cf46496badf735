-- How an address, given twice, stands to a ticket. For no address NULL is given, which belongs nowhere.
-- name: lead_columns
t.id, t.number, t.status, t.requester_address,
t.requester_key = ? OR EXISTS (SELECT 1 FROM participant p
    WHERE p.ticket = t.id AND p.address_key = ? AND p.role NOT IN ('recipient', 'alerted')),
EXISTS (SELECT 1 FROM participant p WHERE p.ticket = t.id AND p.address_key = ? AND p.role = 'recipient')

-- The tickets with that Message-ID, on a mail that came in or on one of ours; the newest first.
-- name: leads_by_header_id
SELECT {lead_columns} FROM ticket t
WHERE t.id IN (SELECT ticket FROM ticket_header_id WHERE header_id = ?
               UNION ALL SELECT ticket FROM outbox WHERE message_id = ?)
ORDER BY t.id DESC

-- name: lead_by_number
SELECT {lead_columns} FROM ticket t WHERE t.number = ?

-- Open tickets with that text of that sender, who is part of the key and belongs by having written it. There is hardly
-- ever more than one, and to sort here would cost each mail a sorter.
-- name: same_text
SELECT t.id, t.number, t.status, t.requester_address, 1, EXISTS (SELECT 1 FROM participant p
    WHERE p.ticket = t.id AND p.address_key = lower(e.actor_address) AND p.role = 'recipient')
FROM entry e JOIN ticket t ON t.id = e.ticket
WHERE e.text_key = ? AND e.at >= ? AND t.status NOT IN ('closed', 'cancelled', 'merged')
