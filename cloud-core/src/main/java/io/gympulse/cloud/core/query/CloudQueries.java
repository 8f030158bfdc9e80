package io.gympulse.cloud.core.query;

/// All queries of one store.
public interface CloudQueries {
  BranchQueries branches();

  MachineQueries machines();

  AggregateQueries aggregates();

  GatewayQueries gateways();

  ForecastQueries forecasts();
}
