package io.gympulse.edge.sensing.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import io.gympulse.contract.floorplan.Sensor;
import io.gympulse.edge.sensing.RecordingReceiver;
import io.gympulse.edge.sensing.SensorInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SparkplugDevicesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T18:00:00Z");
  private static final Sensor SEAT =
      MqttSensors.level(
          "seat", "\"preset\":\"sparkplug-b\",\"device\":\"Gym/Hall/Bike\",\"property\":\"Seat\"");
  private static final Sensor DOOR =
      MqttSensors.level(
          "door", "\"preset\":\"sparkplug-b\",\"device\":\"Gym/Hall\",\"property\":\"Doors/1\"");
  private static final int BOOLEAN = 11;
  private static final int INT8 = 1;

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final FakeBrokerClient client = new FakeBrokerClient();
  private final RecordingReceiver receiver = new RecordingReceiver();
  private final MessageRouter router =
      new MessageRouter(List.of(SEAT, DOOR), () -> NOW, Optional::of);
  private long nanos;
  private final SparkplugDevices devices =
      new SparkplugDevices(
          List.of(SEAT, DOOR), (_, task) -> tasks.add(task), () -> NOW, () -> nanos);

  /// Writes the fields of a message of protocol buffers.
  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] payload(Fields... metrics) {
    return message(
        out -> {
          out.writeUInt64(1, NOW.toEpochMilli());
          for (Fields metric : metrics) {
            out.writeByteArray(2, message(metric));
          }
          out.writeUInt64(3, 7);
        });
  }

  private static Fields born(String name, long alias, boolean value) {
    return out -> {
      out.writeString(1, name);
      out.writeUInt64(2, alias);
      out.writeUInt32(4, BOOLEAN);
      out.writeBool(14, value);
    };
  }

  private static Fields data(long alias, boolean value) {
    return out -> {
      out.writeUInt64(2, alias);
      out.writeBool(14, value);
    };
  }

  private static Fields session(long number) {
    return out -> {
      out.writeString(1, "bdSeq");
      out.writeUInt32(4, 8);
      out.writeUInt64(11, number);
    };
  }

  private void received(String topic, byte[] payload) {
    devices
        .messages(topic, payload)
        .orElseThrow()
        .forEach(it -> router.received(it.topic(), it.payload(), it.old(), receiver));
  }

  private List<Boolean> levels() {
    return receiver.readings().stream().map(SensorInput.Reading::active).toList();
  }

  @Test
  void data_is_read_by_the_aliases_of_the_birth_certificate() {
    received("spBv1.0/Gym/DBIRTH/Hall/Bike", payload(born("Seat", 4, false), born("Led", 5, true)));
    received("spBv1.0/Gym/DDATA/Hall/Bike", payload(data(5, false)));
    received("spBv1.0/Gym/DDATA/Hall/Bike", payload(data(4, true)));
    assertThat(levels()).containsExactly(false, true);
    assertThat(receiver.readings()).allSatisfy(it -> assertThat(it.sensor()).isEqualTo(SEAT.id()));
  }

  @Test
  void data_of_a_node_is_read_by_name_if_it_has_no_alias() {
    received(
        "spBv1.0/Gym/NDATA/Hall",
        payload(
            out -> {
              out.writeString(1, "Doors/1");
              out.writeUInt32(4, INT8);
              out.writeUInt32(10, 0xff);
            }));
    assertThat(levels()).containsExactly(true);
    assertThat(devices.birthTopics())
        .containsExactlyInAnyOrder("spBv1.0/Gym/DBIRTH/Hall/Bike", "spBv1.0/Gym/NBIRTH/Hall");
  }

  @Test
  void numbers_keep_their_sign() {
    var negative =
        devices
            .messages(
                "spBv1.0/Gym/NDATA/Hall",
                payload(
                    out -> {
                      out.writeString(1, "t");
                      out.writeUInt32(4, INT8);
                      out.writeUInt32(10, 0xff);
                    },
                    out -> {
                      out.writeString(1, "r");
                      out.writeDouble(13, Double.NaN);
                    }))
            .orElseThrow();
    assertThat(negative)
        .singleElement()
        .satisfies(it -> assertThat(it.text()).contains("\"metrics\":{\"t\":-1,\"r\":null}"));
  }

  @Test
  void historical_values_do_not_count() {
    received(
        "spBv1.0/Gym/DDATA/Hall/Bike",
        payload(
            out -> {
              out.writeString(1, "Seat");
              out.writeBool(5, true);
              out.writeBool(14, true);
            }));
    assertThat(levels()).isEmpty();
  }

  @Test
  void a_node_without_a_birth_certificate_is_asked_for_it_once_a_minute() {
    devices.begin(client);
    tasks.remove().run();
    assertThat(client.published)
        .singleElement()
        .satisfies(
            it ->
                assertThat(it)
                    .startsWith("spBv1.0/Gym/NCMD/Hall ")
                    .contains("Node Control/Rebirth"));
    received("spBv1.0/Gym/DDATA/Hall/Bike", payload(data(4, true)));
    assertThat(client.published).hasSize(1);
    nanos += TimeUnit.SECONDS.toNanos(60);
    received("spBv1.0/Gym/DDATA/Hall/Bike", payload(data(4, true)));
    assertThat(client.published).hasSize(2);
    assertThat(levels()).isEmpty();
  }

  @Test
  void a_death_certificate_makes_node_and_device_unavailable_until_the_next_birth() {
    received("spBv1.0/Gym/NBIRTH/Hall", payload(session(2), born("Doors/1", 1, false)));
    received("spBv1.0/Gym/DBIRTH/Hall/Bike", payload(born("Seat", 4, true)));
    received("spBv1.0/Gym/NDEATH/Hall", payload(session(1)));
    assertThat(receiver.unavailable()).isEmpty();
    received("spBv1.0/Gym/NDEATH/Hall", payload(session(2)));
    assertThat(receiver.unavailable()).containsExactlyInAnyOrder(SEAT.id(), DOOR.id());
    received("spBv1.0/Gym/NBIRTH/Hall", payload(session(3), born("Doors/1", 1, true)));
    received("spBv1.0/Gym/DBIRTH/Hall/Bike", payload(born("Seat", 4, false)));
    received("spBv1.0/Gym/DDEATH/Hall/Bike", payload());
    assertThat(levels()).containsExactly(false, true, true, false);
    assertThat(receiver.unavailable()).hasSize(3).last().isEqualTo(SEAT.id());
  }

  @Test
  void bytes_that_are_no_payload_count_as_malformed() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(40)];
      random.nextBytes(bytes);
      received("spBv1.0/Gym/DDATA/Hall/Bike", bytes);
      received("spBv1.0/Gym/DBIRTH/Hall/Bike", bytes);
      received("spBv1.0/Gym/NDEATH/Hall", bytes);
    }
    received("spBv1.0/Gym/DDATA/Hall/Bike", "no payload".getBytes(UTF_8));
    assertThat(router.stats().get(SEAT.id()))
        .satisfies(it -> assertThat(it.malformed()).isPositive());
    assertThat(devices.messages("spBv1.0/Gym/DDATA/Hall/Other", new byte[0])).isEmpty();
  }
}
