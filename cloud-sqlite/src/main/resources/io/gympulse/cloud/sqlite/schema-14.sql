-- The last model of each category's forecasts.
CREATE TABLE forecast_model (
  gym       TEXT    NOT NULL,
  category  TEXT    NOT NULL,
  fitted_at INTEGER NOT NULL,
  model     BLOB    NOT NULL, -- as CategoryModelCodec writes it
  PRIMARY KEY (gym, category)
) WITHOUT ROWID;
CREATE INDEX forecast_model_by_fitted_at ON forecast_model (fitted_at);
