CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE event (seq INTEGER PRIMARY KEY, machine TEXT NOT NULL,
  status TEXT NOT NULL, reason TEXT, at_ms INTEGER NOT NULL, quality TEXT NOT NULL);
CREATE TABLE quarantined_event (seq INTEGER PRIMARY KEY, machine TEXT NOT NULL,
  status TEXT NOT NULL, reason TEXT, at_ms INTEGER NOT NULL, quality TEXT NOT NULL,
  rejection TEXT NOT NULL);
CREATE TABLE machine_state (machine TEXT PRIMARY KEY, status TEXT NOT NULL, reason TEXT,
  at_ms INTEGER NOT NULL, seq INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO setting VALUES ('outbox_id', '5b8a1c52-6d0e-4f1c-9a58-2f6f0f0f9b11');
INSERT INTO setting VALUES ('last_seq', '4');
INSERT INTO setting VALUES ('last_alive', '1772366460000');
INSERT INTO event VALUES (3, 'bike-1', 'occupied', NULL, 1772366403000, 'synced');
INSERT INTO event VALUES (5, 'rower', 'unknown', 'source-down', 1772366405000, 'bounded');
INSERT INTO event VALUES (6, 'bike-1', 'free', NULL, 1772366406000, 'corrected');
INSERT INTO quarantined_event VALUES
  (2, 'gone', 'unknown', NULL, 1772366402000, 'synced', 'unknown-machine');
INSERT INTO machine_state VALUES ('bike-1', 'free', NULL, 1772366401000, 1);
INSERT INTO machine_state VALUES ('gone', 'unknown', NULL, 1772366402000, 2);
INSERT INTO machine_state VALUES ('bench', 'occupied', NULL, 1772366404000, 4);
PRAGMA user_version = 1;
