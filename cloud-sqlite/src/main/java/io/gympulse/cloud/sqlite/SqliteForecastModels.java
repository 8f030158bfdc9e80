package io.gympulse.cloud.sqlite;

import io.gympulse.cloud.core.forecast.CategoryModel;
import io.gympulse.cloud.core.forecast.CategoryModelCodec;
import io.gympulse.cloud.core.forecast.ForecastModels;
import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.GymId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Models in the table `forecast_model`.
final class SqliteForecastModels implements ForecastModels {
  private final Database database;

  SqliteForecastModels(Database database) {
    this.database = database;
  }

  @Override
  public Optional<CategoryModel> find(GymId gym, CategoryId category) {
    return find(database, gym, category);
  }

  static Optional<CategoryModel> find(Database database, GymId gym, CategoryId category) {
    return database
        .query(
            "SELECT * FROM forecast_model WHERE gym = ? AND category = ?",
            SqliteForecastModels::model,
            gym.value(),
            category.value())
        .stream()
        .findFirst();
  }

  @Override
  public void put(GymId gym, CategoryId category, CategoryModel model) {
    database.update(
        """
        INSERT INTO forecast_model (gym, category, fitted_at, model) VALUES (?, ?, ?, ?)
        ON CONFLICT (gym, category) DO UPDATE
        SET fitted_at = excluded.fitted_at, model = excluded.model
        WHERE excluded.fitted_at >= forecast_model.fitted_at""",
        gym.value(),
        category.value(),
        model.fittedAt().toEpochMilli(),
        CategoryModelCodec.encode(model));
  }

  private static CategoryModel model(ResultSet row) throws SQLException {
    try {
      return CategoryModelCodec.decode(row.getBytes("model"));
    } catch (IllegalArgumentException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }
}
