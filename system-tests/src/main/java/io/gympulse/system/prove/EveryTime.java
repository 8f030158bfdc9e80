package io.gympulse.system.prove;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// Of each free period.
record EveryTime() implements Agreement {

  @Override
  public String name() {
    return "every-time";
  }

  @Override
  public void ask(ObjectNode alert) {
    alert.put("repeat", true).put("cooldown", 0);
  }

  @Override
  public Alerting judge(List<FreePeriod> periods, Calm calm, List<Telling> tellings) {
    return Alerting.judge(periods, calm::hadToBeNoticed, tellings);
  }
}
