package io.gympulse.sim.day;

import io.gympulse.contract.id.CategoryId;
import io.gympulse.contract.id.MachineId;
import java.time.Instant;

/// Something that will happen on the floor at a known time; `order` breaks ties the same way in
/// every run.
sealed interface Happening {
  Instant at();

  long order();

  Visitor visitor();

  record Arrives(Instant at, long order, Visitor visitor) implements Happening {}

  record SitsDown(Instant at, long order, Visitor visitor, MachineId machine)
      implements Happening {}

  record Leaves(Instant at, long order, Visitor visitor, MachineId machine) implements Happening {}

  record GivesUp(Instant at, long order, Visitor visitor, CategoryId category)
      implements Happening {}
}
