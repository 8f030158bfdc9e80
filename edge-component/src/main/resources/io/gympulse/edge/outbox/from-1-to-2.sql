-- Migrates a file of version 1; runs after schema-2.sql, with the old tables renamed to old_*. Its
-- events had wall times only: they get one boot that began in 1970. All may have been sent.

INSERT INTO setting SELECT name, value FROM old_setting WHERE name = 'outbox_id';

INSERT INTO setting SELECT 'last_seq', max(seq) FROM (
  SELECT coalesce(max(seq), 0) AS seq FROM old_event
  UNION ALL SELECT CAST(value AS INTEGER) FROM old_setting WHERE name = 'last_seq');

INSERT INTO setting SELECT 'reserved', value FROM setting WHERE name = 'last_seq';

INSERT INTO boot SELECT 0, 'wall-clock', 0, 1, 0,
  (SELECT max(0, coalesce(max(at), 0)) FROM (
    SELECT at_ms AS at FROM old_event
    UNION ALL SELECT at_ms FROM old_quarantined_event
    UNION ALL SELECT at_ms FROM old_machine_state
    UNION ALL SELECT CAST(value AS INTEGER) FROM old_setting WHERE name = 'last_alive')),
  (SELECT CAST(value AS INTEGER) FROM old_setting WHERE name = 'last_alive'),
  (SELECT CAST(value AS INTEGER) FROM old_setting WHERE name = 'last_alive'), 0;

INSERT INTO machine (id) SELECT machine FROM old_event
  UNION SELECT machine FROM old_quarantined_event UNION SELECT machine FROM old_machine_state;

CREATE TEMP TABLE code (status TEXT, reason TEXT, what INTEGER);

INSERT INTO code VALUES ('free', NULL, 0), ('occupied', NULL, 1), ('unknown', NULL, 2),
  ('unknown', 'gateway-off', 3), ('unknown', 'sensor-dead', 4), ('unknown', 'sensor-stuck', 5),
  ('unknown', 'sensor-chattering', 6), ('unknown', 'source-down', 7), ('unknown', 'no-reading', 8);

INSERT INTO event SELECT e.seq, ordinal, c.what, 0, at_ms, at_ms,
    CASE e.quality WHEN 'synced' THEN 0 WHEN 'corrected' THEN 1 WHEN 'bounded' THEN 2 END
  FROM old_event AS e JOIN machine ON id = e.machine
  JOIN code AS c ON c.status = e.status AND c.reason IS e.reason;

INSERT INTO quarantined SELECT e.seq, ordinal, c.what, 0, at_ms, at_ms,
    CASE e.quality WHEN 'synced' THEN 0 WHEN 'corrected' THEN 1 WHEN 'bounded' THEN 2 END, rejection
  FROM old_quarantined_event AS e JOIN machine ON id = e.machine
  JOIN code AS c ON c.status = e.status AND c.reason IS e.reason;

UPDATE machine SET seq = s.seq, what = c.what, boot = 0, since_boot = at_ms, wall = at_ms, quality = 0
  FROM old_machine_state AS s JOIN code AS c ON c.status = s.status AND c.reason IS s.reason
  WHERE id = s.machine;

-- A row with a name that has no code is not migrated: then the whole migration fails.
CREATE TEMP TABLE left_behind (rows INTEGER CHECK (rows = 0));

INSERT INTO left_behind
  SELECT (SELECT count(*) FROM old_event)
    - (SELECT count(*) FROM event WHERE quality IS NOT NULL)
  UNION ALL SELECT (SELECT count(*) FROM old_quarantined_event)
    - (SELECT count(*) FROM quarantined WHERE quality IS NOT NULL)
  UNION ALL SELECT (SELECT count(*) FROM old_machine_state)
    - (SELECT count(*) FROM machine WHERE seq IS NOT NULL);

DROP TABLE left_behind;
DROP TABLE code;
DROP TABLE old_event;
DROP TABLE old_quarantined_event;
DROP TABLE old_machine_state;
DROP TABLE old_setting;
