package io.gympulse.edge.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.event.TimeQuality;
import io.gympulse.contract.id.GatewayAddress;
import io.gympulse.contract.id.GatewayId;
import io.gympulse.contract.id.GymId;
import io.gympulse.contract.id.MachineId;
import io.gympulse.contract.id.Sequence;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.edge.outbox.InMemoryOutbox;
import io.gympulse.edge.outbox.Occurrence;
import io.gympulse.edge.outbox.Outbox;
import io.gympulse.edge.time.BootId;
import io.gympulse.edge.time.Stamp;
import io.gympulse.edge.uplink.InMemoryUplink;
import io.gympulse.process.ProcessClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// How often [SyncLoop] tries to renumber an outbox with a conflict.
class RenumberingPaceTest {
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("g"), new GatewayId("gw"));
  private static final int INPUTS = 1_000;

  private final ProcessClock clock = ProcessClock.real();
  private final InMemoryOutbox real = new InMemoryOutbox();
  private final AtomicInteger renumberings = new AtomicInteger();
  private final AtomicInteger inputsProcessed = new AtomicInteger();
  private final InMemoryUplink uplink = new InMemoryUplink();
  private volatile Outcome outcome = Outcome.NOT_DONE;
  private final Outbox outbox = countingOutbox();
  private final SyncLoop loop =
      new SyncLoop(
          new SyncLoop.Sources(
              ADDRESS, outbox, outbox, List::of, () -> Optional.of(clock.instant()), clock),
          uplink,
          new SyncSettings(
              Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofMinutes(15), 100, 524_288),
          clock,
          RandomGenerator.getDefault());

  private enum Outcome {
    NOT_DONE,
    FAILED,
    REAL
  }

  @BeforeEach
  void appendWithConflict() {
    Stamp.Wall now = new Stamp.Wall(clock.instant(), TimeQuality.SYNCED);
    real.append(
            new Occurrence(
                new MachineId("bike"),
                MachineStatus.OCCUPIED,
                Optional.empty(),
                new Stamp(new BootId("boot"), Duration.ZERO, Optional.of(now))))
        .join();
    real.quarantine(new Sequence(1), "outbox-conflict: in use").join();
  }

  @AfterEach
  void close() {
    loop.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_DONE", "FAILED"})
  void a_renumbering_that_failed_is_not_retried_at_each_input(Outcome kind) {
    outcome = kind;
    loop.start();
    uplink.connect();
    await().until(() -> renumberings.get() >= 1);
    for (int i = 0; i < INPUTS; i++) {
      loop.outboxChanged();
    }
    await().until(() -> inputsProcessed.get() >= INPUTS);
    // At most one for each second that this took.
    assertThat(renumberings.get()).isLessThan(INPUTS / 10);

    int before = renumberings.get();
    await().until(() -> renumberings.get() > before);
    outcome = Outcome.REAL;
    await().until(() -> !real.hasConflict());
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_DONE", "FAILED"})
  void an_acknowledgement_causes_another_attempt(Outcome kind) {
    outcome = kind;
    loop.start();
    uplink.connect();
    await().until(() -> renumberings.get() >= 1);
    for (int i = 0; i < 100; i++) {
      uplink.acknowledge(
          AcknowledgementCodec.encode(
              new Acknowledgement(ADDRESS, real.id(), List.of(), List.of())));
    }
    await().until(() -> renumberings.get() > 100);
  }

  private Outbox countingOutbox() {
    return (Outbox)
        Proxy.newProxyInstance(
            Outbox.class.getClassLoader(),
            new Class<?>[] {Outbox.class},
            (_, method, arguments) -> {
              if (method.getName().equals("renumber")) {
                renumberings.incrementAndGet();
                switch (outcome) {
                  case NOT_DONE -> {
                    return CompletableFuture.completedFuture(false);
                  }
                  case FAILED -> {
                    return CompletableFuture.failedFuture(new IllegalStateException("refused"));
                  }
                  case REAL -> {}
                }
              }
              if (method.getName().equals("lastReady")) {
                inputsProcessed.incrementAndGet();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
