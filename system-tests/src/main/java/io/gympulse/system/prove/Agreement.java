package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// When a member wants to be told that a machine became free.
interface Agreement {

  /// Short, for reports and for the members' names.
  String name();

  /// Sets the alert's fields.
  void ask(ObjectNode alert);

  /// Holds what a member was told against it.
  ///
  /// @param periods of all machines
  /// @param tellings to the members with this agreement
  Alerting judge(List<FreePeriod> periods, Calm calm, List<Telling> tellings);

  /// What else went on, and so what could be expected.
  interface Calm {
    /// Whether all ran when the period began, and for long enough after its gateway knew of it.
    boolean hadToBeNoticed(FreePeriod period);

    /// Whether, from the later beginning of this period on, all ran for long enough to tell of it.
    boolean hadTime(FreePeriod rest);

    /// Whether all ran on when this was told, so that it was noted as told.
    boolean isNoted(Telling telling);
  }
}
