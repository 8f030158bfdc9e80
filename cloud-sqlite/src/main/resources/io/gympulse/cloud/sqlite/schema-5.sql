-- The last known status before the current one, with its order; absent if there is none.
ALTER TABLE current_state ADD COLUMN earlier_status TEXT;
ALTER TABLE current_state ADD COLUMN earlier_since INTEGER;
ALTER TABLE current_state ADD COLUMN earlier_as_of INTEGER;
ALTER TABLE current_state ADD COLUMN earlier_seq INTEGER;
-- Whether it was claimed for the present.
ALTER TABLE current_state ADD COLUMN present INTEGER NOT NULL DEFAULT 0;

CREATE TABLE gateway (
  gateway      TEXT    NOT NULL PRIMARY KEY,
  gym          TEXT    NOT NULL,
  online       INTEGER,          -- absent, as the next three, without any message of it
  since        INTEGER,
  last_heard   INTEGER,
  outbox_depth INTEGER,
  coverage     TEXT    NOT NULL, -- JSON
  arrears      TEXT    NOT NULL, -- JSON
  position     INTEGER NOT NULL  -- in the feed; 0 before the first change of presence
) WITHOUT ROWID;
CREATE INDEX gateway_by_position ON gateway (position);

-- Coverage begins at each outbox's first event if it is stored already.
INSERT INTO gateway
SELECT gateway, gym, online, since, last_heard, outbox_depth,
  (SELECT json_group_object(outbox, json_object('from', first)) FROM
    (SELECT outbox,
        MIN(at - COALESCE(occupied, 0) - COALESCE(free, 0) - COALESCE(unknown, 0)) AS first
      FROM event
      WHERE event.gateway = presence.gateway AND COALESCE(stands_from, seq) = 1
      GROUP BY outbox)),
  '{}',
  position
FROM presence;
DROP TABLE presence;
