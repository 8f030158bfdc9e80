-- Since when an alert is not active. Of those that ended before this was noted it counts from now.
ALTER TABLE alert ADD COLUMN ended INTEGER;
UPDATE alert SET ended = unixepoch() * 1000 WHERE active = 0;
UPDATE alert SET content = json_set(content, '$.progress.endedAt', ended) WHERE active = 0;
CREATE INDEX alert_of_user ON alert (user, active, created, id);
CREATE INDEX alert_ended ON alert (ended) WHERE ended IS NOT NULL AND due IS NULL;

ALTER TABLE incident ADD COLUMN closed INTEGER;
UPDATE incident SET closed = json_extract(content, '$.closedAt') WHERE is_open = 0;
CREATE INDEX incident_closed ON incident (closed) WHERE closed IS NOT NULL AND due IS NULL;

CREATE INDEX unregistered_machine_by_last_seen ON unregistered_machine (last_seen);
