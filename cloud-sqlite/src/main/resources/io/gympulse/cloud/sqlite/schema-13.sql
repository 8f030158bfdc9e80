-- The latest health of each gateway.
CREATE TABLE gateway_health (
  gateway     TEXT    NOT NULL PRIMARY KEY,
  reported_at INTEGER NOT NULL, -- orders the healths of a gateway
  received_at INTEGER NOT NULL,
  health      TEXT    NOT NULL  -- in the format of messages
) WITHOUT ROWID;
