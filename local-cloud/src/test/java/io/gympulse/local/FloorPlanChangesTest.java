package io.gympulse.local;

import static io.gympulse.local.TestCloud.GATEWAY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gympulse.cloud.sqlite.SqliteCloudStore;
import io.gympulse.contract.codec.AcknowledgementCodec;
import io.gympulse.contract.codec.BatchCodec;
import io.gympulse.contract.codec.DecodeResult;
import io.gympulse.contract.id.OutboxId;
import io.gympulse.contract.id.SeqRange;
import io.gympulse.contract.message.Acknowledgement;
import io.gympulse.contract.message.Acknowledgement.RejectedRange;
import io.gympulse.contract.message.Rejection.RejectionCode;
import io.gympulse.contract.topic.Topics;
import io.gympulse.local.operator.Plan;
import io.gympulse.local.provision.CommandErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// A gym is removed from a running cloud and added again, by the operators' command.
class FloorPlanChangesTest {
  @TempDir private Path directory = Path.of("");
  private TestCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = new TestCloud(directory);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  @Test
  void a_removed_gyms_gateway_keeps_its_events_until_the_plan_is_back() throws Exception {
    OutboxId outbox = OutboxId.random();
    byte[] stored = BatchCodec.encode(Batches.batch(outbox, 1));
    OutboxId later = OutboxId.random();
    byte[] waiting = BatchCodec.encode(Batches.batch(later, 1));
    try (DeviceClient device = cloud.connect()) {
      device.subscribe(Topics.acks(GATEWAY));
      device.publish(Topics.batches(GATEWAY), stored);
      assertThat(acknowledgement(device.take()).stored()).containsExactly(SeqRange.of(1, 1));

      assertThat(plan("remove", "gym-1")).isEqualTo("removed: gym=gym-1\n");
      assertThat(membersGyms()).isZero();
      device.publish(Topics.batches(GATEWAY), waiting);
      RejectedRange refused = acknowledgement(device.take()).rejected().getFirst();
      assertThat(refused.code()).isEqualTo(RejectionCode.UNKNOWN_MACHINE);
      assertThat(refused.retryable()).isTrue();
    }
    cloud.restart(() -> {});
    assertThat(plan("list")).isEqualTo("0 floor plans\n");

    assertThat(plan("put", directory.resolve("plan.json").toString()))
        .isEqualTo("added: gym=gym-1 gateway=gw-1 machines=1\n");
    try (DeviceClient device = cloud.connect()) {
      device.subscribe(Topics.acks(GATEWAY));
      device.publish(Topics.batches(GATEWAY), waiting);
      assertThat(acknowledgement(device.take()).outbox()).isEqualTo(later);
    }
    cloud.restart(() -> {});
    try (InputStream plans = cloud.get("/plans")) {
      assertThat(new String(plans.readAllBytes(), UTF_8))
          .contains("\"gym\":\"gym-1\"", "floor-plans/gym-1.json");
    }
    cloud.close();
    try (SqliteCloudStore store = SqliteCloudStore.open(cloud.data().database())) {
      assertThat(store.events().stored(outbox)).containsExactly(SeqRange.of(1, 1));
      assertThat(store.events().stored(later)).containsExactly(SeqRange.of(1, 1));
      assertThat(store.events().count()).isEqualTo(2);
    }
  }

  /// The number of gyms that members see.
  private int membersGyms() throws IOException {
    return cloud.api("/branches").path("branches").size();
  }

  private String plan(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = CommandErrors.commandLine(new Plan());
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--cloud=http://127.0.0.1:" + cloud.httpPort());
    all.add("--data=" + cloud.data().root());
    assertThat(line.setOut(new PrintWriter(out, true)).execute(all.toArray(String[]::new)))
        .isZero();
    return out.toString();
  }

  private static Acknowledgement acknowledgement(byte[] payload) {
    return switch (AcknowledgementCodec.decode(payload)) {
      case DecodeResult.Valid<Acknowledgement>(Acknowledgement value) -> value;
      case DecodeResult.Invalid<Acknowledgement> invalid -> throw new AssertionError(invalid);
    };
  }
}
