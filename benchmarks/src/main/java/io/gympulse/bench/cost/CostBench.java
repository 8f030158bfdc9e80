package io.gympulse.bench.cost;

import io.gympulse.bench.cost.Bill.Function;
import io.gympulse.bench.cost.Bill.Way;
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

/// What a gym costs a month on AWS at list prices, and a million events of backlog: a fleet's
/// minutes run through the functions on DynamoDB Local and counted, the rest assumed and said so.
/// Nothing of it was billed by AWS.
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
  private static final int BATCHES_AT_ONCE = 5;
  private static final long SEED = 7;

  // The two schedules that walk all gateways, and aggregation's function: milliseconds an
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
      description = "of the fleet that is run and priced (default: 1000)")
  private int gyms;

  @Option(
      names = "--minutes",
      defaultValue = "3",
      description = "of the fleet that are run (default: 3)")
  private int minutes;

  @Option(
      names = "--shards",
      defaultValue = "4",
      description = "of the fleet's stream (default: 4)")
  private int shards;

  @Option(
      names = "--hours",
      defaultValue = "24",
      description = "of one gym that are run by both doors (default: 24)")
  private int hours;

  private final PrintStream out = System.out;
  private final Function function = new Function(10, 5, 0.5);
  private final Prices prices = new Prices();

  /// @throws IOException if the table of prices cannot be read
  public CostBench() throws IOException {
    // Nothing to do but read the prices.
  }

  @Override
  public Integer call() throws IOException {
    try (LocalDynamoDb server = LocalDynamoDb.start(Files.createTempDirectory("gympulse-cost"))) {
      out.printf(
          """
          List prices of %s (a table in this program, not fetched), no free tier, no volume discount.
          Counted: messages, answers, invocations, put units, write and read units on DynamoDB Local.
          Assumed: %.0f ms an invocation of ingest and %.0f ms a message in it, %.0f ms one of aggregation and %.0f ms one
          of the two schedules that walk all gateways, %.1f GB on arm64; 70 B kept an event.
          Priced: %d gyms of 40 machines, 10,000 events a day each, each event alone in its message; Basic Ingest
          topics; a stream of %d shards, read each second, acknowledgements of live events held in its window.
          """,
          prices.valid(),
          function.invocationMillis(),
          function.messageMillis(),
          AGGREGATION_MILLIS,
          SCHEDULE_MILLIS,
          function.gigabytes(),
          gyms,
          shards);
      // The fleet last: its tables make DynamoDB Local slow.
      Month alone = alone(server, Way.BASIC_INGEST_AND_STREAM);
      Month queued = alone(server, Way.TOPICS_AND_QUEUE);
      double backlog = backlog(server);
      Usage fleet = fleet(server);
      Bill month =
          bill(
              new Month(fleet, alone.aggregation(), alone.aggregations()),
              Way.BASIC_INGEST_AND_STREAM);
      print(
          "a gym's month in the fleet, from %d minutes of it; aggregation from %d hours of one gym"
              .formatted(minutes, hours),
          fleet.plus(alone.aggregation()),
          month);
      out.printf(
          "  not in it: logs, 1 KB an event: %.3f%n  not in it: %s%n",
          LOGGED * prices.price("logs.ingested"),
          "members: dispatch %.3f, an invocation a change; their requests and streams not counted"
              .formatted(
                  function.dollars(
                      new Usage(EVENTS_A_MONTH, 0, EVENTS_A_MONTH, 0, 0, 0, 0), prices)));
      beside(
          "a gym's month from %d hours of one; alone on a shard, its answers wait for its next message"
              .formatted(hours),
          new Month(alone.usage().sharing(fleet), alone.aggregation(), alone.aggregations()),
          Way.BASIC_INGEST_AND_STREAM);
      beside(
          "a gym's month by plain topics and a queue, each message alone in its invocation",
          queued,
          Way.TOPICS_AND_QUEUE);
      out.printf(
          "bench cost: usd_per_million_backlog=%.3f usd_per_gym_month=%.3f%n",
          backlog, month.total());
    }
    return 0;
  }

  /// A gym's month as one of the fleet, but for aggregation.
  private Usage fleet(LocalDynamoDb server) {
    Duration time = Duration.ofMinutes(minutes);
    Traffic traffic = Play.traffic(gyms, time, SEED);
    try (Cloud cloud = new Cloud(server, "fleet-", traffic.plans())) {
      StreamDoor stream = cloud.stream(shards);
      Usage usage = new Play(cloud, stream, traffic).run(time);
      out.printf("the fleet's stream: a shard's fullest second had %s%n", stream.fullest());
      if (stream.overloaded()) {
        throw new IllegalStateException("a shard got more than it takes; try more --shards");
      }
      return usage.times(HOURS_A_MONTH * 60 / minutes / gyms);
    }
  }

  /// @param usage but for aggregation
  /// @param aggregations how often aggregation's function is invoked
  private record Month(Usage usage, Usage aggregation, double aggregations) {}

  private Month alone(LocalDynamoDb server, Way way) {
    Duration time = Duration.ofHours(hours);
    Traffic traffic = Play.traffic(1, time, SEED);
    String prefix = way == Way.TOPICS_AND_QUEUE ? "queue-" : "stream-";
    try (Cloud cloud = new Cloud(server, prefix, traffic.plans())) {
      Door door = way == Way.TOPICS_AND_QUEUE ? cloud.queue(1) : cloud.stream(1);
      Usage usage = new Play(cloud, door, traffic).run(time);
      double factor = HOURS_A_MONTH / hours;
      return new Month(
          usage.times(factor),
          cloud.aggregation().times(factor),
          cloud.aggregationInvocations() * factor);
    }
  }

  private void beside(String what, Month month, Way way) {
    print("beside it: " + what, month.usage().plus(month.aggregation()), bill(month, way));
  }

  /// @return dollars per million events
  private double backlog(LocalDynamoDb server) {
    Traffic traffic = new Traffic(1, BACKLOG, SEED);
    double total = 0;
    for (Way way : Way.values()) {
      boolean queued = way == Way.TOPICS_AND_QUEUE;
      try (Cloud cloud =
          new Cloud(server, queued ? "late-queue-" : "late-stream-", traffic.plans())) {
        cloud.clock.set(Traffic.EVENING);
        Door door = queued ? cloud.queue(Traffic.MESSAGES_AT_ONCE) : cloud.stream(1);
        long messages = 0;
        for (String text : traffic.backlog().stream().flatMap(List::stream).toList()) {
          door.put(0, text);
          // A gateway has so many batches on their way.
          if (++messages % BATCHES_AT_ONCE == 0) {
            door.tick(cloud.clock.instant());
          }
        }
        door.tick(cloud.clock.instant());
        Usage million = cloud.usage(door, messages, 0).times(1e6 / BACKLOG);
        Bill bill = Bill.of(million, way, prices, function);
        print(
            "a million events of backlog"
                + (queued ? ", beside it by plain topics and a queue" : ""),
            million,
            bill);
        total = bill.total();
      }
    }
    return total;
  }

  private Bill bill(Month month, Way way) {
    double schedules = SCHEDULES_A_MONTH / gyms;
    return Bill.of(month.usage().plus(month.aggregation()), way, prices, function)
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
        "%s%n  (messages %,.0f, answers %,.0f, invocations %,.0f, write units %,.0f, read %,.0f)%n",
        what,
        usage.messages(),
        usage.answers(),
        usage.invocations(),
        usage.writeUnits(),
        usage.readUnits());
    bill.lines().forEach((line, dollars) -> out.printf("  %-28s %8.3f%n", line, dollars));
    out.printf("  %-28s %8.3f%n", "dollars", bill.total());
  }
}
