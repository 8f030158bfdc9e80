-- Items counted per date and kind, and the ids of counted items: each is added once.
CREATE TABLE device_count (
  date  TEXT    NOT NULL, -- ISO-8601
  type  TEXT    NOT NULL,
  state TEXT    NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (date, type, state)
) WITHOUT ROWID;
CREATE TABLE device_item (
  item             TEXT    NOT NULL PRIMARY KEY,
  remembered_until INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX device_item_by_end ON device_item (remembered_until);

CREATE TABLE metric_point (
  device   TEXT    NOT NULL,
  metric   TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  value    REAL    NOT NULL,
  unit     TEXT,
  metadata TEXT    NOT NULL, -- a JSON object
  PRIMARY KEY (device, metric, at)
) WITHOUT ROWID;
