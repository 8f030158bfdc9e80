package io.gympulse.system.demo;

import io.gympulse.system.link.LinkState;
import io.gympulse.system.rig.Branch;
import io.gympulse.system.rig.Counters;

/// A gym as the demonstration shows it. A cut is a pulled cable: nothing is refused, nothing comes
/// through.
record DemoGym(Branch branch) {
  String id() {
    return branch.plan().gym().id().value();
  }

  boolean up() {
    return branch.linkUp();
  }

  void setUp(boolean up) {
    branch.setLink(up ? LinkState.UP : LinkState.BLACK_HOLE);
  }

  Counters counters() {
    return branch.counters();
  }
}
