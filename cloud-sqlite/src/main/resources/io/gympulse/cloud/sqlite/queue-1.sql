-- A message is in flight until visible_at, and waits from then on; times in epoch milliseconds.
CREATE TABLE message (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  body       TEXT    NOT NULL,
  sent_at    INTEGER NOT NULL,
  visible_at INTEGER NOT NULL,
  receives   INTEGER NOT NULL
);

CREATE TABLE dead_letter (
  id       INTEGER PRIMARY KEY,
  body     TEXT    NOT NULL,
  sent_at  INTEGER NOT NULL,
  receives INTEGER NOT NULL
);
