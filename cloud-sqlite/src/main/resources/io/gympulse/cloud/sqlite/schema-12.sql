-- The registered gyms and their machines, as in floor_plan, for queries.
CREATE TABLE branch (
  gym       TEXT NOT NULL PRIMARY KEY,
  name      TEXT NOT NULL,
  latitude  REAL NOT NULL,
  longitude REAL NOT NULL,
  zone      TEXT NOT NULL,
  gateway   TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE branch_machine (
  gym      TEXT    NOT NULL,
  ordinal  INTEGER NOT NULL, -- on the floor plan, from 0
  machine  TEXT    NOT NULL UNIQUE,
  name     TEXT    NOT NULL,
  category TEXT    NOT NULL,
  x        REAL    NOT NULL,
  y        REAL    NOT NULL,
  PRIMARY KEY (gym, ordinal)
) WITHOUT ROWID;

-- A machine that moves to another gym has a state in each.
ALTER TABLE current_state RENAME TO current_state_of_machine;
DROP INDEX current_state_by_gym;
DROP INDEX current_state_by_position;
CREATE TABLE current_state (
  gym            TEXT    NOT NULL,
  machine        TEXT    NOT NULL,
  category       TEXT    NOT NULL,
  status         TEXT    NOT NULL,
  reason         TEXT,
  since          INTEGER NOT NULL,
  as_of          INTEGER NOT NULL,
  seq            INTEGER NOT NULL,
  position       INTEGER NOT NULL, -- in the feed
  earlier_status TEXT,             -- the last known status before, with its order
  earlier_since  INTEGER,
  earlier_as_of  INTEGER,
  earlier_seq    INTEGER,
  present        INTEGER NOT NULL, -- whether it was claimed for the present
  PRIMARY KEY (gym, machine)
) WITHOUT ROWID;
INSERT INTO current_state
SELECT gym, machine, category, status, reason, since, as_of, seq, position,
  earlier_status, earlier_since, earlier_as_of, earlier_seq, present
FROM current_state_of_machine;
DROP TABLE current_state_of_machine;
CREATE INDEX current_state_by_position ON current_state (position);
