package io.gympulse.bench.cost;

import io.gympulse.bench.cost.Bill.Lambda;
import io.gympulse.bench.dynamo.LocalDynamoDb;
import io.gympulse.bench.ingest.Traffic;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What a gym costs a month on AWS at list prices, and a million events of backlog: calls counted
/// by running a gym's hours through the handlers on DynamoDB Local, the rest assumed and said so.
/// Nothing of it was billed by AWS.
@Command(
    name = "cost",
    mixinStandardHelpOptions = true,
    description = "dollars per gym and month, and per million events of backlog")
public final class CostBench implements Callable<Integer> {
  private static final double EVENTS_A_DAY = 10_000;
  private static final double DAYS = 30;
  private static final int BACKLOG = 40_000;
  private static final double MINUTES_A_MONTH = DAYS * 24 * 60;
  private static final double SHADOW_UPDATES_A_MONTH = DAYS * 96;

  // A gym's month of events and its quarter of aggregates, in GB.
  private static final double STORED = EVENTS_A_DAY * DAYS * 70e-9 + 90 * 96 * 4 * 600e-9;

  // A line per change in ingest and one in dispatch, and metrics of each invocation, in GB.
  private static final double LOGGED = EVENTS_A_DAY * DAYS * 1_000e-9;

  @Option(
      names = "--hours",
      defaultValue = "24",
      description = "of a gym's day that are run, then scaled to a day (default: 24)")
  private double hours;

  @Option(
      names = "--millis",
      defaultValue = "15",
      description = "an invocation of ingest is assumed to take, of 0.5 GB (default: 15)")
  private double millis;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    Prices prices = new Prices();
    Lambda ingest = new Lambda(millis, 0.5);
    try (LocalDynamoDb server = LocalDynamoDb.start(Files.createTempDirectory("gympulse-cost"))) {
      out.printf(
          """
          List prices of %s (a table in this program, not fetched), no free tier, no volume discount.
          Counted: messages, answers, invocations, write and read units on DynamoDB Local, %.1f hours of
          a gym of 40 machines, each live message alone in its invocation. Assumed: %.0f ms of 0.5 GB arm64
          an invocation, two calls of the queue each, 70 B kept an event.
          """,
          prices.valid(), hours, millis);
      int events = (int) (EVENTS_A_DAY * hours / 24);
      Usage day = new GymHours(server, "live-").live(new Traffic(1, events, 7)).times(24 / hours);
      Bill month = Bill.of(day.times(DAYS), prices, ingest);
      month.add("connection", prices.of("iot.connection.minutes", MINUTES_A_MONTH));
      month.add("health shadow", prices.of("iot.shadow.operations", SHADOW_UPDATES_A_MONTH * 2));
      month.add("storage", STORED * prices.price("dynamodb.storage"));
      print("a gym's month", day, month);
      out.printf(
          "  not in it: logs, 1 KB an event: %.3f%n  not in it: %s%n",
          LOGGED * prices.price("logs.ingested"),
          "members: dispatch %.3f, an invocation a change; their requests and streams not counted"
              .formatted(ingest.dollars(EVENTS_A_DAY * DAYS, prices)));
      alternatives(day.times(DAYS), month, prices, ingest);
      double million = 1e6 / BACKLOG;
      Usage waiting = new GymHours(server, "backlog-").backlog(new Traffic(1, BACKLOG, 7));
      Bill backlog = Bill.of(waiting.times(million), prices, ingest);
      print("a million events of backlog", waiting.times(million), backlog);
      out.printf(
          "bench cost: usd_per_million_backlog=%.3f usd_per_gym_month=%.3f%n",
          backlog.total(), month.total());
    }
    return 0;
  }

  /// What the same month costs where calls are saved that this one makes.
  private void alternatives(Usage month, Bill bill, Prices prices, Lambda ingest) {
    Usage gathered = month.gathered(Traffic.MESSAGES_AT_ONCE);
    double saved =
        Bill.of(month, prices, ingest).total() - Bill.of(gathered, prices, ingest).total();
    out.printf(
        """
          if it were: %d messages of different gyms an invocation, a second's delay: %.3f
          if it were: that, and Basic Ingest topics, whose messages are free: %.3f
        """,
        Traffic.MESSAGES_AT_ONCE,
        bill.total() - saved,
        bill.total() - saved - prices.of("iot.messages", month.messages()));
  }

  private void print(String what, Usage usage, Bill bill) {
    out.printf(
        "%s (%s messages %,.0f, answers %,.0f, invocations %,.0f, write units %,.0f, read %,.0f)%n",
        what,
        what.startsWith("a gym") ? "per day:" : "in all:",
        usage.messages(),
        usage.answers(),
        usage.invocations(),
        usage.writeUnits(),
        usage.readUnits());
    bill.lines().forEach((line, dollars) -> out.printf("  %-28s %8.3f%n", line, dollars));
    out.printf("  %-28s %8.3f%n", "dollars", bill.total());
  }
}
