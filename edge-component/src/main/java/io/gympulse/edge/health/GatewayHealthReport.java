package io.gympulse.edge.health;

import io.gympulse.contract.message.GatewayHealth;
import io.gympulse.contract.message.GatewayHealth.Delivery;
import io.gympulse.contract.message.GatewayHealth.Device;
import io.gympulse.contract.message.GatewayHealth.SensorHealth;
import io.gympulse.contract.message.GatewayHealth.Sensors;
import io.gympulse.contract.message.GatewayHealth.Software;
import io.gympulse.contract.message.GatewayHealth.Storage;
import io.gympulse.edge.configuration.GatewayConfiguration;
import io.gympulse.edge.outbox.EventQueue.Counts;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.status.GatewayStatus;
import io.gympulse.edge.status.GatewayStatus.SensorStatus;
import io.gympulse.edge.time.GatewayTime;
import io.gympulse.edge.uplink.UplinkMonitor.LinkStatus;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Puts together what a gateway reports about itself. For one thread.
public final class GatewayHealthReport {
  private static final String NO_VERSION = "development";

  private final GatewayConfiguration configuration;
  private final Outbox outbox;
  private final Supplier<LinkStatus> link;
  private final Supplier<GatewayStatus> status;
  private final GatewayTime time;
  private final Instant startedAt;
  private final long boots;
  private final CardLife cardLife;
  private final ProcessFiles process = ProcessFiles.ofThisProcess();
  private final CpuTemperature temperature = CpuTemperature.ofThisMachine();
  private final FirmwareThrottling throttling;

  /// @param status the present status of the sensors
  /// @param nanos monotonic real time
  public GatewayHealthReport(
      GatewayConfiguration configuration,
      Outbox outbox,
      Supplier<LinkStatus> link,
      Supplier<GatewayStatus> status,
      GatewayTime time,
      LongSupplier nanos) {
    this.configuration = configuration;
    this.outbox = outbox;
    this.link = link;
    this.status = status;
    this.time = time;
    this.startedAt = time.instant();
    this.boots = BootCounter.count(outbox, time.boot());
    this.cardLife = new CardLife(configuration.card());
    this.throttling = new FirmwareThrottling(nanos);
  }

  /// What is known at present.
  public GatewayHealth get() {
    Instant now = notBefore1970(time.displayedWall());
    Duration up = Duration.between(startedAt, time.instant());
    return new GatewayHealth(
        configuration.address(),
        now,
        delivery(now),
        device(),
        storage(up),
        software(up),
        sensors(status.get().sensors()));
  }

  private Delivery delivery(Instant now) {
    Counts counts = outbox.counts();
    LinkStatus present = link.get();
    Optional<Long> oldest =
        outbox.peek(0, 1).stream()
            .map(it -> Math.max(0, Duration.between(it.at(), now).toSeconds()))
            .findFirst();
    return new Delivery(
        counts.waiting(),
        counts.quarantined(),
        oldest,
        present.acknowledgedAt().map(time::displayedWall).map(GatewayHealthReport::notBefore1970),
        present.connections());
  }

  private Device device() {
    Runtime runtime = Runtime.getRuntime();
    return new Device(
        time.bootedAt().isPresent(),
        temperature.read(),
        throttling.read(),
        process.residentBytes(),
        Optional.of(runtime.totalMemory() - runtime.freeMemory()));
  }

  private Storage storage(Duration up) {
    Optional<Long> free = disk(FileStore::getUsableSpace);
    Optional<Long> total = disk(FileStore::getTotalSpace);
    Optional<Long> written = process.writtenBytes().flatMap(it -> CardLife.perDay(it, up));
    return new Storage(
        free,
        total,
        written,
        CardLife.perDay(outbox.commits(), up),
        total.flatMap(capacity -> written.flatMap(it -> cardLife.years(capacity, it))));
  }

  private interface Measure {
    long of(FileStore store) throws IOException;
  }

  private Optional<Long> disk(Measure measure) {
    try {
      return Optional.of(measure.of(Files.getFileStore(configuration.dataDir())));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Software software(Duration up) {
    String version = GatewayHealthReport.class.getPackage().getImplementationVersion();
    return Software.of(
        version == null ? NO_VERSION : version,
        Runtime.version().toString(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        boots,
        up.toSeconds());
  }

  private static Sensors sensors(List<SensorStatus> all) {
    Map<String, Integer> verdicts = new TreeMap<>();
    all.forEach(it -> verdicts.merge(it.verdict(), 1, Integer::sum));
    List<SensorHealth> listed =
        all.stream()
            .map(GatewayHealthReport::sensor)
            .sorted(
                Comparator.comparing(SensorHealth::isFaulty)
                    .reversed()
                    .thenComparing(SensorHealth::sensor))
            .toList();
    return new Sensors(verdicts, listed, 0);
  }

  private static SensorHealth sensor(SensorStatus it) {
    return new SensorHealth(
        it.sensor(),
        it.machine(),
        it.verdict(),
        notBefore1970(it.since()),
        SensorHealth.abridgedReason(it.reason()),
        new SensorHealth.Counts(it.read(), it.ignored(), it.malformed()),
        it.lastMessageAt().map(GatewayHealthReport::notBefore1970));
  }

  /// A clock that is not set may place what was before the start of the machine there.
  private static Instant notBefore1970(Instant at) {
    return at.isBefore(Instant.EPOCH) ? Instant.EPOCH : Instant.ofEpochMilli(at.toEpochMilli());
  }
}
