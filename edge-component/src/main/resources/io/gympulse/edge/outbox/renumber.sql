-- Gives the events that are left in an outbox with a conflict the numbers of a new outbox, in one
-- transaction with the new id. New numbers are never greater than old ones; while they are
-- assigned they are negative, so that they do not collide with old ones.

INSERT INTO event SELECT seq, machine, what, boot, since_boot, wall, quality
FROM quarantined WHERE substr(reason, 1, length(:conflict)) = :conflict;

DELETE FROM quarantined WHERE substr(reason, 1, length(:conflict)) = :conflict;

CREATE TEMP TABLE renumbered (old INTEGER PRIMARY KEY, next INTEGER NOT NULL);

-- An event that stands for others takes as many numbers as before.
INSERT INTO renumbered
SELECT all_events.seq,
  sum(all_events.seq - coalesce(summary.first, all_events.seq) + 1) OVER (ORDER BY all_events.seq)
FROM (SELECT seq FROM event UNION ALL SELECT seq FROM quarantined) AS all_events
LEFT JOIN summary ON summary.seq = all_events.seq;

-- A machine's last state stays the last one, whether its event is deleted or waiting. A deleted
-- event gets the last of all assigned numbers, which is smaller than the next event's. A waiting
-- event of the same machine may have the same number: it is the earlier of the two.
UPDATE machine SET seq = 0 FROM
  (SELECT machine AS of_machine, max(seq) AS last FROM event GROUP BY machine) AS waiting
WHERE ordinal = waiting.of_machine AND machine.seq <= waiting.last;

UPDATE machine SET seq = (SELECT max(next) FROM renumbered) WHERE seq > 0;

UPDATE event SET seq = -(SELECT next FROM renumbered WHERE old = event.seq);

UPDATE event SET seq = -seq;

UPDATE quarantined SET seq = -(SELECT next FROM renumbered WHERE old = quarantined.seq);

UPDATE quarantined SET seq = -seq;

DELETE FROM summary WHERE seq NOT IN (SELECT old FROM renumbered);

UPDATE summary SET
  first = (SELECT next FROM renumbered WHERE old = summary.seq) - (seq - first),
  seq = -(SELECT next FROM renumbered WHERE old = summary.seq);

UPDATE summary SET seq = -seq;

DROP TABLE temp.renumbered;
