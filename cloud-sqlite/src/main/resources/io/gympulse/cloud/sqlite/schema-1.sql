CREATE TABLE event (
  outbox  TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  gym     TEXT    NOT NULL,
  gateway TEXT    NOT NULL,
  machine TEXT    NOT NULL,
  status  TEXT    NOT NULL,
  reason  TEXT,
  at      INTEGER NOT NULL, -- epoch milliseconds, as all times here
  quality TEXT    NOT NULL,
  PRIMARY KEY (outbox, seq)
) WITHOUT ROWID;
CREATE INDEX event_by_machine ON event (machine, at);

CREATE TABLE status_report (
  machine TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  status  TEXT    NOT NULL,
  gym     TEXT    NOT NULL,
  PRIMARY KEY (machine, at, status)
) WITHOUT ROWID;

CREATE TABLE current_state (
  machine  TEXT    NOT NULL PRIMARY KEY,
  gym      TEXT    NOT NULL,
  category TEXT    NOT NULL,
  status   TEXT    NOT NULL,
  reason   TEXT,
  since    INTEGER NOT NULL,
  as_of    INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  position INTEGER NOT NULL -- in the feed
) WITHOUT ROWID;
CREATE INDEX current_state_by_gym ON current_state (gym, machine);
CREATE INDEX current_state_by_position ON current_state (position);

CREATE TABLE presence (
  gateway      TEXT    NOT NULL PRIMARY KEY,
  gym          TEXT    NOT NULL,
  online       INTEGER NOT NULL,
  since        INTEGER NOT NULL,
  last_heard   INTEGER NOT NULL,
  covered_to   INTEGER,
  outbox_depth INTEGER NOT NULL,
  position     INTEGER NOT NULL -- in the feed
) WITHOUT ROWID;
CREATE INDEX presence_by_position ON presence (position);

CREATE TABLE floor_plan (
  gym  TEXT NOT NULL PRIMARY KEY,
  plan TEXT NOT NULL -- as a floor-plan file
) WITHOUT ROWID;

CREATE TABLE unregistered_machine (
  gym        TEXT    NOT NULL,
  machine    TEXT    NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen  INTEGER NOT NULL,
  mentions   INTEGER NOT NULL,
  PRIMARY KEY (gym, machine)
) WITHOUT ROWID;
