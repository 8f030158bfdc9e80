-- Up to where time is known to have come, by which things expire: one row.
CREATE TABLE expiry_time (
  one   INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  known INTEGER NOT NULL
);
