CREATE TABLE aggregate (
  gym      TEXT    NOT NULL,
  category TEXT    NOT NULL,
  starts   INTEGER NOT NULL, -- of a window of 15 minutes
  machines BLOB    NOT NULL, -- packed, see BinCodec
  PRIMARY KEY (gym, category, starts)
) WITHOUT ROWID;
CREATE INDEX aggregate_by_start ON aggregate (starts);
