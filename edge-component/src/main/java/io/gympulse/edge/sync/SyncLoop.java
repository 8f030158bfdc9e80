package io.gympulse.edge.sync;

import static io.gympulse.edge.sync.MessagePublisher.logFailure;

import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.event.MachineState;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.edge.outbox.EventQueue;
import io.gympulse.edge.outbox.Quarantine;
import io.gympulse.edge.sync.BatchSync.Input;
import io.gympulse.edge.sync.BatchSync.Output;
import io.gympulse.edge.uplink.Uplink;
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

/// The one thread that executes what [BatchSync] decides. [#outboxChanged] has to be called after
/// each durable append; the other inputs come from the uplink and the outbox.
///
/// Acknowledgements for another process with this gateway's identity are ignored. If the outbox has
/// a conflict, events that may have been sent are sent until they are acknowledged or rejected;
/// then the outbox is renumbered, and sending starts again.
public final class SyncLoop implements Uplink.Listener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncLoop.class);

  private static final Duration IDLE_WAIT = Duration.ofSeconds(1);

  /// Between two attempts to renumber the outbox, unless something happened that may allow it.
  private static final Duration RENUMBERING_PAUSE = Duration.ofSeconds(1);

  private final Sources sources;
  private final Uplink uplink;
  private final ProcessClock clock;
  private final RandomGenerator random;
  private final BatchSync sync;
  private final MessagePublisher publisher;
  private final SyncSettings settings;

  /// Each supplies its input when its turn comes: the outbox may have been renumbered by then.
  private final BlockingQueue<Supplier<Optional<Input>>> inputs = new LinkedBlockingQueue<>();

  private final Thread thread = Thread.ofPlatform().daemon().name("sync").unstarted(this::run);
  private SyncState state;
  private boolean failed;

  /// Not before this time: each attempt takes a transaction, and a disk that has rejected one needs
  /// time.
  private long renumberingDueAt;

  private volatile boolean closing;

  /// What is sent to the cloud.
  ///
  /// @param states the machines' current states
  /// @param coveredTo up to when every transition is durable in the outbox, and will not be revised
  ///     even if the gateway is killed now
  /// @param wall the wall clock, synchronised or not, for the times of messages
  public record Sources(
      GatewayAddress address,
      EventQueue queue,
      Quarantine quarantine,
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
    this.publisher = new MessagePublisher(sources, uplink);
    this.state = SyncState.offline(settings, sources.queue().counts().recorded(), clock.nanos());
    this.renumberingDueAt = clock.nanos();
  }

  public void start() {
    thread.start();
    uplink.start(this);
  }

  /// Events may have become durable, or have got their wall times.
  public void outboxChanged() {
    inputs.add(
        () -> {
          EventQueue queue = sources.queue();
          return Optional.of(new Input.Appended(queue.counts().recorded(), queue.lastReady()));
        });
  }

  @Override
  public void connected() {
    inputs.add(() -> Optional.of(connection()));
  }

  private Input connection() {
    EventQueue queue = sources.queue();
    return new Input.Connected(queue.counts().recorded(), queue.lastReady());
  }

  @Override
  public void disconnected(String reason) {
    inputs.add(() -> Optional.of(new Input.Disconnected()));
  }

  @Override
  public void acknowledgement(byte[] body) {
    switch (AcknowledgementCodec.decode(body)) {
      case DecodeResult.Valid<Acknowledgement>(Acknowledgement it) ->
          inputs.add(() -> acknowledged(it));
      case DecodeResult.Invalid<Acknowledgement> it ->
          LOG.warn("unreadable acknowledgement ignored: {}", it.rejection());
    }
  }

  private Optional<Input> acknowledged(Acknowledgement it) {
    if (!it.outbox().equals(sources.queue().id())) {
      LOG.info("acknowledgement for another outbox, {}, ignored", it.outbox());
      return Optional.empty();
    }
    if (it.sender().filter(sender -> !sender.equals(publisher.sender())).isPresent()) {
      LOG.warn("acknowledgement for another process, {}, ignored", it.sender().get());
      return Optional.empty();
    }
    renumberingDueAt = clock.nanos();
    return Optional.of(new Input.Acknowledged(it.stored(), it.rejected()));
  }

  private void tick() {
    inputs.add(() -> Optional.of(new Input.Tick()));
  }

  /// An event was quarantined, maybe with a conflict.
  private void quarantined() {
    inputs.add(
        () -> {
          renumberingDueAt = clock.nanos();
          return Optional.of(new Input.Tick());
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
        Supplier<Optional<Input>> input = inputs.poll(waitTime().toNanos(), TimeUnit.NANOSECONDS);
        Optional<Input> now = input == null ? Optional.of(new Input.Tick()) : input.get();
        now.ifPresent(this::process);
        if (sources.quarantine().hasConflict() && clock.nanos() - renumberingDueAt >= 0) {
          renumber();
        }
        failed = false;
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.error("sending failed; it is retried", e);
        failed = true;
        state = state.failed(clock.nanos());
      }
    }
  }

  /// Waits until it is done: nothing else may name events by their numbers meanwhile.
  private void renumber() throws InterruptedException {
    EventQueue queue = sources.queue();
    OutboxId before = queue.id();
    try {
      if (!sources.quarantine().renumber().get()) {
        return;
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the outbox cannot be renumbered", e);
    } finally {
      renumberingDueAt = clock.nanos() + clock.scaled(RENUMBERING_PAUSE).toNanos();
    }
    LOG.error(
        "outbox {} is in use twice: another gateway runs from a copy of it; {} events continue in a"
            + " new one, {}",
        before,
        queue.counts().waiting(),
        queue.id());
    boolean connected = state.connected();
    state = SyncState.offline(settings, queue.counts().recorded(), clock.nanos());
    if (connected) {
      process(connection());
    }
  }

  /// How long to wait for the next input, in real time.
  private Duration waitTime() {
    if (failed || !state.connected()) {
      return IDLE_WAIT;
    }
    long wait = sync.nextTick(state) - clock.nanos();
    if (sources.quarantine().hasConflict()) {
      wait = Math.min(wait, Math.max(0, renumberingDueAt - clock.nanos()));
    }
    return clock.toReal(Duration.ofNanos(Math.max(0, wait)));
  }

  private void process(Input first) {
    Deque<Input> next = new ArrayDeque<>(List.of(first));
    while (!next.isEmpty()) {
      BatchSync.Step step = sync.step(state, next.remove(), clock.nanos(), random.nextDouble());
      state = step.state();
      for (Output output : step.outputs()) {
        execute(output).ifPresent(next::add);
      }
    }
  }

  private Optional<Input> execute(Output output) {
    return switch (output) {
      case Output.SendSnapshot _ -> publisher.sendSnapshot();
      case Output.SendBatch it -> Optional.of(publisher.send(it.plan()));
      case Output.Reserve it -> reserve(it.last());
      case Output.Remove it -> {
        logFailure(sources.queue().acknowledge(it.ranges()), "acknowledged events not removed");
        yield Optional.empty();
      }
      case Output.Quarantine it -> {
        LOG.error("event {} is rejected for good and quarantined: {}", it.seq(), it.reason());
        logFailure(
            sources.quarantine().quarantine(it.seq(), it.reason()).thenRun(this::quarantined),
            "event not quarantined");
        yield Optional.empty();
      }
    };
  }

  /// Most reservations are covered by an earlier one; the others take a commit.
  private Optional<Input> reserve(Sequence last) {
    Input reserved = new Input.Reserved(last.value());
    CompletableFuture<Void> reservation = sources.queue().reserve(last);
    if (reservation.isDone() && !reservation.isCompletedExceptionally()) {
      return Optional.of(reserved);
    }
    OutboxId id = sources.queue().id();
    logFailure(
        reservation.whenComplete((_, failure) -> inputs.add(() -> granted(id, last, failure))),
        "no more events can be sent");
    return Optional.empty();
  }

  private Optional<Input> granted(OutboxId id, Sequence last, @Nullable Throwable failure) {
    EventQueue queue = sources.queue();
    if (!queue.id().equals(id)) {
      return Optional.empty();
    }
    long granted = failure == null ? last.value() : Math.min(last.value(), queue.lastReserved());
    return Optional.of(new Input.Reserved(granted));
  }
}
