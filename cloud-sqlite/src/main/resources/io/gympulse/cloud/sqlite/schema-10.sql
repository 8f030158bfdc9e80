-- The owner of an outbox: the gateway that first stored an event of it.
CREATE TABLE outbox_owner (
  outbox  TEXT NOT NULL PRIMARY KEY,
  gateway TEXT NOT NULL
) WITHOUT ROWID;

-- A loose index scan over the outboxes: reading all events would grow with their number.
WITH RECURSIVE outboxes (outbox) AS (
  SELECT MIN(outbox) FROM event
  UNION ALL
  SELECT (SELECT MIN(next.outbox) FROM event next WHERE next.outbox > outboxes.outbox)
  FROM outboxes WHERE outboxes.outbox IS NOT NULL)
INSERT INTO outbox_owner (outbox, gateway)
SELECT outbox, (SELECT gateway FROM event first WHERE first.outbox = outboxes.outbox
                ORDER BY first.seq LIMIT 1)
FROM outboxes WHERE outbox IS NOT NULL;
