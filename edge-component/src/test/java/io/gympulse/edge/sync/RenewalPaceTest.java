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

/// How often a copied outbox is asked for a new one by [SyncLoop].
class RenewalPaceTest {
  private static final GatewayAddress ADDRESS =
      new GatewayAddress(new GymId("g"), new GatewayId("gw"));
  private static final int INPUTS = 1_000;

  private final ProcessClock clock = ProcessClock.real();
  private final InMemoryOutbox real = new InMemoryOutbox();
  private final AtomicInteger renewals = new AtomicInteger();
  private final AtomicInteger heard = new AtomicInteger();
  private final InMemoryUplink uplink = new InMemoryUplink();
  private volatile Refusal refusal = Refusal.NOT_DONE;
  private final SyncLoop loop =
      new SyncLoop(
          new SyncLoop.Sources(
              ADDRESS, refusing(), List::of, () -> Optional.of(clock.instant()), clock),
          uplink,
          new SyncSettings(
              Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofMinutes(15), 100, 524_288),
          clock,
          RandomGenerator.getDefault());

  private enum Refusal {
    NOT_DONE,
    FAILED,
    NONE
  }

  @BeforeEach
  void copy() {
    Stamp.Wall now = new Stamp.Wall(clock.instant(), TimeQuality.SYNCED);
    real.append(
            new Occurrence(
                new MachineId("bike"),
                MachineStatus.OCCUPIED,
                Optional.empty(),
                new Stamp(new BootId("boot"), Duration.ZERO, Optional.of(now))))
        .join();
    real.quarantine(new Sequence(1), "outbox-conflict: taken").join();
  }

  @AfterEach
  void close() {
    loop.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_DONE", "FAILED"})
  void a_new_outbox_that_was_refused_is_not_asked_for_at_each_turn(Refusal kind) {
    refusal = kind;
    loop.start();
    uplink.connect();
    await().until(() -> renewals.get() >= 1);
    for (int i = 0; i < INPUTS; i++) {
      loop.more();
    }
    await().until(() -> heard.get() >= INPUTS);
    // One for each second that this took at most.
    assertThat(renewals.get()).isLessThan(INPUTS / 10);

    int before = renewals.get();
    await().until(() -> renewals.get() > before);
    refusal = Refusal.NONE;
    await().until(() -> !real.copied());
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_DONE", "FAILED"})
  void an_answer_may_have_allowed_it(Refusal kind) {
    refusal = kind;
    loop.start();
    uplink.connect();
    await().until(() -> renewals.get() >= 1);
    for (int i = 0; i < 100; i++) {
      uplink.acknowledge(
          AcknowledgementCodec.encode(
              new Acknowledgement(ADDRESS, real.id(), List.of(), List.of())));
    }
    await().until(() -> renewals.get() > 100);
  }

  private Outbox refusing() {
    return (Outbox)
        Proxy.newProxyInstance(
            Outbox.class.getClassLoader(),
            new Class<?>[] {Outbox.class},
            (_, method, arguments) -> {
              if (method.getName().equals("renew")) {
                renewals.incrementAndGet();
                switch (refusal) {
                  case NOT_DONE -> {
                    return CompletableFuture.completedFuture(false);
                  }
                  case FAILED -> {
                    return CompletableFuture.failedFuture(new IllegalStateException("refused"));
                  }
                  case NONE -> {}
                }
              }
              if (method.getName().equals("ready")) {
                heard.incrementAndGet();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
