package io.gympulse.cloud.api.gyms;

import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import java.util.List;
import java.util.Optional;

/// Gyms as they stand now. Reads may block; safe for any number of threads. While the store is not
/// there, every method throws a [io.gympulse.cloud.api.http.Refusal] (503).
interface Floors {
  /// In the order of their ids.
  List<Floor> all();

  Optional<Floor> of(GymId gym);

  /// The floor on which this machine stands.
  Optional<Floor> of(MachineId machine);
}
