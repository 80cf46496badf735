-- name: person
SELECT address, name, staff_number, department, phone, language FROM person WHERE address_key = ?

-- Empty fields leave what is known. Nothing is written when nothing changes, which is the rule.
-- name: put_person
INSERT INTO person (address_key, address, name, staff_number, department, phone, language) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (address_key) DO UPDATE SET
    address      = excluded.address,
    name         = CASE excluded.name         WHEN '' THEN person.name         ELSE excluded.name         END,
    staff_number = CASE excluded.staff_number WHEN '' THEN person.staff_number ELSE excluded.staff_number END,
    department   = CASE excluded.department   WHEN '' THEN person.department   ELSE excluded.department   END,
    phone        = CASE excluded.phone        WHEN '' THEN person.phone        ELSE excluded.phone        END,
    language     = CASE excluded.language     WHEN '' THEN person.language     ELSE excluded.language     END
WHERE excluded.address <> person.address
   OR excluded.name         NOT IN ('', person.name)
   OR excluded.staff_number NOT IN ('', person.staff_number)
   OR excluded.department   NOT IN ('', person.department)
   OR excluded.phone        NOT IN ('', person.phone)
   OR excluded.language     NOT IN ('', person.language)

-- Who is not known yet has an address alone.
-- name: mark_unreachable
INSERT INTO person (address_key, address, name, staff_number, department, phone, language, unreachable_at, unreachable_why)
VALUES (?, ?, '', '', '', '', '', ?, ?)
ON CONFLICT (address_key) DO UPDATE SET
    unreachable_at = excluded.unreachable_at, unreachable_why = excluded.unreachable_why

-- name: unreachable
SELECT unreachable_why, unreachable_at FROM person WHERE address_key = ?

-- name: clear_unreachable
UPDATE person SET unreachable_at = NULL, unreachable_why = '' WHERE address_key = ? AND unreachable_at IS NOT NULL
