package io.gympulse.bench.cost;

import io.gympulse.bench.cost.Bill.Function;
import io.gympulse.bench.cost.Bill.TransportKind;
import io.gympulse.bench.dynamo.LocalDynamoDb;
import io.gympulse.bench.ingest.Traffic;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The monthly costs of a gym on AWS at list prices, and of a million events of backlog: some
/// minutes of a fleet are run through the functions on DynamoDB Local and their units counted;
/// the rest is assumed, and printed as such. None of it was billed by AWS.
@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    description = "dollars per gym and month, and per million events of backlog")
public final class CostBench implements Callable<Integer> {
  private static final double DAYS = 30;
  private static final double HOURS_A_MONTH = DAYS * 24;
  private static final double SHADOW_UPDATES_A_MONTH = DAYS * 96;
  private static final double EVENTS_A_MONTH = Traffic.EVENTS_A_DAY * DAYS;
  private static final int BACKLOG = 40_000;
  private static final int BATCHES_IN_FLIGHT = 5;
  private static final long SEED = 7;

  // The two schedules that iterate over all gateways, and the aggregation worker: milliseconds per
  // invocation.
  private static final double SCHEDULES_A_MONTH = 2 * DAYS * 24 * 60;
  private static final double SCHEDULE_MILLIS = 1_000;
  private static final double AGGREGATION_MILLIS = 100;

  // Sent, received and deleted.
  private static final int QUEUE_CALLS_PER_GATEWAY = 3;

  // A gym's month of events and its quarter of aggregates, in GB.
  private static final double STORED = EVENTS_A_MONTH * 70e-9 + 90 * 96 * 4 * 600e-9;

  // A line per change in ingest and one in dispatch, and metrics of each invocation, in GB.
  private static final double LOGGED = EVENTS_A_MONTH * 1_000e-9;

  @Option(
      names = "--gyms",
      defaultValue = "1000",
      description = "gyms of the fleet (default: 1000)")
  private int gyms;

  @Option(
      names = "--minutes",
      defaultValue = "3",
      description = "simulated minutes of the fleet (default: 3)")
  private int minutes;

  @Option(
      names = "--shards",
      defaultValue = "4",
      description = "shards of the fleet's stream (default: 4)")
  private int shards;

  @Option(
      names = "--hours",
      defaultValue = "24",
      description = "simulated hours of one gym, for both transports (default: 24)")
  private int hours;

  private final PrintStream out = System.out;
  private final Function function = new Function(10, 5, 0.5);
  private final Prices prices = new Prices();

  /// @throws IOException if the table of prices cannot be read
  public CostBench() throws IOException {
    // Only the prices are read.
  }

  @Override
  public Integer call() throws IOException {
    try (LocalDynamoDb server = LocalDynamoDb.start(Files.createTempDirectory("gympulse-cost"))) {
      out.printf(
          """
          List prices of %s (a table in this program, not fetched), no free tier, no volume discount.
          Counted: messages, acknowledgements, invocations, put units, write and read units on DynamoDB Local.
          Assumed: %.0f ms per invocation of ingest and %.0f ms per message in it, %.0f ms per invocation of aggregation and
          %.0f ms of the two schedules that iterate over all gateways, %.1f GB on arm64; 70 B stored per event.
          Priced: %d gyms of 40 machines, 10,000 events a day each, one event per message; Basic Ingest topics;
          a stream of %d shards, read each second, acknowledgements of live events held in its window.
          """,
          prices.valid(),
          function.invocationMillis(),
          function.messageMillis(),
          AGGREGATION_MILLIS,
          SCHEDULE_MILLIS,
          function.gigabytes(),
          gyms,
          shards);
      // The fleet runs last, as its tables make DynamoDB Local slow.
      Month alone = alone(server, TransportKind.BASIC_INGEST_AND_STREAM);
      Month queued = alone(server, TransportKind.TOPICS_AND_QUEUE);
      double backlog = backlog(server);
      Usage fleet = fleet(server);
      Bill month =
          bill(
              new Month(fleet, alone.aggregation(), alone.aggregations()),
              TransportKind.BASIC_INGEST_AND_STREAM);
      print(
          "a gym's month in the fleet, from %d minutes of it; aggregation from %d hours of one gym"
              .formatted(minutes, hours),
          fleet.plus(alone.aggregation()),
          month);
      out.printf(
          "  not included: logs, 1 KB per event: %.3f%n  not included: %s%n",
          LOGGED * prices.price("logs.ingested"),
          "members: dispatch %.3f, one invocation per change; their requests and streams not counted"
              .formatted(
                  function.dollars(
                      new Usage(EVENTS_A_MONTH, 0, EVENTS_A_MONTH, 0, 0, 0, 0), prices)));
      printComparison(
          "a gym's month from %d hours of one; alone on a shard, its acknowledgements wait for its next message"
              .formatted(hours),
          new Month(
              alone.usage().withSharedStream(fleet), alone.aggregation(), alone.aggregations()),
          TransportKind.BASIC_INGEST_AND_STREAM);
      printComparison(
          "a gym's month by ordinary topics and a queue, one message per invocation",
          queued,
          TransportKind.TOPICS_AND_QUEUE);
      out.printf(
          "bench cost: usd_per_million_backlog=%.3f usd_per_gym_month=%.3f%n",
          backlog, month.total());
    }
    return 0;
  }

  /// A gym's month as part of the fleet, without aggregation.
  private Usage fleet(LocalDynamoDb server) {
    Duration time = Duration.ofMinutes(minutes);
    Traffic traffic = FleetSimulation.traffic(gyms, time, SEED);
    try (MeteredCloud cloud = new MeteredCloud(server, "fleet-", traffic.plans())) {
      StreamTransport stream = cloud.stream(shards);
      Usage usage = new FleetSimulation(cloud, stream, traffic).run(time);
      out.printf(
          "the fleet's stream: the maximum load of a shard in a second was %s%n", stream.maxLoad());
      if (stream.overloaded()) {
        throw new IllegalStateException("a shard's limit was exceeded; try more --shards");
      }
      return usage.times(HOURS_A_MONTH * 60 / minutes / gyms);
    }
  }

  /// @param usage without aggregation
  /// @param aggregations the number of invocations of the aggregation worker
  private record Month(Usage usage, Usage aggregation, double aggregations) {}

  private Month alone(LocalDynamoDb server, TransportKind kind) {
    Duration time = Duration.ofHours(hours);
    Traffic traffic = FleetSimulation.traffic(1, time, SEED);
    String prefix = kind == TransportKind.TOPICS_AND_QUEUE ? "queue-" : "stream-";
    try (MeteredCloud cloud = new MeteredCloud(server, prefix, traffic.plans())) {
      IngestTransport transport =
          kind == TransportKind.TOPICS_AND_QUEUE ? cloud.queue(1) : cloud.stream(1);
      Usage usage = new FleetSimulation(cloud, transport, traffic).run(time);
      double factor = HOURS_A_MONTH / hours;
      return new Month(
          usage.times(factor),
          cloud.aggregation().times(factor),
          cloud.aggregationInvocations() * factor);
    }
  }

  private void printComparison(String what, Month month, TransportKind kind) {
    print("for comparison: " + what, month.usage().plus(month.aggregation()), bill(month, kind));
  }

  /// @return dollars per million events
  private double backlog(LocalDynamoDb server) {
    Traffic traffic = new Traffic(1, BACKLOG, SEED);
    double total = 0;
    for (TransportKind kind : TransportKind.values()) {
      boolean queued = kind == TransportKind.TOPICS_AND_QUEUE;
      try (MeteredCloud cloud =
          new MeteredCloud(server, queued ? "late-queue-" : "late-stream-", traffic.plans())) {
        cloud.clock.set(Traffic.EVENING);
        IngestTransport transport =
            queued ? cloud.queue(Traffic.MESSAGES_PER_INVOCATION) : cloud.stream(1);
        long messages = 0;
        for (String text : traffic.backlog().stream().flatMap(List::stream).toList()) {
          transport.put(0, text);
          // The limit of a gateway's unacknowledged batches.
          if (++messages % BATCHES_IN_FLIGHT == 0) {
            transport.tick(cloud.clock.instant());
          }
        }
        transport.tick(cloud.clock.instant());
        Usage million = cloud.usage(transport, messages, 0).times(1e6 / BACKLOG);
        Bill bill = Bill.of(million, kind, prices, function);
        print(
            "a million events of backlog"
                + (queued ? ", for comparison by ordinary topics and a queue" : ""),
            million,
            bill);
        total = bill.total();
      }
    }
    return total;
  }

  private Bill bill(Month month, TransportKind kind) {
    double schedules = SCHEDULES_A_MONTH / gyms;
    return Bill.of(month.usage().plus(month.aggregation()), kind, prices, function)
        .add(
            "schedules, aggregation",
            function(schedules, SCHEDULE_MILLIS)
                + function(month.aggregations(), AGGREGATION_MILLIS)
                + prices.of("sqs.requests", month.aggregations() * QUEUE_CALLS_PER_GATEWAY))
        .add("connection", prices.of("iot.connection.minutes", HOURS_A_MONTH * 60))
        .add("health shadow", prices.of("iot.shadow.operations", SHADOW_UPDATES_A_MONTH * 2))
        .add("storage", STORED * prices.price("dynamodb.storage"));
  }

  private double function(double invocations, double millis) {
    return new Function(millis, 0, function.gigabytes())
        .dollars(new Usage(0, 0, invocations, 0, 0, 0, 0), prices);
  }

  private void print(String what, Usage usage, Bill bill) {
    out.printf(
        "%s%n  (messages %,.0f, acknowledgements %,.0f, invocations %,.0f, write units %,.0f, read %,.0f)%n",
        what,
        usage.messages(),
        usage.acks(),
        usage.invocations(),
        usage.writeUnits(),
        usage.readUnits());
    bill.lines().forEach((line, dollars) -> out.printf("  %-28s %8.3f%n", line, dollars));
    out.printf("  %-28s %8.3f%n", "dollars", bill.total());
  }
}
