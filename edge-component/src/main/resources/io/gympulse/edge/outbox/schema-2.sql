-- The outbox, version 2. Milliseconds throughout; codes are those of class Codes.

CREATE TABLE setting (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

-- A machine, and its last state if the event with it was deleted.
CREATE TABLE machine (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  seq INTEGER, what INTEGER, boot INTEGER, since_boot INTEGER, wall INTEGER, quality INTEGER);

-- started and floor are wall times, alive is the last alive mark, last the latest moment of a deleted event.
CREATE TABLE boot (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL,
  started INTEGER, quality INTEGER, floor INTEGER,
  last INTEGER NOT NULL, alive INTEGER, alive_wall INTEGER, alive_quality INTEGER);

-- wall and quality are null until the wall time is final.
CREATE TABLE event (seq INTEGER PRIMARY KEY, machine INTEGER NOT NULL, what INTEGER NOT NULL,
  boot INTEGER NOT NULL, since_boot INTEGER NOT NULL, wall INTEGER, quality INTEGER);

-- The summary of the events that an event stands for, whether it is waiting or quarantined.
CREATE TABLE summary (seq INTEGER PRIMARY KEY, first INTEGER NOT NULL,
  occupied INTEGER NOT NULL, free INTEGER NOT NULL, unknown INTEGER NOT NULL,
  transitions INTEGER NOT NULL);

CREATE TABLE quarantined (seq INTEGER PRIMARY KEY, machine INTEGER NOT NULL, what INTEGER NOT NULL,
  boot INTEGER NOT NULL, since_boot INTEGER NOT NULL, wall INTEGER, quality INTEGER,
  reason TEXT NOT NULL);

CREATE TABLE document (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
