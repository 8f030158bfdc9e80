package io.gympulse.edge.sync;

import static java.util.Comparator.naturalOrder;

import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.Decoded;
import io.gympulse.contract.codec.SnapshotCodec;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Snapshot;
import io.gympulse.contract.topic.Topics;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.uplink.Uplink;
import io.gympulse.edge.uplink.UplinkListener;
import io.gympulse.process.ProcessClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that carries out what the sending side decides. To be told of every durable
/// append; the uplink tells it the rest.
///
/// Answers to another process that shares this gateway's identity are ignored. If the cloud says
/// that numbers of the outbox are taken, what may have been sent is sent until it is answered for;
/// then a new outbox begins, and sending with it.
public final class SyncLoop implements UplinkListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncLoop.class);

  private static final Duration IDLE_NAP = Duration.ofSeconds(1);

  /// Between two tries to begin a new outbox, unless something happened that may allow it.
  private static final Duration RENEWAL_PAUSE = Duration.ofSeconds(1);

  private final Sources sources;
  private final Uplink uplink;
  private final ProcessClock clock;
  private final RandomGenerator random;
  private final BatchSync sync;
  private final BatchLoader loader;
  private final SyncSettings settings;

  /// Each says what happened when its turn comes: by then the outbox may be another.
  private final BlockingQueue<Supplier<Optional<SyncInput>>> inputs = new LinkedBlockingQueue<>();

  private final Thread thread = Thread.ofPlatform().daemon().name("sync").unstarted(this::run);
  private SyncState state;
  private boolean failed;

  /// Each try takes a transaction, and a disk that has refused one needs time.
  private long renewalDueAt;

  private volatile boolean closing;

  /// What is brought to the cloud.
  ///
  /// @param states the machines' present states
  /// @param coveredTo up to when every transition is durable in the outbox, and will stay the truth
  ///     even if the gateway is killed now
  /// @param wall the wall clock, right or not: when messages were sent
  public record Sources(
      GatewayAddress address,
      Outbox outbox,
      Supplier<List<MachineState>> states,
      Supplier<Optional<Instant>> coveredTo,
      InstantSource wall) {}

  public SyncLoop(
      Sources sources,
      Uplink uplink,
      SyncSettings settings,
      ProcessClock clock,
      RandomGenerator random) {
    this.sources = sources;
    this.uplink = uplink;
    this.clock = clock;
    this.settings = settings;
    this.random = random;
    this.sync = new BatchSync(settings);
    this.loader =
        new BatchLoader(sources.outbox(), sources.address(), sources.wall(), sources.coveredTo());
    this.state = SyncState.offline(settings, sources.outbox().counts().recorded(), clock.nanos());
    this.renewalDueAt = clock.nanos();
  }

  public void start() {
    thread.start();
    uplink.start(this);
  }

  /// Events may have become durable, or have got their final times.
  public void more() {
    inputs.add(
        () -> {
          Outbox outbox = sources.outbox();
          return Optional.of(new SyncInput.Appended(outbox.counts().recorded(), outbox.ready()));
        });
  }

  @Override
  public void connected() {
    inputs.add(() -> Optional.of(connection()));
  }

  private SyncInput connection() {
    Outbox outbox = sources.outbox();
    return new SyncInput.Connected(outbox.counts().recorded(), outbox.ready());
  }

  @Override
  public void disconnected(String reason) {
    inputs.add(() -> Optional.of(new SyncInput.Disconnected()));
  }

  @Override
  public void acknowledgement(byte[] body) {
    switch (AcknowledgementCodec.decode(body)) {
      case Decoded.Valid<Acknowledgement>(Acknowledgement it) -> inputs.add(() -> answer(it));
      case Decoded.Invalid<Acknowledgement> it ->
          LOG.warn("acknowledgement that cannot be read, ignored: {}", it.rejection());
    }
  }

  private Optional<SyncInput> answer(Acknowledgement it) {
    if (!it.outbox().equals(sources.outbox().id())) {
      LOG.info("acknowledgement for another outbox, {}, ignored", it.outbox());
      return Optional.empty();
    }
    if (it.sender().filter(sender -> !sender.equals(loader.sender())).isPresent()) {
      LOG.warn("acknowledgement for another process, {}, ignored", it.sender().get());
      return Optional.empty();
    }
    renewalDueAt = clock.nanos();
    return Optional.of(new SyncInput.Answered(it.stored(), it.rejected()));
  }

  private void tick() {
    inputs.add(() -> Optional.of(new SyncInput.Tick()));
  }

  /// An event was set apart, maybe because its number is taken.
  private void setApart() {
    inputs.add(
        () -> {
          renewalDueAt = clock.nanos();
          return Optional.of(new SyncInput.Tick());
        });
  }

  @Override
  public void close() {
    closing = true;
    tick();
  }

  private void run() {
    while (!closing) {
      try {
        Supplier<Optional<SyncInput>> input = inputs.poll(nap().toNanos(), TimeUnit.NANOSECONDS);
        Optional<SyncInput> now = input == null ? Optional.of(new SyncInput.Tick()) : input.get();
        now.ifPresent(this::take);
        if (sources.outbox().copied() && clock.nanos() - renewalDueAt >= 0) {
          renew();
        }
        failed = false;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("sending failed; it is tried again", e);
        failed = true;
        state = state.failed(clock.nanos());
      }
    }
  }

  /// Waits until it is done: nothing else may name events by their numbers meanwhile.
  private void renew() throws InterruptedException {
    Outbox outbox = sources.outbox();
    OutboxId before = outbox.id();
    try {
      if (!outbox.renew().get()) {
        return;
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("no new outbox can be begun", e);
    } finally {
      renewalDueAt = clock.nanos() + clock.scaled(RENEWAL_PAUSE).toNanos();
    }
    LOG.error(
        "outbox {} is in use twice: another gateway runs from a copy of it; {} events go on in a new"
            + " one, {}",
        before,
        outbox.counts().waiting(),
        outbox.id());
    boolean connected = state.connected();
    state = SyncState.offline(settings, outbox.counts().recorded(), clock.nanos());
    if (connected) {
      take(connection());
    }
  }

  private Duration nap() {
    if (failed || !state.connected()) {
      return IDLE_NAP;
    }
    long wait = sync.nextTick(state) - clock.nanos();
    if (sources.outbox().copied()) {
      wait = Math.min(wait, Math.max(0, renewalDueAt - clock.nanos()));
    }
    return clock.toReal(Duration.ofNanos(Math.max(0, wait)));
  }

  private void take(SyncInput first) {
    Deque<SyncInput> next = new ArrayDeque<>(List.of(first));
    while (!next.isEmpty()) {
      SyncStep step = sync.step(state, next.remove(), clock.nanos(), random.nextDouble());
      state = step.state();
      for (SyncOutput output : step.outputs()) {
        perform(output).ifPresent(next::add);
      }
    }
  }

  private Optional<SyncInput> perform(SyncOutput output) {
    switch (output) {
      case SyncOutput.SendSnapshot _ -> {
        return sendSnapshot();
      }
      case SyncOutput.Reserve it -> {
        return reserve(it.last());
      }
      case SyncOutput.SendBatch it -> {
        return Optional.of(send(it.plan()));
      }
      case SyncOutput.Remove it ->
          reported(sources.outbox().acknowledge(it.ranges()), "acknowledged events stay");
      case SyncOutput.Quarantine it -> {
        LOG.error("event {} is refused for good and set apart: {}", it.seq(), it.reason());
        reported(
            sources.outbox().quarantine(it.seq(), it.reason()).thenRun(this::setApart),
            "event stays");
      }
    }
    return Optional.empty();
  }

  /// Events do not wait for a snapshot that cannot be taken.
  private Optional<SyncInput> sendSnapshot() {
    byte[] body;
    try {
      body = SnapshotCodec.encode(snapshot());
    } catch (RuntimeException e) {
      LOG.error("no snapshot can be taken; it is tried again", e);
      return Optional.of(new SyncInput.SnapshotFailed());
    }
    publish(Topics.snapshot(sources.address()), body);
    return Optional.empty();
  }

  /// The wall clock may be set back while states are read, but none is later than what tells of it.
  private Snapshot snapshot() {
    List<MachineState> states = sources.states().get();
    Instant now = sources.wall().instant();
    Instant latest =
        states.stream()
            .map(MachineState::since)
            .filter(now::isBefore)
            .max(naturalOrder())
            .orElse(now);
    return new Snapshot(sources.address(), latest, states);
  }

  /// Most reservations are covered by an earlier one; the others take a commit.
  private Optional<SyncInput> reserve(Sequence last) {
    SyncInput reserved = new SyncInput.Reserved(last.value());
    CompletableFuture<Void> reservation = sources.outbox().reserve(last);
    if (reservation.isDone() && !reservation.isCompletedExceptionally()) {
      return Optional.of(reserved);
    }
    OutboxId id = sources.outbox().id();
    reported(
        reservation.whenComplete((_, refusal) -> inputs.add(() -> granted(id, last, refusal))),
        "nothing new can be sent");
    return Optional.empty();
  }

  private Optional<SyncInput> granted(OutboxId id, Sequence last, @Nullable Throwable refusal) {
    Outbox outbox = sources.outbox();
    if (!outbox.id().equals(id)) {
      return Optional.empty();
    }
    long granted = refusal == null ? last.value() : Math.min(last.value(), outbox.reserved());
    return Optional.of(new SyncInput.Reserved(granted));
  }

  private SyncInput send(Plan plan) {
    Optional<LoadedBatch> loaded = loader.load(plan);
    if (loaded.isEmpty()) {
      return new SyncInput.NothingToSend(plan);
    }
    byte[] body = loaded.get().body();
    publish(Topics.batches(sources.address()), body);
    return new SyncInput.Sent(plan, loaded.get().range(), loaded.get().standsFor(), body.length);
  }

  private void publish(String topic, byte[] body) {
    reported(uplink.publish(topic, body), "message not taken, repeated in time");
  }

  private static void reported(CompletableFuture<Void> future, String consequence) {
    var _ =
        future.exceptionally(
            e -> {
              LOG.debug("{}: {}", consequence, e.toString());
              return null;
            });
  }
}
