package io.gympulse.cloud.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import io.gympulse.cloud.core.device.DeviceCounts;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceCount;
import io.gympulse.cloud.core.device.DeviceCounts.DeviceItem;
import io.gympulse.cloud.core.device.DeviceCounts.ItemId;
import io.gympulse.cloud.core.device.DeviceKind;
import io.gympulse.cloud.core.memory.InMemoryDeviceCounts;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeviceCountHandlerTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final LocalDate MAY_1 = LocalDate.of(2026, 5, 1);
  private static final UUID BODY = UUID.fromString("0d9f8a52-6c1c-8c53-9f3e-3f3d6a0a7f11");

  private final InMemoryDeviceCounts counts = new InMemoryDeviceCounts();
  private final PipelineCounters counters = new PipelineCounters();

  @Test
  void an_item_in_the_queue_has_this_form() {
    assertThat(ItemCodec.encode(item(3, "light")))
        .isEqualTo(
            "{\"version\":1,\"item\":\"0d9f8a52-6c1c-8c53-9f3e-3f3d6a0a7f11/3\","
                + "\"date\":\"2026-05-01\",\"type\":\"light\",\"state\":\"on\"}");
    assertThat(ItemCodec.decode(ItemCodec.encode(item(3, "é\"<")))).isEqualTo(item(3, "é\"<"));
  }

  @Test
  void an_unreadable_message_fails_alone() {
    List<String> failed =
        failed(
            counts,
            List.of(
                ItemCodec.encode(item(0, "light")),
                "no json",
                ItemCodec.encode(item(1, "light")).replace("\"version\":1", "\"version\":2"),
                "{\"version\":1,\"item\":\"x\",\"date\":\"2026-05-01\",\"type\":\"a\",\"state\":\"b\"}",
                ItemCodec.encode(item(2, "light"))));
    assertThat(failed).containsExactly("m1", "m2", "m3");
    assertThat(counts.of(MAY_1))
        .containsExactly(new DeviceCount(MAY_1, new DeviceKind("light", "on"), 2));
    assertThat(counters.failed()).isEqualTo(3);
  }

  @Test
  void only_the_items_that_the_store_failed_for_come_again() {
    DeviceCounts failing =
        new DeviceCounts() {
          @Override
          public boolean addOnce(DeviceItem item, Instant now) {
            if (item.kind().type().equals("lock")) {
              throw new StoreUnavailableException("throttled", null);
            }
            return counts.addOnce(item, now);
          }

          @Override
          public List<DeviceCount> of(LocalDate date) {
            return counts.of(date);
          }
        };
    List<String> bodies =
        List.of(ItemCodec.encode(item(0, "lock")), ItemCodec.encode(item(1, "light")));
    assertThat(failed(failing, bodies)).containsExactly("m0");
    assertThat(failed(counts, bodies)).isEmpty();
    assertThat(counts.of(MAY_1)).extracting(DeviceCount::count).containsExactly(1L, 1L);
    assertThat(counters.counted()).isEqualTo(2);
    assertThat(counters.repeated()).isEqualTo(1);
  }

  private List<String> failed(DeviceCounts store, List<String> bodies) {
    return new DeviceCountHandler(store, () -> NOON, counters)
        .handleRequest(Calls.deliveries(bodies), null).getBatchItemFailures().stream()
            .map(BatchItemFailure::getItemIdentifier)
            .toList();
  }

  private static DeviceItem item(int index, String type) {
    return new DeviceItem(new ItemId(BODY, index), MAY_1, new DeviceKind(type, "on"));
  }
}
