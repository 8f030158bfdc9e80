-- Open stream connections, and the topics by which they are found.
CREATE TABLE connection (
  id       TEXT    NOT NULL PRIMARY KEY,
  user     TEXT,
  gym      TEXT,
  category TEXT,
  machine  TEXT,
  expires  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX connection_by_user ON connection (user) WHERE user IS NOT NULL;
CREATE INDEX connection_by_end ON connection (expires);

CREATE TABLE connection_topic (
  topic      TEXT NOT NULL,
  connection TEXT NOT NULL,
  PRIMARY KEY (topic, connection)
) WITHOUT ROWID;
CREATE INDEX connection_topic_by_connection ON connection_topic (connection);
