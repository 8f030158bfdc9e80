-- The confirmed time, by which content expires: one row.
CREATE TABLE expiry_time (
  one   INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  known INTEGER NOT NULL
);
