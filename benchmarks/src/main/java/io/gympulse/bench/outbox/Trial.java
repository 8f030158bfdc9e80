package io.gympulse.bench.outbox;

import io.gympulse.process.ParentWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;

/// The process of one measurement: nothing else is written in it.
final class Trial {
  private Trial() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    ParentWatch.start();
    Plan plan = Plan.of(arguments);
    Figures figures =
        switch (plan.kind()) {
          case OUTBOX_BURST -> new OutboxTrial(plan).burst();
          case OUTBOX_SPARSE -> new OutboxTrial(plan).sparse();
          case BARE_BURST, BATCHED_BURST -> new BareTrial(plan).burst();
          case SPOOLER -> new SpoolerTrial(plan).life();
        };
    PrintStream out = System.out;
    out.println(figures);
  }
}
