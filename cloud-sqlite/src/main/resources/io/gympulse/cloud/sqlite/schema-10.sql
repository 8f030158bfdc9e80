-- Whose an outbox is: the gateway that stored an event of it first.
CREATE TABLE outbox_owner (
  outbox  TEXT NOT NULL PRIMARY KEY,
  gateway TEXT NOT NULL
) WITHOUT ROWID;

-- From one outbox to the next, since reading all events grows with their number.
WITH RECURSIVE outboxes (outbox) AS (
  SELECT MIN(outbox) FROM event
  UNION ALL
  SELECT (SELECT MIN(next.outbox) FROM event next WHERE next.outbox > outboxes.outbox)
  FROM outboxes WHERE outboxes.outbox IS NOT NULL)
INSERT INTO outbox_owner (outbox, gateway)
SELECT outbox, (SELECT gateway FROM event first WHERE first.outbox = outboxes.outbox
                ORDER BY first.seq LIMIT 1)
FROM outboxes WHERE outbox IS NOT NULL;
