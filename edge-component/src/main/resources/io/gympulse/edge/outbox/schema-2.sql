-- The outbox, version 2. Milliseconds throughout; codes are those of class Codes.

CREATE TABLE setting (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

-- A machine, and its last state as far as the event that told it is removed.
CREATE TABLE machine (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  seq INTEGER, what INTEGER, boot INTEGER, since_boot INTEGER, wall INTEGER, quality INTEGER);

-- started is by the wall, floor too; alive is the last mark, last the last moment of a removed event.
CREATE TABLE boot (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL,
  started INTEGER, quality INTEGER, floor INTEGER,
  last INTEGER NOT NULL, alive INTEGER, alive_wall INTEGER, alive_quality INTEGER);

-- wall and quality are null until the wall time is final.
CREATE TABLE event (seq INTEGER PRIMARY KEY, machine INTEGER NOT NULL, what INTEGER NOT NULL,
  boot INTEGER NOT NULL, since_boot INTEGER NOT NULL, wall INTEGER, quality INTEGER);

-- What an event stands for beside itself, whether it waits or is quarantined.
CREATE TABLE summary (seq INTEGER PRIMARY KEY, first INTEGER NOT NULL,
  occupied INTEGER NOT NULL, free INTEGER NOT NULL, unknown INTEGER NOT NULL,
  transitions INTEGER NOT NULL);

CREATE TABLE quarantined (seq INTEGER PRIMARY KEY, machine INTEGER NOT NULL, what INTEGER NOT NULL,
  boot INTEGER NOT NULL, since_boot INTEGER NOT NULL, wall INTEGER, quality INTEGER,
  reason TEXT NOT NULL);

CREATE TABLE document (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
