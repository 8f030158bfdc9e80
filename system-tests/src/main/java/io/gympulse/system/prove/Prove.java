package io.gympulse.system.prove;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gympulse.cloud.core.aggregate.Window;
import io.gympulse.contract.floorplan.FloorPlan;
import io.gympulse.contract.floorplan.FloorPlanException;
import io.gympulse.process.ParentWatch;
import io.gympulse.process.ProcessClock;
import io.gympulse.system.link.LinkState;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ProcessFailedException;
import io.gympulse.system.rig.Branch;
import io.gympulse.system.rig.Counters;
import io.gympulse.system.rig.Rig;
import io.gympulse.system.rig.RigPlan;
import io.gympulse.system.rig.UpdateCounter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs a gym's hours on a fast clock while processes are killed and links fail, then compares what
/// the gateways recorded with what the cloud stored.
@Command(
    name = "gympulse prove",
    mixinStandardHelpOptions = true,
    description =
        "Kills processes and cuts links while a gym's day runs, then judges what was stored.")
public final class Prove implements Callable<Integer> {
  /// A weekday evening, when a gym is busy.
  private static final Instant BEGINNING = Instant.parse("2026-03-03T16:00:00Z");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration COOLDOWN = Duration.ofMinutes(20);

  /// What follows the last fault undisturbed, so that there is something that had to be told in
  /// time; real time of an unloaded machine, stretched up to the limit.
  private static final Duration CALM = Duration.ofSeconds(30);

  private static final Duration CALM_LIMIT = Duration.ofMinutes(4);
  private static final long CALM_STEP_MILLIS = 250;

  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(5);
  private static final int REPORTS = 3;

  @Option(names = "--seed", defaultValue = "1", description = "the day and the faults (default: 1)")
  private long seed;

  @Option(names = "--kills", defaultValue = "20", description = "processes to kill (default: 20)")
  private int kills;

  @Option(names = "--outages", defaultValue = "5", description = "links to fail (default: 5)")
  private int outages;

  @Option(
      names = "--wrong-clocks",
      defaultValue = "4",
      description = "gateways' clocks to go wrong (default: 4)")
  private int wrongClocks;

  @Option(
      names = "--cloned-cards",
      defaultValue = "1",
      description = "gateways' cards to copy and run beside the original (default: 1)")
  private int clonedCards;

  @Option(names = "--hours", defaultValue = "2", description = "of the gym's day (default: 2)")
  private double hours;

  @Option(names = "--rate", defaultValue = "60", description = "times real time (default: 60)")
  private double rate;

  @Option(
      names = "--data",
      description = "a new folder for everything (default: a temporary one, deleted if all holds)")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--sensor-faults",
      defaultValue = "some",
      description =
          "none, or some: a stuck, a dead and a chattering sensor per gym (default: some)")
  private String sensorFaults = "some";

  private final PrintStream out = System.out;

  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(new CommandLine(new Prove()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder =
        data.isPresent()
            ? Files.createDirectories(data.get())
            : Files.createTempDirectory("gympulse-prove");
    try {
      boolean whole = run(folder.toAbsolutePath().normalize());
      if (whole && data.isEmpty()) {
        Folders.delete(folder);
      } else {
        out.println("everything is kept in " + folder);
      }
      return whole ? 0 : 1;
    } catch (FloorPlanException | ProcessFailedException e) {
      System.err.println("error: " + e.getMessage());
      System.err.println("everything is kept in " + folder);
      return 1;
    }
  }

  private boolean run(Path folder) throws IOException, InterruptedException, FloorPlanException {
    List<Branch> branches;
    Path database;
    FaultInjector injector;
    AlertWatch alerts;
    boolean settled;
    Evidence evidence;
    boolean lateIsDue;
    Optional<Throwable> unwatched;
    RigPlan plan = plan(folder);
    ProcessClock clock = ProcessClock.parse(plan.clock().orElseThrow());
    List<Frame> frames = Collections.synchronizedList(new ArrayList<>());
    try (LoadProbe probe = LoadProbe.start(clock, folder)) {
      Disturbances disturbances = new Disturbances(clock, probe.slowdowns());
      Disturbances.Disturbance starting = disturbances.begin(Optional.empty());
      Absences absences = new Absences(clock);
      try (Rig rig = Rig.start(plan, it -> out.println("  " + it));
          UpdateCounter member =
              new UpdateCounter(rig.page(), it -> frames.add(frame(clock.instant(), it)));
          RecordWatch records = RecordWatch.start(clock, records(rig));
          ApiPolls polls = ApiPolls.start(rig.page(), gyms(rig), clock);
          AlertWatch watch =
              AlertWatch.start(rig.page(), plans(rig), agreements(), clock, disturbances)) {
        alerts = watch;
        rig.closeOnShutdown();
        member.ensureConnected();
        branches = rig.branches();
        database = rig.database();
        disturbances.endAfterReunion(starting, branches);
        Instant watchedFrom = clock.instant();
        injector = new FaultInjector(rig, disturbances, absences, out);
        Duration length = Duration.ofMillis(Math.round(hours * 3_600_000 / rate));
        FaultPlan drawn =
            FaultPlan.draw(
                new Random(seed),
                new FaultPlan.Size(kills, outages, wrongClocks, clonedCards),
                branches.size(),
                length);
        Optional<Fault.Outage> late = lateWindow(clock, length);
        lateIsDue = late.isPresent();
        injector.inject(late.map(it -> drawn.with(it, branches.size())).orElse(drawn));
        injector.sleepUntil(length);
        awaitCalm(probe.slowdowns());
        out.println(injector.summary());
        drain(rig);
        settled = SettledAggregates.await(rig.feed().resolve("/health"), clock.instant());
        out.printf("member's updates: %d%n", member.updates());
        evidence =
            new Evidence(
                disturbances,
                probe.slowdowns(),
                absences.all(),
                injector.cloning().all(),
                injector.cloning().unsent(),
                records(rig).stream().collect(Collectors.toMap(it -> it, records::seen)),
                polls.all(),
                polls.unanswered(),
                List.copyOf(frames),
                watchedFrom,
                clock.instant());
        unwatched = records.failure();
      }
    }
    Failures failures = new Failures(command(), folder, out);
    failures.check("not_settled", settled ? 0 : 1);
    unwatched.ifPresent(it -> out.println("the gateways' record files were not watched: " + it));
    failures.check("records_unwatched", unwatched.isPresent() ? 1 : 0);
    failures.check("too_few_deaths_before_acknowledgement", injector.hitTheGap() ? 0 : 1);
    new Judge(branches, rate, lateIsDue, out, failures).judge(database, alerts, evidence);
    return failures.none();
  }

  /// What repeats this run.
  private String command() {
    return "./gympulse prove --seed %d --kills %d --outages %d --wrong-clocks %d --cloned-cards %d --hours %s --rate %s --sensor-faults %s"
        .formatted(seed, kills, outages, wrongClocks, clonedCards, hours, rate, sensorFaults);
  }

  /// A cut from a minute before a window ends until two minutes after it is computed without what
  /// is missing; none if the run is too short for it, or has no outages.
  private Optional<Fault.Outage> lateWindow(ProcessClock clock, Duration length) {
    Instant now = clock.instant();
    Duration third = clock.scaled(length.dividedBy(3));
    Instant cut = Window.of(now.plus(third)).end().minus(Duration.ofMinutes(1));
    Duration at = clock.toReal(Duration.between(now, cut));
    Duration lasting = clock.toReal(Duration.ofMinutes(24));
    return outages == 0 || at.plus(lasting).compareTo(length) > 0
        ? Optional.empty()
        : Optional.of(new Fault.Outage(at, 0, LinkState.BLACK_HOLE, lasting));
  }

  /// The quiet hours are the second quarter of the run, told in another zone than the gyms'.
  private List<Agreement> agreements() {
    Duration quarter = Duration.ofMinutes(Math.round(hours * 60 / 4));
    Instant quiet = BEGINNING.plus(quarter);
    return List.of(
        new EveryTime(),
        new OnlyOnce(),
        new WithRests(COOLDOWN),
        new OutsideQuietHours(quiet, quiet.plus(quarter), ZoneId.of("Asia/Kolkata")));
  }

  private static Frame frame(Instant at, String update) {
    try {
      return Frame.of(at, JSON.readTree(update));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a member was sent what is no JSON: " + update, e);
    }
  }

  private List<Path> records(Rig rig) {
    return rig.branches().stream()
        .flatMap(
            branch ->
                Stream.concat(
                    Stream.of(branch.record()),
                    IntStream.rangeClosed(1, clonedCards).mapToObj(branch::recordOfCopy)))
        .toList();
  }

  private static List<String> gyms(Rig rig) {
    return plans(rig).stream().map(it -> it.gym().id().value()).toList();
  }

  private static List<FloorPlan> plans(Rig rig) {
    return rig.branches().stream().map(Branch::plan).toList();
  }

  private RigPlan plan(Path folder) {
    Launcher launcher = Launcher.current();
    String clock = ProcessClock.argument(InstantSource.system().instant(), BEGINNING, rate);
    return new RigPlan(
        launcher,
        folder,
        List.of(
            launcher.home().resolve("floor-plans/downtown.json"),
            launcher.home().resolve("floor-plans/riverside.json")),
        0,
        Optional.of(clock),
        RigPlan.Timing.PRODUCTION,
        new RigPlan.SensorsPlan.Simulated(
            seed, List.of("--at-hour", "18", "--faults", sensorFaults)),
        true,
        Optional.empty());
  }

  private static void awaitCalm(Slowdowns slowdowns) throws InterruptedException {
    long deadline = System.nanoTime() + CALM_LIMIT.toNanos();
    double left = CALM.toMillis();
    while (left > 0 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(CALM_STEP_MILLIS);
      left -= CALM_STEP_MILLIS / slowdowns.latest();
    }
  }

  /// On a busy machine counters come late: as many events as the observers saw must be in them. An
  /// outbox that was begun anew counts from there on.
  private static boolean isDrained(Rig rig) throws IOException {
    for (Branch branch : rig.branches()) {
      try (Stream<String> lines = Files.lines(branch.record())) {
        boolean counted = branch.counters().recorded() >= lines.count();
        if (branch.copies().isEmpty() ? !counted : !branch.counters().allSent()) {
          return false;
        }
      }
    }
    return rig.counters().waiting() == 0;
  }

  private static boolean haveReported(Rig rig, List<Long> reports) {
    return IntStream.range(0, reports.size())
        .allMatch(it -> rig.branches().get(it).reports() >= reports.get(it));
  }

  /// Ends the day, mends the links, and gives the gateways time to be acknowledged.
  private void drain(Rig rig) throws IOException, InterruptedException {
    rig.branches().forEach(it -> it.setLink(LinkState.UP));
    rig.branches().forEach(Branch::stopSimulator);
    // After three more reports of counters the last event is in them.
    List<Long> reports = rig.branches().stream().map(it -> it.reports() + REPORTS).toList();
    long deadline = System.nanoTime() + DRAIN_LIMIT.toNanos();
    while (!(haveReported(rig, reports) && isDrained(rig)) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    Counters counters = rig.counters();
    out.printf(
        "drained: waiting %d, acknowledged %d, quarantined %d%n",
        counters.waiting(), counters.acknowledged(), counters.quarantined());
  }
}
