package io.gympulse.bench;

import io.gympulse.bench.all.AllBenchmarks;
import io.gympulse.bench.backlog.BacklogBench;
import io.gympulse.bench.coldstart.ColdStartBench;
import io.gympulse.bench.cost.CostBench;
import io.gympulse.bench.detector.DetectorBench;
import io.gympulse.bench.footprint.FootprintBench;
import io.gympulse.bench.forecast.ForecastBench;
import io.gympulse.bench.hostile.HostileBench;
import io.gympulse.bench.ingest.IngestBench;
import io.gympulse.bench.latency.BurstBench;
import io.gympulse.bench.latency.LatencyBench;
import io.gympulse.bench.outbox.OutboxBench;
import io.gympulse.bench.powerloss.PowerLossBench;
import io.gympulse.bench.recompute.RecomputeBench;
import io.gympulse.bench.sensing.SensingBench;
import io.gympulse.bench.wire.WireBench;
import io.gympulse.process.ParentWatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Runs one benchmark by its name.
@Command(
    name = "gympulse bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    subcommands = {
      LatencyBench.class,
      BurstBench.class,
      DetectorBench.class,
      SensingBench.class,
      OutboxBench.class,
      WireBench.class,
      ColdStartBench.class,
      IngestBench.class,
      CostBench.class,
      BacklogBench.class,
      RecomputeBench.class,
      ForecastBench.class,
      PowerLossBench.class,
      FootprintBench.class,
      HostileBench.class,
      AllBenchmarks.class
    },
    description = "Measures a figure, with its limit in the same run.")
public final class Bench {
  private Bench() {}

  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(new CommandLine(new Bench()).execute(arguments));
  }
}
