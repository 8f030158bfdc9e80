CREATE TABLE alert (
  user    TEXT    NOT NULL,
  id      TEXT    NOT NULL,
  machine TEXT    NOT NULL,
  created INTEGER NOT NULL,
  active  INTEGER NOT NULL,
  due     INTEGER,          -- when time alone may change it
  version INTEGER NOT NULL,
  content TEXT    NOT NULL, -- the whole as JSON
  PRIMARY KEY (user, id)
) WITHOUT ROWID;
CREATE INDEX alert_watching ON alert (machine, id) WHERE active = 1;
CREATE INDEX alert_due ON alert (due) WHERE due IS NOT NULL;

CREATE TABLE incident (
  id      TEXT    NOT NULL PRIMARY KEY,
  since   INTEGER NOT NULL,
  is_open INTEGER NOT NULL,
  due     INTEGER,          -- when time alone may change it
  version INTEGER NOT NULL,
  content TEXT    NOT NULL  -- the whole as JSON
) WITHOUT ROWID;
CREATE INDEX incident_open ON incident (since, id) WHERE is_open = 1;
CREATE INDEX incident_due ON incident (due) WHERE due IS NOT NULL;

CREATE TABLE incident_subject (
  subject  TEXT NOT NULL, -- what is still out
  incident TEXT NOT NULL,
  PRIMARY KEY (subject, incident)
) WITHOUT ROWID;
CREATE INDEX incident_subject_by_incident ON incident_subject (incident);

CREATE TABLE feed_cursor (
  reader   TEXT    NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL -- in the feed, up to which all updates are processed
) WITHOUT ROWID;
